"""Reads history: what was known about tasks at an instant, from revisions and updates alone.

Nothing here looks at a maintained column, so the summaries can be recomputed from it and compared, and
any past day can be shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.sql import Statement, select
from db.tables import (
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
from tracking.figures.expected import ExpectedLine, expected_line, interim_points
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


def stood_at(known_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a `ProgressUpdate` to have left its authority by an instant and not been returned."""
    return (
        # No range scan over an index: a task's reports are found by task.
        func.coalesce(col(ProgressUpdate.submitted_at), _NEVER) <= known_at,
        or_(col(ProgressUpdate.returned_at).is_(None), col(ProgressUpdate.returned_at) > known_at),
    )


@dataclass(frozen=True)
class _Chosen:
    """Which tasks are meant, and as known at which instant."""

    tasks: Sequence[ColumnElement[bool]]
    known_at: datetime


def history_of(session: Session, *tasks: ColumnElement[bool], known_at: datetime) -> History:
    """The history of the tasks that meet the conditions on `Task`, as known at an instant."""
    chosen = _Chosen(tasks, known_at)
    rows = _tasks_in_force(session, chosen)
    return History(
        tasks=_frame((tuple(row[name] for name in TASK_COLUMNS) for row in rows), TASK_COLUMNS),
        updates=_updates(session, chosen, {row["task_id"] for row in rows}),
        lines=_lines(session, chosen, rows),
    )


def _tasks_in_force(session: Session, chosen: _Chosen) -> list[dict[str, Any]]:
    """One dict a task in force.

    Expected progress follows the baseline regardless of later amendments, so that moving a date never
    improves a light; only a granted extension moves the due day.
    """
    granted = _granted(session, chosen)
    suspended = _suspended(session, chosen)
    said: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_revisions(chosen)):
        said[row.task_id].append(row)
    return [
        _task(revisions, granted[task_id], task_id in suspended)
        for task_id, revisions in said.items()
        if revisions[-1].revision_number == revisions[-1].newest_number
    ]


def _task(revisions: Sequence[Any], granted: Sequence[date], suspended: bool) -> dict[str, Any]:
    newest, baseline = revisions[-1], revisions[0]
    return {
        **{name: getattr(newest, name) for name in TASK_COLUMNS[:8]},
        "baseline_revision_id": baseline.revision_id,
        "starts_on": baseline.starts_on.toordinal(),
        "due_on": delay_counts_from(baseline.due_on, granted).toordinal(),
        "baseline_due_on": baseline.due_on.toordinal(),
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
        granted[task_id].append(due_on)
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
    """Expected progress of the tasks in force whose baseline has interim targets."""
    of_revision = {task["baseline_revision_id"]: task for task in tasks}
    targets: dict[int, list[tuple[int, date, Decimal]]] = defaultdict(list)
    for row in session.execute(
        select(Target.task_revision_id, Target.indicator_id, Target.due_on, Target.value)
        .join(TaskRevision, col(TaskRevision.id) == Target.task_revision_id)
        .join(Task, col(Task.id) == TaskRevision.task_id)
        .where(*chosen.tasks)
    ):
        if row.task_revision_id in of_revision:
            targets[row.task_revision_id].append(tuple(row[1:]))
    lines = {}
    for revision_id, steps in targets.items():
        starts_on, due_on = (
            date.fromordinal(of_revision[revision_id][day]) for day in ("starts_on", "due_on")
        )
        if interim := interim_points(starts_on, due_on, steps):
            lines[of_revision[revision_id]["task_id"]] = expected_line(starts_on, due_on, interim)
    return lines


def _updates(session: Session, chosen: _Chosen, in_force: set[int]) -> pd.DataFrame:
    known_at = chosen.known_at
    rows = session.execute(
        select(
            ProgressUpdate.task_id,
            ReportingPeriod.number,
            col(ProgressUpdate.id).label("update_id"),
            ProgressUpdate.period_id,
            ProgressUpdate.completion_permille,
            ProgressUpdate.completion_requested,
            col(ProgressUpdate.accepted_at),
            col(ProgressUpdate.submitted_at),
        )
        .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
        .join(Task, col(Task.id) == ProgressUpdate.task_id)
        .where(*stood_at(known_at), *chosen.tasks)
        .order_by(ProgressUpdate.task_id, ReportingPeriod.number)
    )
    return _frame(
        [
            (
                *row[:6],
                row.accepted_at is not None and row.accepted_at <= known_at,
                clock.day_of(row.submitted_at).toordinal(),
            )
            for row in rows
            if row.task_id in in_force
        ],
        UPDATE_COLUMNS,
    )


def _frame(rows: Iterable[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Integer and boolean columns, built one by one: for a page of tasks far faster than converting a frame."""
    values = tuple(zip(*rows, strict=True)) or tuple(() for _ in columns)
    kinds = (bool if name in _YES_OR_NO else np.int64 for name in columns)
    arrays = (np.array(column, dtype=kind) for column, kind in zip(values, kinds, strict=True))
    return pd.DataFrame(dict(zip(columns, arrays, strict=True)))


_YES_OR_NO = {"suspended", "accepted", "completion_requested"}
