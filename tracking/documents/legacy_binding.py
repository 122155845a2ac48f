"""What a column of a ledger is bound to: its meaning, its indicator, its unit, and whether it is of the period.

A column whose figures are of an unclear kind, or which speaks of another period, is asked, never taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracking.documents.legacy_kinds import Heard, heard, kind_of_figure, says_so_far
from tracking.documents.legacy_layout import Context, Layout, LegacyColumn, known
from tracking.documents.legacy_spans import Fit, fit_of, is_bound, months_of
from tracking.documents.legacy_units import unit_in
from tracking.documents.legacy_words import EXACT, REPORTED, Meaning, bare, lasting

SURE_ENOUGH = 55
_DOUBTFUL = 60
# Words beside an indicator's name that say of its figures only their kind.
_FILLING = re.compile(
    r"截至|本?期末|累计|完成|实际|总数|数量?|值|情况|[本当](?:季度?|月|期|年)|新增|年度|全年|目标|计划|已|actual|target|planned|cumulative"
)


def column_of(at: int, header: str, context: Context, unit_above: str = "") -> LegacyColumn:
    """A column as its header alone tells; `unit_above` is the unit that a line above gives for the whole table."""
    indicator = _indicator_in(header, context.indicators)
    said = _of_indicator(header, indicator) if indicator else heard(header)
    why = "indicator" if indicator else "words" if said.sure else ""
    unit = unit_in(header) or unit_above
    column = LegacyColumn(at, header, Meaning.IGNORED, said.sure, why, indicator, unit)
    if said.sure < SURE_ENOUGH:
        return column
    if said.asked:
        return of_period(replace(column, could=said.could, why=said.asked), context)
    taken = replace(column, meaning=said.meaning)
    # Of a sum until now or of the period alone: where the header leaves that open, it is worth a look.
    open_ = said.meaning is Meaning.ACTUAL and not says_so_far(header)
    return of_period(doubtful(taken) if open_ else taken, context)


def of_period(column: LegacyColumn, context: Context) -> LegacyColumn:
    """The column, not taken where its header speaks of another period, doubtful where only of a part of this one."""
    fit = fit_of(column.header, context.period)
    if column.could in REPORTED and fit is Fit.ELSEWHERE:
        return replace(column, why="period")
    if column.meaning not in REPORTED or not _tells_period(column):
        return column
    alone = column.meaning is Meaning.INCREMENT and is_bound(column.header)
    if fit is Fit.ELSEWHERE or (alone and fit is not Fit.EXACT):
        why = "period" if fit is Fit.ELSEWHERE else "part"
        return replace(column, meaning=Meaning.IGNORED, could=column.meaning, why=why)
    return doubtful(column) if fit is Fit.PART else column


def doubtful(column: LegacyColumn) -> LegacyColumn:
    """The column, taken, but to be looked at."""
    return replace(column, sure=min(column.sure, _DOUBTFUL))


def _tells_period(column: LegacyColumn) -> bool:
    """Steps of next month are next steps."""
    return column.meaning is not Meaning.NEXT_STEPS or months_of(column.header) is not None


def _indicator_in(header: str, indicators: Mapping[str, str]) -> str:
    """The indicator that a header names, with nothing else but its unit and words about its figures."""
    return next((name for name, unit in indicators.items() if _names(header, name, unit)), "")


def _names(header: str, name: str, unit: str) -> bool:
    said = bare(header)
    if bare(name) not in said:
        return False
    rest = lasting(said.replace(bare(name), "", 1)) if said != bare(name) else ""
    for word in filter(None, (bare(unit_in(header)), bare(unit))):
        rest = rest.replace(word, "", 1)
    return not _FILLING.sub("", rest)


def _of_indicator(header: str, name: str) -> Heard:
    said = bare(header).replace(bare(name), "", 1)
    meaning, asked = kind_of_figure(header.replace(name, ""), said, Meaning.ACTUAL)
    return Heard(meaning, EXACT, asked, Meaning.ACTUAL)


def each_once(columns: Iterable[LegacyColumn], context: Context) -> tuple[LegacyColumn, ...]:
    """Of several columns that mean the same, the surest and nearest to the period; none of equal ones."""
    found = list(columns)
    best: dict[Meaning, list[tuple[int, Fit]]] = {}
    for one in found:
        best.setdefault(one.meaning, []).append(_rank(one, context))
    return tuple(one if _leads(one, best[one.meaning], context) else _another(one) for one in found)


def _leads(column: LegacyColumn, ranks: Sequence[tuple[int, Fit]], context: Context) -> bool:
    if column.meaning is Meaning.IGNORED or column.repeats:
        return True
    mine = _rank(column, context)
    return mine == max(ranks) and (ranks.count(mine) == 1 or column.meaning not in REPORTED)


def _rank(column: LegacyColumn, context: Context) -> tuple[int, Fit]:
    return column.sure, fit_of(column.header, context.period)


def _another(column: LegacyColumn) -> LegacyColumn:
    return replace(column, meaning=Meaning.IGNORED, could=column.meaning, why="another")


def same_headers(one: Layout, other: Layout) -> bool:
    """Whether two layouts have the same columns, in any order, but for the periods in their headers."""
    return sorted(one.signature) == sorted(other.signature)


def carried(layout: Layout, before: Layout, context: Context) -> Layout:
    """The layout with the meanings of an earlier one, each by its header; of several quarters, the period's own.

    What was asked then and not answered is asked again.
    """
    kept: dict[str, list[LegacyColumn]] = {}
    for one in before.columns:
        kept.setdefault(lasting(one.header), []).append(one)
    alike: dict[str, list[LegacyColumn]] = {}
    for one in layout.columns:
        alike.setdefault(lasting(one.header), []).append(one)
    return replace(
        layout,
        columns=tuple(
            _carried(one, kept[lasting(one.header)], alike[lasting(one.header)], context)
            for one in layout.columns
        ),
    )


def _carried(
    column: LegacyColumn, kept: Sequence[LegacyColumn], alike: Sequence[LegacyColumn], context: Context
) -> LegacyColumn:
    told = kept[alike.index(column)]
    if told.could in REPORTED and not any(one.meaning in REPORTED for one in kept):
        return column
    if context.period is not None and months_of(column.header) is not None:
        told = next((one for one in kept if one.meaning in REPORTED), told)
        fits = [fit_of(one.header, context.period) for one in alike]
        fit = fit_of(column.header, context.period)
        if told.meaning in REPORTED and (fit is Fit.ELSEWHERE or fit < max(fits)):
            return replace(column, meaning=Meaning.IGNORED, could=told.meaning, sure=EXACT, why="period")
    answered = replace(column, could=Meaning.IGNORED, indicator=told.indicator, unit=told.unit)
    return known(replace(answered, meaning=told.meaning))
