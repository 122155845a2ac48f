"""The values of indicators, as the cells of any layout state them: so far or added in the period, in any unit."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from tracking.cleaning import UNSEEN, parse_amount
from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_layout import LegacyColumn
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_units import factor
from tracking.documents.legacy_values import Kind, kind_of, plain
from tracking.documents.legacy_words import Meaning, bare
from tracking.ledgers.rows import LedgerIndicator, LedgerTask
from tracking.messages import Message, Refusal, text
from tracking.rates import Rate
from tracking.scales import PERCENT, STATES, Scale, read_value
from tracking.vocabulary import IndicatorKind, Language

Fields: TypeAlias = dict[str, LedgerCell]

# Between two indicators' values; a comma within a number separates nothing.
_BETWEEN = re.compile(r"[;；、\n]|[，,](?![0-9０-９])|(?<![0-9０-９])[，,]")
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Words that change nothing about a value.
_FILLING = re.compile(r"[\s:=,，。.]|累计|完成|实现|达到|达|共|已|为")
# What stands between a name and its value.
_WORDED = re.compile(r"[\d.,]+\s*[%％]?\s*[（(]([^（）()]*)[)）]")
_BEFORE = re.compile(r"^[\s:：为]+")
# A part of the value before it, not another value.
_THEREOF = re.compile(r"[(]其中[^()]*[)]$")
# Longer texts are no list of values.
_LONGEST = 500
_NOTHING = frozenset("-—–－/／")


def figures_of(row: LegacyRow, task: LedgerTask) -> Fields:
    """Field → its cell. What was done so far goes before what the period added to the accepted value."""
    added = {name: _added(cell, task, name) for name, cell in _values(row, task, Meaning.INCREMENT)}
    return added | dict(_values(row, task, Meaning.ACTUAL))


def _says_nothing(column: LegacyColumn, cell: LedgerCell) -> bool:
    """Whether a cell has a stroke for its indicator, or the words of our own file for no value yet."""
    said = plain(cell)
    own = (text("ledger.nothing_yet", language) for language in Language)
    return said in own or (column.indicator != "" and said in _NOTHING)


def _values(row: LegacyRow, task: LedgerTask, meaning: Meaning) -> Iterator[tuple[str, LedgerCell]]:
    """A column's indicator is the one it names, else the one in its position; one column may hold several."""
    columns = row.cells.get(meaning, [])
    for at, (column, cell) in enumerate(columns, start=1):
        if not cell.filled or _says_nothing(column, cell):
            continue
        place = _place_of(column, task)
        if column.indicator and place is None:
            yield (
                f"actual.of_{at}",
                replace(cell, problem=Message("legacy.no_such_indicator", indicator=column.indicator)),
            )
            continue
        place = place or (at if len(columns) > 1 else None)
        if place is None and len(task.indicators) > 1:
            yield from _parted(cell, task)
            continue
        place = place or 1
        known = place <= len(task.indicators)
        unit = column.unit or _unit_beside(row)
        if known:
            yield from _told(place, cell, task.indicators[place - 1], unit)
        else:
            yield f"actual.{place}", cell


def _told(
    place: int, cell: LedgerCell, indicator: LedgerIndicator, unit: str
) -> Iterator[tuple[str, LedgerCell]]:
    """The fields that a cell fills: of a rate both its parts, written 45/60; an answer is taken as it is."""
    if indicator.kind is IndicatorKind.RATE:
        rate = _rate_in(_without_name(cell, indicator))
        if rate is None:
            yield f"actual.{place}", replace(cell, problem=Message("legacy.rate_needs_parts"))
            return
        for name, part in zip(("actual", "base"), rate, strict=True):
            yield f"{name}.{place}", replace(cell, value=f"{part:f}", written=plain(cell), percent=False)
    elif indicator.kind is IndicatorKind.YES_NO:
        yield f"actual.{place}", replace(cell, value=_without_name(cell, indicator), written=plain(cell))
    else:
        yield f"actual.{place}", as_amount(cell, indicator, unit)


def _without_name(cell: LedgerCell, indicator: LedgerIndicator) -> str:
    """What a cell says of an indicator, without its name before it."""
    return _BEFORE.sub("", plain(cell).replace(indicator.name, "", 1))


def _rate_in(said: str) -> tuple[Decimal, ...] | None:
    """Numerator and denominator of a text that holds them and nothing else but their rate: 45/60, 75%（45/60）."""
    worded = _WORDED.fullmatch(said.strip())
    try:
        rate = read_value(worded[1] if worded else said, Scale(PERCENT, IndicatorKind.RATE))
    except Refusal:
        return None
    return rate.parts if isinstance(rate, Rate) else None


def _unit_beside(row: LegacyRow) -> str:
    cell = row.first(Meaning.UNIT)
    return plain(cell) if cell else ""


def _place_of(column: LegacyColumn, task: LedgerTask) -> int | None:
    said = bare(column.indicator or column.header)
    named = [at for at, one in enumerate(task.indicators, start=1) if bare(one.name) in said]
    return named[0] if len(named) == 1 else None


def as_amount(cell: LedgerCell, indicator: LedgerIndicator, unit: str) -> LedgerCell:
    """The value in the indicator's unit; `unit` is the column's, "" for the indicator's own."""
    if kind_of(cell) is Kind.PERCENT:
        return replace(cell, problem=Message("legacy.percent_for_amount", unit=indicator.unit))
    figure, own = _figure_in(plain(cell), indicator) or (cell.value, "")
    said = own or unit
    times = factor(said, indicator.unit) if said else Decimal(1)
    if times is None:
        return replace(cell, problem=Message("legacy.other_unit", said=said, unit=indicator.unit))
    if times == 1:
        return cell if figure is cell.value else replace(cell, value=figure, written=plain(cell))
    return _converted(replace(cell, value=figure), times, said, indicator.unit)


def _converted(cell: LedgerCell, times: Decimal, said: str, unit: str) -> LedgerCell:
    value = _exact(cell)
    if value is None:
        return cell
    told, written = f"{(value * times).normalize():f}", f"{value.normalize():f} {said}"
    note = Message("legacy.converted", said=written, value=f"{told} {unit}")
    return replace(cell, value=told, written=written, note=note)


def _exact(cell: LedgerCell) -> Decimal | None:
    """The number in a cell with all its decimals: 0.12345 亿元 is 1,234.5 万元."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float, str)):
        return None
    said = cell.value.replace(",", "") if isinstance(cell.value, str) else f"{Decimal(repr(cell.value)):f}"
    return Decimal(said) if _NUMBER.fullmatch(said) else None


def _added(cell: LedgerCell, task: LedgerTask, name: str) -> LedgerCell:
    """What the period added, put on the value last accepted."""
    if cell.problem or cell.fault is not None or not name.rpartition(".")[2].isdecimal():
        return cell
    place = int(name.rpartition(".")[2])
    if place > len(task.indicators):
        return cell
    indicator = task.indicators[place - 1]
    if indicator.kind in STATES:
        return replace(cell, problem=Message("legacy.state_not_added", indicator=indicator.name))
    before = task.last.actuals.get(indicator.indicator_id, Decimal())
    more = amount_in(cell)
    if more is None:
        return cell
    note = Message("legacy.increment_added", added=more, before=before, value=before + more)
    written = cell.written or plain(cell) or f"{more.normalize():f}"
    return replace(cell, value=str(before + more), written=written, note=note)


def amount_in(cell: LedgerCell) -> Decimal | None:
    """The amount that a cell holds as a number or as a text, None if it holds none."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float, str)):
        return None
    try:
        return parse_amount(cell.value if isinstance(cell.value, str) else f"{Decimal(repr(cell.value)):f}")
    except Refusal:
        return None


def _figure_in(text: str, indicator: LedgerIndicator) -> tuple[str, str] | None:
    """The figure in a text that holds only the name, value and unit of an indicator, and another unit if it names one."""
    said = _THEREOF.sub("", unicodedata.normalize("NFKC", text).translate(UNSEEN).strip())
    rest = said.replace(unicodedata.normalize("NFKC", indicator.name), "", 1)
    figures = _FIGURE.findall(rest)
    if len(figures) != 1:
        return None
    around = _FILLING.sub("", rest.replace(figures[0], "", 1))
    if around == _FILLING.sub("", indicator.unit):
        around = indicator.unit
    known = not around or factor(around, indicator.unit) is not None
    return (str(figures[0]), around) if known else None


def _parted(cell: LedgerCell, task: LedgerTask) -> Iterator[tuple[str, LedgerCell]]:
    """Split the values of several indicators in one cell, each with its name or unit."""
    found: Fields = {}
    spoken: set[int] = set()
    whole = plain(cell)
    pieces = [piece for piece in _BETWEEN.split(whole[:_LONGEST]) if piece.strip()]
    for piece in pieces:
        places = [at for at, one in enumerate(task.indicators, start=1) if _speaks_of(piece, one)]
        if len(places) == 1:
            told = _told(places[0], replace(cell, value=piece), task.indicators[places[0] - 1], "")
            found |= {name: replace(one, written=whole) for name, one in told}
            spoken.add(places[0])
    if pieces and len(spoken) == len(pieces) and len(whole) <= _LONGEST:
        yield from found.items()
    else:
        names = "；".join(f"{one.name}（{one.unit}）" for one in task.indicators)
        yield "actual.1", replace(cell, problem=Message("legacy.several_indicators", names=names))


def _speaks_of(piece: str, indicator: LedgerIndicator) -> bool:
    if indicator.kind in STATES:
        return bare(indicator.name) in bare(piece)
    figure = _figure_in(piece, indicator)
    named = bare(indicator.name) in bare(piece) or bare(indicator.unit) in bare(piece)
    return figure is not None and (named or figure[1] != "")
