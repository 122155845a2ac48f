"""Reading a ledger of any layout as rows of our own form, judged like any others.

There was no download, so a row is compared with what stands now and is never in conflict. An empty cell says
nothing: it leaves what stands. Lines of a sheet that surely name the same task are one row.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tracking.cleaning import parse_day
from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import LedgerCell, LedgerRow, Told
from tracking.documents.legacy_layout import Layout, one_line
from tracking.documents.legacy_rows import LegacyRow, legacy_rows
from tracking.documents.legacy_values import number_of
from tracking.documents.legacy_words import Meaning, bare_title
from tracking.ledgers.legacy_answers import NO_TASK, UNASKED, Answers, answered, answers_in, place_in
from tracking.ledgers.legacy_fields import fields_of
from tracking.ledgers.legacy_lines import joined, of_indicator
from tracking.ledgers.legacy_matching import Match, Named, name_of
from tracking.ledgers.legacy_owners import Owners
from tracking.ledgers.legacy_percent import are_fractions
from tracking.ledgers.rows import LedgerTask, RowKey, fingerprint, values_of
from tracking.messages import Message, Refusal
from tracking.vocabulary import Question

# Lines of one task that are put together.
_MOST_LINES = 50
# A row and its match.
Line: TypeAlias = tuple[LegacyRow, Match]


def read_legacy(
    sheets: Iterable[Sheet],
    layouts: Sequence[Layout],
    tasks: Sequence[LedgerTask],
    period_id: int,
    *,
    answers: Answers = UNASKED,
    own: int = 0,
) -> Iterator[LedgerRow]:
    """The rows of the chosen sheets with the keys of their tasks; rows without content are left out.

    `tasks` may be of several authorities, of which one is the uploader's `own`.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    reader = _Reader(Owners(tasks, own), {task.task_id: task for task in tasks}, period_id, answers)
    for sheet, layout in [(by_name[one.sheet], one) for one in layouts if one.sheet in by_name]:
        yield from reader.rows(sheet, layout)


@dataclass
class _Reader:
    owners: Owners
    tasks: Mapping[int, LedgerTask]
    period_id: int
    answers: Answers

    def rows(self, sheet: Sheet, layout: Layout) -> Iterator[LedgerRow]:
        def telling() -> Iterator[LegacyRow]:
            return (row for row in legacy_rows(sheet, layout, self.owners.names) if row.says)

        # Iterated three times rather than kept: a row with its cells is many times the size of its values.
        agree: Counter[int] = Counter()
        fractions = are_fractions(self._counted(sheet.name, telling(), agree))
        believed = {owner for owner in self.owners.indexes if agree[owner] >= 0}

        def matched() -> Iterator[Line]:
            return ((row, self._match(sheet.name, row, believed)) for row in telling())

        for lines in _by_task(matched(), _ends(match for _, match in matched())):
            yield self._row(sheet.name, lines, fractions=fractions)

    def _counted(self, sheet: str, rows: Iterable[LegacyRow], agree: Counter[int]) -> Iterator[LegacyRow]:
        """The rows, while it is counted by authority how many numbers are those of the plan.

        They are believed unless most titles disagree.
        """
        for row in rows:
            owner = self.owners.of(sheet, row)
            if isinstance(owner, int):
                agree[owner] += self.owners.indexes[owner].agreement(_named(row))
            yield row

    def _match(self, sheet: str, row: LegacyRow, believed: Collection[int]) -> Match:
        """The task of a row: as its user said, else by its exact title, else as that was matched by hand, else by likeness."""
        if row.aside is not None:
            return Match(None)
        said = self.answers.rows.get(place_in(sheet, _title_of(row).address))
        if said is not None:
            task = self.tasks.get(said)
            return Match(task, note=_by_hand("legacy.by_hand", task), sure=True, by_hand=True)
        name, owner = _named(row), self.owners.of(sheet, row)
        if isinstance(owner, Message):
            return Match(None, owner)
        numbered = name if owner in believed else Named(None, name.title, name.measure)
        found = self.owners.indexes[owner].find(numbered)
        return found if found.sure else self._before(name, owner) or found

    def _before(self, name: Named, owner: int) -> Match | None:
        """What the title was matched to by hand before, None for one that never was."""
        told = self.answers.names.get(bare_title(name.title), ())
        if NO_TASK in told:
            return Match(None, note=Message("legacy.no_task_before"), sure=True, by_hand=True)
        known = [task for task in map(self.tasks.get, told) if task and task.authority_id == owner]
        if len(known) != 1:
            return None
        return Match(known[0], note=_by_hand("legacy.by_hand_before", known[0]), sure=True, by_hand=True)

    def _row(self, sheet: str, lines: Sequence[Line], *, fractions: bool | None) -> LedgerRow:
        first, match = lines[0]
        title, task = _title_of(first), match.task
        doubted = tuple(
            Told(_title_of(row), one.note, Question.ROW) for row, one in lines if one.may_change and one.note
        )
        if task is None:
            return LedgerRow(
                row=first.row,
                key=None,
                cells={"title": title},
                hidden=first.hidden,
                sheet=sheet,
                fault=match.wrong,
                own=True,
                told=doubted,
                aside=first.aside or match.note,
            )
        row = joined([of_indicator(row, task) for row, _ in lines])
        told = (Told(*one, Question.CELL) for one in answers_in(row, sheet, self.answers.cells))
        row = answered(row, sheet, self.answers.cells)
        cells, notes = fields_of(row, task, fractions=fractions)
        noted = [(title, match.note)] if match.note and not match.may_change else []
        noted += _apart_note(lines)
        return LedgerRow(
            row=row.row,
            key=RowKey(task.task_id, self.period_id, task.row_version, fingerprint(values_of(task))),
            cells={"title": title, **cells},
            hidden=row.hidden,
            sheet=sheet,
            notes=(*noted, *notes, *_due_note(row, task)),
            own=True,
            told=(*doubted, *told),
        )


def _title_of(row: LegacyRow) -> LedgerCell:
    """The cell by which a row is named."""
    return row.first(Meaning.TITLE) or row.first(Meaning.NUMBER) or _some_cell(row)


def _by_hand(key: str, task: LedgerTask | None) -> Message:
    return Message(key, task=name_of(task)) if task else Message("legacy.no_task")


def _ends(matches: Iterable[Match]) -> dict[int, int]:
    """Task → the place of the last line that surely names it; none of a task that has more lines than anybody writes."""
    ends: dict[int, int] = {}
    lines: Counter[int] = Counter()
    for at, match in enumerate(matches):
        if match.task and match.sure:
            ends[match.task.task_id] = at
            lines[match.task.task_id] += 1
    return {task_id: at for task_id, at in ends.items() if lines[task_id] <= _MOST_LINES}


def _by_task(lines: Iterable[Line], ends: Mapping[int, int]) -> Iterator[list[Line]]:
    """The lines of each task together, wherever they stand: only those that surely name it, any other alone."""
    held: dict[int, list[Line]] = {}
    for at, line in enumerate(lines):
        task = line[1].task
        if task is None or not line[1].sure or task.task_id not in ends:
            yield [line]
            continue
        held.setdefault(task.task_id, []).append(line)
        if ends[task.task_id] == at:
            yield held.pop(task.task_id)


def _named(row: LegacyRow) -> Named:
    number = row.first(Meaning.NUMBER)
    title, measure = (
        one_line(cell.value) if (cell := row.first(meaning)) else ""
        for meaning in (Meaning.TITLE, Meaning.MEASURE)
    )
    return Named(number_of(number) if number else None, title, measure)


def _some_cell(row: LegacyRow) -> LedgerCell:
    return next(cell for cells in row.cells.values() for _, cell in cells if cell.filled)


def _apart_note(lines: Sequence[Line]) -> list[tuple[LedgerCell, Message]]:
    """A note on lines of one task with others between them."""
    rows = [row.row for row, _ in lines]
    if rows[-1] - rows[0] < len(rows):
        return []
    listed = "、".join(map(str, rows))
    return [(_title_of(lines[0][0]), Message("legacy.lines_apart", rows=listed))]


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
