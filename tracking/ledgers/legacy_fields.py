"""The fields of a task, as the cells of any layout state them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from tracking.cleaning import parse_amount, parse_percent
from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_rows import LegacyRow
from tracking.documents.legacy_values import NO, YES, Kind, kind_of, plain
from tracking.documents.legacy_words import Meaning
from tracking.figures.completion import completion_from_milestones, completion_from_targets
from tracking.ledgers.legacy_figures import Fields, amount_in, as_amount, figures_of
from tracking.ledgers.legacy_percent import as_percent
from tracking.ledgers.legacy_texts import texts_of
from tracking.ledgers.rows import LedgerIndicator, LedgerTask, Values, values_of
from tracking.messages import Message, Refusal
from tracking.rates import Rate
from tracking.scales import read_value
from tracking.vocabulary import IndicatorKind

Notes: TypeAlias = list[tuple[LedgerCell, Message]]

# Permille between the completion a ledger states and what its values imply.
_FAR = 100


def fields_of(row: LegacyRow, task: LedgerTask, *, fractions: bool | None) -> tuple[Fields, Notes]:
    """Task field → its cell, and any notes; empty cells are left out."""
    stands = values_of(task)
    fields: Fields = texts_of(row)
    notes: Notes = []
    done, percent = row.first(Meaning.COMPLETION), row.first(Meaning.PERCENT)
    if done is not None:
        fields["completion"] = _answer(done)
    fields |= dict(_milestones(row, task))
    if task.indicators:
        fields |= figures_of(row, task)
        notes += _target_notes(row, task)
    elif (value := row.first(Meaning.ACTUAL)) is not None:
        if "percent" in stands and percent is None and kind_of(value) is Kind.PERCENT:
            percent = value
        else:
            notes.append((value, Message("legacy.actual_unused")))
    if percent is not None and "percent" in stands:
        fields["percent"] = as_percent(percent, fractions=fractions)
    elif percent is not None:
        notes += _far_apart(as_percent(percent, fractions=fractions), task, fields, stands)
    return fields, notes


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


def _target_notes(row: LegacyRow, task: LedgerTask) -> Iterator[tuple[LedgerCell, Message]]:
    """A note on a target that differs; a ledger cannot change targets."""
    for column, cell in row.cells.get(Meaning.TARGET, []):
        named = [one for one in task.indicators if column.indicator in {one.name, ""}]
        if len(named) != 1 or not cell.filled:
            continue
        said = as_amount(cell, named[0], column.unit)
        value = None if said.problem else amount_in(said)
        if value not in {None, named[0].target}:
            yield cell, Message("legacy.target_differs", target=named[0].target, unit=named[0].unit)


def _far_apart(cell: LedgerCell, task: LedgerTask, fields: Fields, stands: Values) -> Notes:
    """A note if the computed completion is far from what the ledger states."""
    try:
        said, derived = _permille(cell), _derived(task, fields, stands)
    except Refusal:
        return []
    if derived is None or said is None or abs(derived - said) <= _FAR:
        return []
    return [(cell, Message("legacy.percent_differs", percent=f"{derived / 10:.1f}"))]


def _derived(task: LedgerTask, fields: Fields, stands: Values) -> int | None:
    """Permille that the row's values give, by the task's own basis."""
    if task.indicators:
        actuals = {
            one.indicator_id: _reached(at, one, fields, stands)
            for at, one in enumerate(task.indicators, start=1)
        }
        return completion_from_targets(actuals, {one.indicator_id: one.target for one in task.indicators})
    reached = {
        step.number
        for at, step in enumerate(task.milestones, start=1)
        if _is_reached(fields.get(f"milestone.{at}"), stands.get(f"milestone.{at}"))
    }
    return completion_from_milestones(reached, task.facts.milestones)


def _is_reached(cell: LedgerCell | None, stands: object) -> bool:
    return bool(stands) if cell is None else cell.value == "是"


def _permille(cell: LedgerCell) -> int | None:
    if isinstance(cell.value, (int, float)):
        return round(Decimal(repr(cell.value)) * (1000 if cell.percent else 10))
    return parse_percent(plain(cell))


def _reached(at: int, indicator: LedgerIndicator, fields: Fields, stands: Values) -> Decimal:
    """What a row says of an indicator. Raises `Refusal`."""
    cell = fields.get(f"actual.{at}")
    if indicator.kind is IndicatorKind.YES_NO and cell is not None:
        return read_value(plain(cell), indicator)
    value = _amount(cell, stands[f"actual.{at}"])
    if indicator.kind is IndicatorKind.RATE:
        return Rate(value, _amount(fields.get(f"base.{at}"), stands[f"base.{at}"]))
    return value


def _amount(cell: LedgerCell | None, stands: object) -> Decimal:
    if cell is not None:
        return parse_amount(str(cell.value))
    return stands if isinstance(stands, Decimal) else Decimal()
