"""The rows of the grid of a period: the tasks, what was typed in them, and what that makes of their updates."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from db.updates.bulk import Outcome
from db.updates.drafts import UpdateLine
from db.updates.queries import ReportItem
from pages.parts.updates.list import EDITABLE, stage_of
from pages.parts.updates.news import Indicators, news_of
from pages.parts.updates.news_words import is_ours
from pages.shared.forms import Form
from pages.shared.working_copies import tell
from tracking.checks import check_update, has_sound_figures
from tracking.grids import ReadRow, TypedRow, cells_of, read_row, typed_rows, written_rows
from tracking.validation import NO_CHANGE_LIMIT, Problem

# The field of the form that holds all that is typed in the table.
CELLS = "cells"


class GridForm(Form):
    """The form of a grid; what a save could not take, the next filling begins with.

    `outcomes` are those of the save that ended this filling, `told` those of the one before it.
    """

    outcomes: Sequence[Outcome] = ()
    left_over: str | None = None
    told: Sequence[Outcome] = ()

    @classmethod
    def under_way(cls, form: str, row_version: int | None = None, draft: object = None) -> Self:
        """The filling under way, or the next one."""
        before = cls.left(form)
        begun = super(Form, cls).under_way(form, row_version, draft)
        if before is not None and begun is not before and before.left_over is not None:
            begun.typed_here = {CELLS: before.left_over} if before.left_over else {}
            begun.restored_at, begun.told = None, before.outcomes
        tell(begun)
        return begun

    def done_with(self) -> Callable[[], None]:
        """What was typed goes on in the next filling, as far as it is not saved."""
        return lambda: None

    def leave(self) -> None:
        """The next filling looks back at this one."""

    def go_on_with(self, rows: Mapping[int, TypedRow], outcomes: Sequence[Outcome] = ()) -> None:
        """Let the next filling begin with these rows."""
        self.left_over, self.outcomes = written_rows(rows), outcomes

    def begin_with(self, rows: Mapping[int, TypedRow]) -> None:
        """End this filling without a save; the next one begins with these rows."""
        self.go_on_with(rows, self.told)
        super(Form, self).begin_again()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A task with what was typed in its row; `cells` are those that differ from what stands."""

    item: ReportItem
    typed: TypedRow
    cells: Mapping[str, str]
    read: ReadRow
    asked: bool = False

    @property
    def task_id(self) -> int:
        """The key of its task."""
        return self.item.task.id

    @property
    def editable(self) -> bool:
        """Whether anything may be typed in it."""
        return stage_of(self.item) in EDITABLE

    @property
    def conflicts(self) -> bool:
        """Whether somebody saved the task since this was typed over it."""
        return bool(self.cells) and (self.typed.version != self.item.row_version or not self.editable)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in it: what cannot be kept, and once it was to be handed over, what is missing."""
        unread = {problem.field for problem in self.read.wrong}
        found = check_update(self.read.draft, self.item.facts, complete=self.asked)
        return [*self.read.wrong, *(problem for problem in found if problem.field not in unread)]

    @property
    def is_readable(self) -> bool:
        """Whether every cell can be read as what it is to be, so that a completion may be told."""
        return not self.read.wrong and has_sound_figures(self.read.draft, self.item.facts)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has begun to report it, here or elsewhere, and a click may say that nothing changed."""
        begun = bool(self.cells) or stage_of(self.item) != "todo"
        return not begun and self.item.facts.no_change_streak < NO_CHANGE_LIMIT

    def line(self, period_id: int, *, hand_over: bool) -> UpdateLine:
        """What is to be saved of it."""
        version = self.typed.version if self.cells else self.item.row_version
        return UpdateLine(self.task_id, period_id, version, self.read.draft, hand_over)


def grid_rows(items: Iterable[ReportItem], written: str, asked: Collection[int]) -> list[GridRow]:
    """The rows in plan order; `asked` are the tasks that were to be handed over and lacked something."""
    typed = typed_rows(written)
    return [_row(item, typed.get(item.task.id), item.task.id in asked) for item in items]


def _row(item: ReportItem, typed: TypedRow | None, asked: bool) -> GridRow:
    own = typed or TypedRow(item.row_version)
    stands = cells_of(item.draft, item.facts)
    cells = {name: text for name, text in own.cells.items() if name in stands and text != stands[name]}
    read = read_row(cells, item.draft, item.last, item.facts, again=bool(item.before))
    return GridRow(item, own, cells, read if cells else ReadRow(item.draft), asked)


def sendable(rows: Iterable[GridRow], *, hand_over: bool) -> Iterator[GridRow]:
    """The rows that can be saved: those with readable changes, and to be handed over all drafts as well."""
    for row in rows:
        sound = not row.read.wrong and not row.conflicts
        if sound and (row.cells or (hand_over and stage_of(row.item) == "draft")):
            yield row


def left_after(rows: Iterable[GridRow], saved: Collection[int]) -> dict[int, TypedRow]:
    """What is still typed once these tasks are saved."""
    return {row.task_id: replace(row.typed, cells=row.cells) for row in rows if row.task_id not in saved}


def with_news(rows: Iterable[GridRow], indicators: Indicators) -> dict[int, TypedRow]:
    """Task → its row with the progress that its figures say, where nobody has worded it."""
    found = {}
    for row in rows:
        news = news_of(row.item, row.read.draft, indicators)
        if news and news != row.read.draft.progress and _is_unworded(row, indicators):
            found[row.task_id] = replace(row.typed, cells={**row.cells, "progress": news})
    return found


def _is_unworded(row: GridRow, indicators: Indicators) -> bool:
    """Whether the progress is an older sentence of ours, or repeats the last report beside what was typed."""
    if row.conflicts or not row.is_readable or not row.editable:
        return False
    said = row.read.draft.progress
    return is_ours(said, row.item, indicators) or (bool(row.cells) and said in {"", row.item.last.progress})
