"""Explaining what each ledger column means, with its first values beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from pages.shared.filters import pick
from pages.shared.wording import plain, translate
from tracking.documents.grids import Sheet, address_of
from tracking.documents.legacy_layout import Context, Layout, LegacyColumn
from tracking.documents.legacy_rows import samples
from tracking.documents.legacy_units import larger_units
from tracking.documents.legacy_words import Meaning

_IN_A_ROW, _SURE, _LONGEST = 5, 75, 12
# Columns whose figures are of an indicator, in a unit.
_FIGURES = frozenset({Meaning.ACTUAL, Meaning.INCREMENT, Meaning.TARGET})


def pick_columns(
    name: str, group: Sequence[Layout], heads: Sequence[Sheet], context: Context
) -> list[Layout]:
    """The layouts of sheets with the same headers, set for all of them; kept in the address under `name`."""
    shown = group[0]
    below = samples(next(head for head in heads if head.name == shown.sheet), shown)
    sheets = translate("legacy.list").join(plain(layout.sheet) for layout in group)
    st.caption(translate("legacy.columns_of", sheets=sheets))
    asked = {one.at for one in shown.asked}
    told: list[LegacyColumn] = []
    for row in _rows_of(shown.columns):
        for place, column in zip(st.columns(_IN_A_ROW, gap="small"), row, strict=False):
            with place:
                told.append(_pick(name, column, below[column.at], context, asked=column.at in asked))
    return [_with(layout, told) for layout in group]


def _rows_of(columns: Sequence[LegacyColumn]) -> Iterable[Sequence[LegacyColumn]]:
    return (columns[at : at + _IN_A_ROW] for at in range(0, len(columns), _IN_A_ROW))


def _pick(
    name: str, column: LegacyColumn, values: Sequence[str], context: Context, *, asked: bool
) -> LegacyColumn:
    """What the column means, and for figures of which indicator and in which unit."""
    letter = address_of(1, column.at).rstrip("1")
    meaning: Meaning = pick(
        f"col_{name}_{letter}",
        {meaning: translate(f"meaning.{meaning}") for meaning in Meaning},
        default=column.meaning,
        label=translate("legacy.column", letter=letter, header=plain(column.header)),
    )
    doubtful = column.meaning is not Meaning.IGNORED and column.sure < _SURE
    _say_why(column, values, doubt=meaning == column.meaning and (asked or doubtful))
    if meaning not in _FIGURES:
        return replace(column, meaning=meaning)
    indicator: str = pick(
        f"ind_{name}_{letter}",
        {"": translate("legacy.any_indicator")} | {one: plain(one) for one in context.indicators},
        default=column.indicator,
        label=translate("legacy.indicator_of", letter=letter),
    )
    unit: str = pick(
        f"unit_{name}_{letter}",
        {"": translate("legacy.own_unit")} | {one: plain(one) for one in _units(column, context)},
        default=column.unit,
        label=translate("legacy.unit_of", letter=letter),
    )
    return replace(column, meaning=meaning, indicator=indicator, unit=unit)


def _units(column: LegacyColumn, context: Context) -> list[str]:
    units = larger_units(list(context.indicators.values()))
    return units if column.unit in {"", *units} else [column.unit, *units]


def _say_why(column: LegacyColumn, values: Sequence[str], *, doubt: bool) -> None:
    said = translate("legacy.list").join(plain(value[:_LONGEST]) for value in values)
    could = translate(f"meaning.{column.could}")
    why = translate(f"legacy_why.{column.why or 'nothing'}", meaning=could)
    st.caption(translate("legacy.why_doubtful" if doubt else "legacy.why", why=why, values=said or "—"))


def _with(layout: Layout, told: Sequence[LegacyColumn]) -> Layout:
    """The layout as its user leaves it: every question is answered."""
    columns = (
        replace(one, meaning=given.meaning, indicator=given.indicator, unit=given.unit, could=Meaning.IGNORED)
        for one, given in zip(layout.columns, told, strict=True)
    )
    return replace(layout, columns=tuple(columns))
