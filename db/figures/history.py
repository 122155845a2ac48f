"""Reads history: what was known about tasks at an instant, from revisions and updates alone.

Nothing here looks at a maintained column, so the summaries can be recomputed from it and compared, and
any past day can be shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.figures.lineage import continued
from db.sql import Statement, select
from db.tables import (
    Milestone,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    TaskRequest,
    TaskRevision,
    TaskStatusChange,
)
from db.tables.types import Instant
from tracking.figures.expected import ExpectedLine, Schedule
from tracking.figures.lights import delay_counts_from
from tracking.figures.task_facts import History
from tracking.vocabulary import TaskStatus

TASK_COLUMNS = (
    "task_id",
    "plan_id",
    "number",
    "authority_id",
    "unit_id",
    "measure_id",
    "revision_id",
    "weight_tenths",
    "baseline_revision_id",
    "starts_on",
    "due_on",
    "baseline_due_on",
    "suspended",
)
UPDATE_COLUMNS = (
    "task_id",
    "number",
    "update_id",
    "period_id",
    "completion_permille",
    "completion_requested",
    "accepted",
    "reported_on",
)


# More than any year has: so the periods of all years have one order.
MOST_PERIODS = 100
_NEVER = literal(datetime(9999, 1, 1, tzinfo=UTC), Instant)


def said_at(known_at: datetime) -> ColumnElement[bool]:
    """The condition for a `TaskRevision` to be the one of its `Task` in force at an instant."""
    revision = aliased(PlanRevision)
    standing = (
        select(revision.id)
        .where(revision.plan_id == Task.plan_id, col(revision.filed_at) <= known_at)
        .order_by(col(revision.number).desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(col(TaskRevision.task_id) == Task.id, col(TaskRevision.plan_revision_id) == standing)


def reported_at() -> ColumnElement[datetime]:
    """When what a `ProgressUpdate` speaks of was reported; to correct is not to report."""
    return func.coalesce(ProgressUpdate.reported_at, ProgressUpdate.submitted_at)


def stood_at(known_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a `ProgressUpdate` to have left its authority by an instant and not been returned."""
    return (
        # No range scan over an index: a task's reports are found by task.
        func.coalesce(col(ProgressUpdate.submitted_at), _NEVER) <= known_at,
        or_(col(ProgressUpdate.returned_at).is_(None), col(ProgressUpdate.returned_at) > known_at),
    )


@dataclass(frozen=True)
class _Chosen:
    """Which tasks are meant, those they go on for among them, and what is known of them at which instant.

    `heirs` tells which task goes on for one of an earlier year, `years` in which year it does.
    """

    tasks: Sequence[ColumnElement[bool]]
    known_at: datetime
    heirs: Mapping[int, int]
    years: Mapping[int, int]

    def heir(self, task_id: int) -> int:
        """The task whose history this is."""
        return self.heirs.get(task_id, task_id)

    def place(self, update: Any) -> int:
        """The number of an update's period, counted on from the year of its task: before it, what is not positive."""
        year = self.years.get(self.heir(update.task_id), update.task_year)
        return int((update.year - year) * MOST_PERIODS + update.number)


def history_of(session: Session, *tasks: ColumnElement[bool], known_at: datetime) -> History:
    """The history of the tasks that meet the conditions on `Task`, as known at an instant."""
    chosen = _chosen(session, tasks, known_at)
    rows = _tasks_in_force(session, chosen)
    return History(
        tasks=_frame((tuple(row[name] for name in TASK_COLUMNS) for row in rows), TASK_COLUMNS),
        updates=_updates(session, chosen, {row["task_id"] for row in rows}),
        lines=_lines(session, chosen, rows),
    )


def _chosen(session: Session, tasks: Sequence[ColumnElement[bool]], known_at: datetime) -> _Chosen:
    heirs = continued(session, *tasks)
    if not heirs:
        return _Chosen(tasks, known_at, {}, {})
    years = select(Task.id, Task.year).where(col(Task.id).in_(set(heirs.values())))
    wider = or_(and_(*tasks), col(Task.id).in_(heirs))
    return _Chosen((wider,), known_at, heirs, dict(session.execute(years).all()))


def _tasks_in_force(session: Session, chosen: _Chosen) -> list[dict[str, Any]]:
    """One dict a task in force.

    What is expected follows the baseline, whatever an amendment says since, so that moving a date or making the goal
    smaller never improves a light; only a granted extension moves the day it is due. Where the working group has granted
    what an amendment makes smaller, the baseline is that one, but for its dates.
    """
    granted = _granted(session, chosen)
    suspended = _suspended(session, chosen)
    said: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_revisions(chosen)):
        said[chosen.heir(row.task_id)].append(row)
    return [
        _task(revisions, granted[task_id], task_id in suspended)
        for task_id, revisions in sorted(said.items())
        if _is_in_force(task_id, revisions[-1])
    ]


def _is_in_force(task_id: int, newest: Any) -> bool:
    """Whether the plan names the task still, and it is not the one of an earlier year that it goes on for."""
    return bool(newest.task_id == task_id and newest.revision_number == newest.newest_number)


def _task(revisions: Sequence[Any], granted: Sequence[date], suspended: bool) -> dict[str, Any]:
    newest, first = revisions[-1], revisions[0]
    baseline = next((row for row in reversed(revisions) if row.reductions_granted), first)
    return {
        **{name: getattr(newest, name) for name in TASK_COLUMNS[:8]},
        "baseline_revision_id": baseline.revision_id,
        "starts_on": first.starts_on.toordinal(),
        "due_on": delay_counts_from(first.due_on, granted).toordinal(),
        "baseline_due_on": first.due_on.toordinal(),
        "suspended": suspended,
    }


def _revisions(chosen: _Chosen) -> Statement:
    """Each chosen task at every filed revision, oldest first, with its plan's newest number."""
    newest = aliased(PlanRevision)
    newest_number = (
        select(func.max(newest.number))
        .where(newest.plan_id == Task.plan_id, col(newest.filed_at) <= chosen.known_at)
        .scalar_subquery()
    )
    return (
        select(
            col(Task.id).label("task_id"),
            Task.plan_id,
            Task.number,
            Task.authority_id,
            Task.unit_id,
            Task.measure_id,
            col(TaskRevision.id).label("revision_id"),
            TaskRevision.weight_tenths,
            TaskRevision.starts_on,
            TaskRevision.due_on,
            col(PlanRevision.number).label("revision_number"),
            PlanRevision.reductions_granted,
            newest_number.label("newest_number"),
        )
        .join(TaskRevision, col(TaskRevision.task_id) == Task.id)
        .join(PlanRevision, col(PlanRevision.id) == TaskRevision.plan_revision_id)
        .where(col(PlanRevision.filed_at) <= chosen.known_at, *chosen.tasks)
        .order_by(Task.id, PlanRevision.number)
    )


def _granted(session: Session, chosen: _Chosen) -> dict[int, list[date]]:
    """The due dates fixed by each task's extensions."""
    granted: dict[int, list[date]] = defaultdict(list)
    for task_id, due_on in session.execute(
        select(TaskRequest.task_id, TaskRequest.granted_due_on)
        .join(Task, col(Task.id) == TaskRequest.task_id)
        .where(col(TaskRequest.granted_due_on).is_not(None), col(TaskRequest.ruled_at) <= chosen.known_at)
        .where(*chosen.tasks)
    ):
        granted[chosen.heir(task_id)].append(due_on)
    return granted


def _suspended(session: Session, chosen: _Chosen) -> set[int]:
    """The tasks whose last status change was a suspension."""
    ever = select(TaskStatusChange.task_id).where(TaskStatusChange.status == TaskStatus.SUSPENDED)
    rows = session.execute(
        select(TaskStatusChange.task_id, TaskStatusChange.status)
        .join(Task, col(Task.id) == TaskStatusChange.task_id)
        .where(col(TaskStatusChange.task_id).in_(ever), col(TaskStatusChange.changed_at) <= chosen.known_at)
        .where(*chosen.tasks)
        .order_by(col(TaskStatusChange.changed_at), col(TaskStatusChange.id))
    )
    last = {row.task_id: row.status for row in rows}
    return {task_id for task_id, status in last.items() if status is TaskStatus.SUSPENDED}


def _lines(session: Session, chosen: _Chosen, tasks: list[dict[str, Any]]) -> dict[int, ExpectedLine]:
    """Expected progress of the tasks in force whose baseline has interim targets or milestones."""
    targets = _of_revisions(session, chosen, Target, Target.indicator_id, Target.due_on, Target.value)
    milestones = _of_revisions(session, chosen, Milestone, Milestone.due_on, Milestone.share_permille)
    return {
        task["task_id"]: Schedule(
            date.fromordinal(task["starts_on"]),
            date.fromordinal(task["due_on"]),
            targets.get(key, ()),
            milestones.get(key, ()),
            date.fromordinal(task["baseline_due_on"]),
        ).line
        for task in tasks
        for key in [task["baseline_revision_id"]]
        if key in targets or key in milestones
    }


def _of_revisions(session: Session, chosen: _Chosen, part: Any, *said: Any) -> dict[int, list[Any]]:
    """Revision of a task → what its targets or its milestones say."""
    found: dict[int, list[Any]] = defaultdict(list)
    for revision_id, *rest in session.execute(
        select(part.task_revision_id, *said)
        .join(TaskRevision, col(TaskRevision.id) == part.task_revision_id)
        .join(Task, col(Task.id) == TaskRevision.task_id)
        .where(*chosen.tasks)
    ):
        found[revision_id].append(tuple(rest))
    return found


def _updates(session: Session, chosen: _Chosen, in_force: set[int]) -> pd.DataFrame:
    known_at = chosen.known_at
    rows = session.execute(
        select(
            ProgressUpdate.task_id,
            col(Task.year).label("task_year"),
            ReportingPeriod.year,
            ReportingPeriod.number,
            col(ProgressUpdate.id).label("update_id"),
            ProgressUpdate.period_id,
            ProgressUpdate.completion_permille,
            ProgressUpdate.completion_requested,
            col(ProgressUpdate.accepted_at),
            reported_at().label("reported_at"),
        )
        .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
        .join(Task, col(Task.id) == ProgressUpdate.task_id)
        .where(*stood_at(known_at), *chosen.tasks)
        .order_by(ProgressUpdate.task_id, ReportingPeriod.year, ReportingPeriod.number)
    )
    found = [
        (
            chosen.heir(row.task_id),
            chosen.place(row),
            *row[4:8],
            row.accepted_at is not None and row.accepted_at <= known_at,
            clock.day_of(row.reported_at).toordinal(),
        )
        for row in rows
        if chosen.heir(row.task_id) in in_force
    ]
    # Of two reports for one period the later task's counts: the order of the keys is kept.
    return _frame(sorted(found, key=itemgetter(0, 1)) if chosen.heirs else found, UPDATE_COLUMNS)


def _frame(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Integer and boolean columns, built one by one: for a page of tasks far faster than converting a frame."""
    values = tuple(zip(*rows, strict=True)) or tuple(() for _ in columns)
    kinds = (bool if name in _YES_OR_NO else np.int64 for name in columns)
    arrays = (np.array(column, dtype=kind) for column, kind in zip(values, kinds, strict=True))
    return pd.DataFrame(dict(zip(columns, arrays, strict=True)))


_YES_OR_NO = {"suspended", "accepted", "completion_requested"}
