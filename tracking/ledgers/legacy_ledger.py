"""Reading a ledger of any layout as rows of our own form, judged like any others.

There was no download, so a row is compared with what stands now and is never in conflict. An empty cell says
nothing: it leaves what stands. Lines below each other that name the same task are one row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracking.cleaning import parse_day
from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import LedgerCell, LedgerRow
from tracking.documents.legacy_layout import Layout, one_line
from tracking.documents.legacy_rows import LegacyRow, legacy_rows
from tracking.documents.legacy_values import number_of
from tracking.documents.legacy_words import Meaning
from tracking.ledgers.legacy_fields import fields_of
from tracking.ledgers.legacy_lines import joined, of_indicator
from tracking.ledgers.legacy_matching import Match, Named, TaskIndex
from tracking.ledgers.legacy_percent import are_fractions
from tracking.ledgers.rows import LedgerTask, RowKey, fingerprint, values_of
from tracking.messages import Message, Refusal


def read_legacy(
    sheets: Iterable[Sheet], layouts: Sequence[Layout], tasks: Sequence[LedgerTask], period_id: int
) -> Iterator[LedgerRow]:
    """The rows of the chosen sheets with the keys of their tasks; rows without content are left out."""
    by_name = {sheet.name: sheet for sheet in sheets}
    reader = _Reader(TaskIndex(tasks), period_id)
    for sheet, layout in [(by_name[one.sheet], one) for one in layouts if one.sheet in by_name]:
        yield from reader.rows(sheet, layout)


@dataclass
class _Reader:
    index: TaskIndex
    period_id: int

    def rows(self, sheet: Sheet, layout: Layout) -> Iterator[LedgerRow]:
        def telling() -> Iterator[LegacyRow]:
            return (row for row in legacy_rows(sheet, layout) if row.says)

        # Iterated three times rather than kept: a row with its cells is many times the size of its values.
        fractions = are_fractions(telling())
        believed = self.index.believes_numbers(map(_named, telling()))
        matched = ((row, self._match(row, believed=believed)) for row in telling())
        for _, lines in groupby(matched, key=_task_of):
            several = list(lines)
            match, task = several[0][1], several[0][1].task
            rows = [of_indicator(row, task) if task else row for row, _ in several]
            yield self._row(sheet.name, joined(rows), match, fractions=fractions)

    def _match(self, row: LegacyRow, *, believed: bool) -> Match:
        name = _named(row)
        return self.index.find(name if believed else Named(None, name.title, name.measure))

    def _row(self, sheet: str, row: LegacyRow, match: Match, *, fractions: bool | None) -> LedgerRow:
        title = row.first(Meaning.TITLE) or row.first(Meaning.NUMBER) or _some_cell(row)
        task = match.task
        if task is None:
            return LedgerRow(row.row, None, {"title": title}, row.hidden, sheet, match.wrong)
        cells, notes = fields_of(row, task, fractions=fractions)
        noted = [(title, match.note)] if match.note else []
        return LedgerRow(
            row=row.row,
            key=RowKey(task.task_id, self.period_id, task.row_version, fingerprint(values_of(task))),
            cells={"title": title, **cells},
            hidden=row.hidden,
            sheet=sheet,
            notes=(*noted, *notes, *_due_note(row, task)),
            own=True,
        )


def _task_of(found: tuple[LegacyRow, Match]) -> tuple[int, int]:
    """The task of a row, or the row itself: only lines that surely name the same task are put together."""
    row, match = found
    return (match.task.task_id, 0) if match.task and match.sure else (0, row.row)


def _named(row: LegacyRow) -> Named:
    number = row.first(Meaning.NUMBER)
    title, measure = (
        one_line(cell.value) if (cell := row.first(meaning)) else ""
        for meaning in (Meaning.TITLE, Meaning.MEASURE)
    )
    return Named(number_of(number) if number else None, title, measure)


def _some_cell(row: LegacyRow) -> LedgerCell:
    return next(cell for cells in row.cells.values() for _, cell in cells if cell.filled)


def _due_note(row: LegacyRow, task: LedgerTask) -> Iterator[tuple[LedgerCell, Message]]:
    """A note on a due date that differs; a ledger cannot change dates."""
    cell = row.first(Meaning.DUE_ON)
    if cell is None or task.due_on is None or cell.value is None:
        return
    try:
        due_on = parse_day(cell.value, task.due_on.year)
    except Refusal:
        return
    if due_on != task.due_on:
        yield cell, Message("legacy.due_differs", due_on=task.due_on)
