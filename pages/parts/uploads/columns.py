"""Explaining what each ledger column means, with its first values beside it."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.shared.filters import pick
from pages.shared.wording import plain, translate
from tracking.documents.grids import Sheet, address_of
from tracking.documents.legacy_layout import Layout, LegacyColumn
from tracking.documents.legacy_rows import samples
from tracking.documents.legacy_words import Meaning

_IN_A_ROW, _SURE, _LONGEST = 5, 75, 12


def pick_columns(name: str, group: Sequence[Layout], heads: Sequence[Sheet]) -> list[Layout]:
    """The layouts of sheets with the same headers, set for all of them; kept in the address under `name`."""
    shown = group[0]
    below = samples(next(head for head in heads if head.name == shown.sheet), shown)
    sheets = translate("legacy.list").join(plain(layout.sheet) for layout in group)
    st.caption(translate("legacy.columns_of", sheets=sheets))
    told = []
    columns = iter(shown.columns)
    for row in _rows_of(shown.columns):
        for place, _ in zip(st.columns(_IN_A_ROW, gap="small"), row, strict=False):
            with place:
                told.append(_pick(name, next(columns), below))
    return [_with(layout, told) for layout in group]


def _rows_of(columns: Sequence[LegacyColumn]) -> Iterable[Sequence[LegacyColumn]]:
    return (columns[at : at + _IN_A_ROW] for at in range(0, len(columns), _IN_A_ROW))


def _pick(name: str, column: LegacyColumn, below: dict[int, list[str]]) -> Meaning:
    letter = address_of(1, column.at).rstrip("1")
    meaning: Meaning = pick(
        f"col_{name}_{letter}",
        {meaning: translate(f"meaning.{meaning}") for meaning in Meaning},
        default=column.meaning,
        label=translate("legacy.column", letter=letter, header=plain(column.header)),
    )
    said = translate("legacy.list").join(plain(value[:_LONGEST]) for value in below[column.at])
    why = translate(f"legacy_why.{column.why or 'nothing'}")
    doubt = meaning == column.meaning is not Meaning.IGNORED and column.sure < _SURE
    st.caption(translate("legacy.why_doubtful" if doubt else "legacy.why", why=why, values=said or "—"))
    return meaning


def _with(layout: Layout, told: Sequence[Meaning]) -> Layout:
    return layout.with_meanings({one.at: meaning for one, meaning in zip(layout.columns, told, strict=True)})
