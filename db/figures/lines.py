"""Reads what is expected of tasks by when."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import Session, col

from db.figures.chosen import Chosen
from db.sql import Statement, select
from db.tables import Milestone, Target, Task, TaskRevision
from tracking.figures.cells import Columns
from tracking.figures.expected import ExpectedLine, Schedule

# What tells the line of a task: its baseline, the days it starts and is due on, and the due day of its plan.
_ASKED = ("baseline_revision_id", "starts_on", "due_on", "baseline_due_on")


def _parts(part: Any, *said: Any) -> Statement:
    return (
        select(part.task_revision_id, *said)
        .join(TaskRevision, col(TaskRevision.id) == part.task_revision_id)
        .join(Task, col(Task.id) == TaskRevision.task_id)
    )


_TARGETS = _parts(Target, Target.indicator_id, Target.due_on, Target.value)
_MILESTONES = _parts(Milestone, Milestone.due_on, Milestone.share_permille)


class Lines:
    """Expected progress of tasks by their baselines; a line that does not change is drawn once for all instants."""

    def __init__(self, session: Session, chosen: Chosen) -> None:
        self._targets = _of_revisions(session, chosen, _TARGETS)
        self._milestones = _of_revisions(session, chosen, _MILESTONES)
        self._drawn: dict[tuple[int, ...], ExpectedLine] = {}

    def of(self, tasks: Columns) -> dict[int, ExpectedLine]:
        """The line of every task in force whose baseline has targets or milestones."""
        asked = zip(*(tasks[name].tolist() for name in _ASKED), strict=True)
        return {
            task_id: self._drawn.get(days) or self._draw(days)
            for task_id, days in zip(tasks["task_id"].tolist(), asked, strict=True)
            if days[0] in self._targets or days[0] in self._milestones
        }

    def _draw(self, asked: tuple[int, ...]) -> ExpectedLine:
        key, *days = asked
        starts_on, due_on, baseline_due_on = map(date.fromordinal, days)
        targets, milestones = self._targets.get(key, ()), self._milestones.get(key, ())
        line = Schedule(starts_on, due_on, targets, milestones, baseline_due_on).line
        self._drawn[asked] = line
        return line


def _of_revisions(session: Session, chosen: Chosen, parts: Statement) -> dict[int, list[Any]]:
    """Revision of a task → what its targets or its milestones say."""
    found: dict[int, list[Any]] = defaultdict(list)
    for revision_id, *rest in chosen.rows(session, parts):
        found[revision_id].append(tuple(rest))
    return found
