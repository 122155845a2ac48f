"""The fields of a task, as the cells of any layout state them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from tracking.cleaning import UNSEEN, parse_amount, parse_percent
from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_values import NO, YES, Kind, kind_of, plain
from tracking.documents.legacy_words import Meaning, bare
from tracking.figures.completion import completion_from_targets
from tracking.ledgers.rows import LedgerIndicator, LedgerTask, Values, values_of
from tracking.messages import Message, Refusal

TEXTS = (Meaning.PROGRESS, Meaning.DIFFICULTIES, Meaning.NEXT_STEPS, Meaning.EXPLANATION)
Fields: TypeAlias = dict[str, LedgerCell]
Notes: TypeAlias = list[tuple[LedgerCell, Message]]

# Between two indicators' values; a comma within a number separates nothing.
_BETWEEN = re.compile(r"[;；、\n]|[，,](?![0-9０-９])|(?<![0-9０-９])[，,]")
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
# Words that change nothing about a value.
_FILLING = re.compile(r"[\s:=,，。.]|累计|完成|实现|达到|达|共|已|为")
# Longer texts are no list of values.
_LONGEST = 500
# Permille between the completion a ledger states and what its values imply.
_FAR = 100


def are_fractions(rows: Iterable[LegacyRow]) -> bool | None:
    """Whether the bare numbers in the percentage column are shares of one; None if there are only 0 and 1."""
    found = None
    for row in rows:
        cell = row.first(Meaning.PERCENT)
        if cell is None or cell.percent or not isinstance(cell.value, (int, float)) or cell.value in {0, 1}:
            continue
        if cell.value > 1:
            return False
        found = True
    return found


def fields_of(row: LegacyRow, task: LedgerTask, *, fractions: bool | None) -> tuple[Fields, Notes]:
    """Task field → its cell, and any notes; empty cells are left out."""
    stands = values_of(task)
    fields: Fields = {str(meaning): cell for meaning in TEXTS if (cell := row.first(meaning))}
    notes: Notes = []
    done, percent = row.first(Meaning.COMPLETION), row.first(Meaning.PERCENT)
    if done is not None:
        fields["completion"] = _answer(done)
    fields |= dict(_milestones(row, task))
    if task.indicators:
        fields |= dict(_actuals(row, task))
    elif (value := row.first(Meaning.ACTUAL)) is not None:
        if "percent" in stands and percent is None and kind_of(value) is Kind.PERCENT:
            percent = value
        else:
            notes.append((value, Message("legacy.actual_unused")))
    if percent is not None and "percent" in stands:
        fields["percent"] = _as_percent(percent, fractions=fractions)
    elif percent is not None:
        notes += _far_apart(_as_percent(percent, fractions=fractions), task, fields, stands)
    return fields, notes


def _is_number(cell: LedgerCell) -> bool:
    return isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)


def _answer(cell: LedgerCell) -> LedgerCell:
    said = plain(cell).casefold()
    if said in YES | NO:
        return replace(cell, value="是" if said in YES else "否")
    return cell


def _milestones(row: LegacyRow, task: LedgerTask) -> Iterator[tuple[str, LedgerCell]]:
    columns = row.cells.get(Meaning.MILESTONE, [])
    for at, (_, cell) in enumerate(columns, start=1):
        if not cell.filled:
            continue
        answer = _answer(cell)
        if len(columns) == 1 and len(task.milestones) > 1 and answer.value != "否":
            answer = replace(cell, problem=Message("legacy.several_milestones", count=len(task.milestones)))
        yield f"milestone.{at}", answer


def _actuals(row: LegacyRow, task: LedgerTask) -> Iterator[tuple[str, LedgerCell]]:
    """A column's indicator is the one its header names, else the one in its position; one column may hold several."""
    columns = row.cells.get(Meaning.ACTUAL, [])
    for at, (header, cell) in enumerate(columns, start=1):
        if not cell.filled:
            continue
        place = _named_in(header, task) or (at if len(columns) > 1 else None)
        if place is None and len(task.indicators) > 1:
            yield from _parted(cell, task)
            continue
        place = place or 1
        known = place <= len(task.indicators)
        yield f"actual.{place}", _as_amount(cell, task.indicators[place - 1]) if known else cell


def _named_in(header: str, task: LedgerTask) -> int | None:
    said = bare(header)
    named = [at for at, one in enumerate(task.indicators, start=1) if bare(one.name) in said]
    return named[0] if len(named) == 1 else None


def _as_amount(cell: LedgerCell, indicator: LedgerIndicator) -> LedgerCell:
    if kind_of(cell) is Kind.PERCENT:
        return replace(cell, problem=Message("legacy.percent_for_amount", unit=indicator.unit))
    figure = _figure_in(plain(cell), indicator)
    return cell if figure is None else replace(cell, value=figure, written=plain(cell))


def _figure_in(text: str, indicator: LedgerIndicator) -> str | None:
    """The figure in a text that holds only the name, value and unit of an indicator."""
    said = unicodedata.normalize("NFKC", text).translate(UNSEEN)
    rest = said.replace(unicodedata.normalize("NFKC", indicator.name), "", 1)
    figures = _FIGURE.findall(rest)
    if len(figures) != 1:
        return None
    around = _FILLING.sub("", rest.replace(figures[0], "", 1))
    return str(figures[0]) if around in {"", _FILLING.sub("", indicator.unit)} else None


def _parted(cell: LedgerCell, task: LedgerTask) -> Iterator[tuple[str, LedgerCell]]:
    """Split the values of several indicators in one cell, each with its name or unit."""
    found: Fields = {}
    text = plain(cell)
    pieces = [piece for piece in _BETWEEN.split(text[:_LONGEST]) if piece.strip()]
    for piece in pieces:
        places = [at for at, one in enumerate(task.indicators, start=1) if _speaks_of(piece, one)]
        if len(places) == 1:
            figure = _figure_in(piece, task.indicators[places[0] - 1])
            found[f"actual.{places[0]}"] = replace(cell, value=figure, written=plain(cell))
    if pieces and len(found) == len(pieces) and len(text) <= _LONGEST:
        yield from found.items()
    else:
        names = "；".join(f"{one.name}（{one.unit}）" for one in task.indicators)
        yield "actual.1", replace(cell, problem=Message("legacy.several_indicators", names=names))


def _speaks_of(piece: str, indicator: LedgerIndicator) -> bool:
    named = bare(indicator.name) in bare(piece) or bare(indicator.unit) in bare(piece)
    return named and _figure_in(piece, indicator) is not None


def _as_percent(cell: LedgerCell, *, fractions: bool | None) -> LedgerCell:
    if not _is_number(cell) or cell.percent or not cell.value:
        return cell
    if fractions is None:
        return replace(cell, problem=Message("legacy.one_or_hundred"))
    return replace(cell, percent=fractions)


def _far_apart(cell: LedgerCell, task: LedgerTask, fields: Fields, stands: Values) -> Notes:
    """A note if the computed completion is far from what the ledger states."""
    try:
        said = _permille(cell)
        actuals = {
            one.indicator_id: _amount(fields.get(f"actual.{at}"), stands[f"actual.{at}"])
            for at, one in enumerate(task.indicators, start=1)
        }
    except Refusal:
        return []
    if not actuals or said is None:
        return []
    derived = completion_from_targets(actuals, {one.indicator_id: one.target for one in task.indicators})
    if abs(derived - said) <= _FAR:
        return []
    return [(cell, Message("legacy.percent_differs", percent=f"{derived / 10:.1f}"))]


def _permille(cell: LedgerCell) -> int | None:
    if isinstance(cell.value, (int, float)):
        return round(Decimal(repr(cell.value)) * (1000 if cell.percent else 10))
    return parse_percent(plain(cell))


def _amount(cell: LedgerCell | None, stands: object) -> Decimal:
    if cell is not None:
        return parse_amount(str(cell.value))
    return stands if isinstance(stands, Decimal) else Decimal()
