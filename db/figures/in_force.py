"""Reads which tasks were in force at an instant, and what their plans said of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.figures.chosen import Chosen
from db.figures.columns import DAY, WHOLE, YES_OR_NO, Flags, Ints, columns_of, ordinals
from db.sql import bound, select
from db.tables import PlanRevision, Task, TaskRequest, TaskRevision, TaskStatusChange
from db.tables.types import Instant
from tracking.figures.cells import Columns
from tracking.figures.lights import delay_counts_from
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
_SAID = {
    **dict.fromkeys(TASK_COLUMNS[:8], WHOLE),
    "starts_on": DAY,
    "due_on": DAY,
    "revision_number": WHOLE,
    "reductions_granted": YES_OR_NO,
    "newest_number": WHOLE,
}
_KNOWN_AT = bound("known_at", Instant)
_NEWEST = aliased(PlanRevision)
# Each chosen task at every filed revision, oldest first, with its plan's newest number.
_REVISIONS = (
    select(
        Task.id,
        Task.plan_id,
        Task.number,
        Task.authority_id,
        Task.unit_id,
        Task.measure_id,
        TaskRevision.id,
        TaskRevision.weight_tenths,
        TaskRevision.starts_on,
        TaskRevision.due_on,
        PlanRevision.number,
        PlanRevision.reductions_granted,
        select(func.max(_NEWEST.number))
        .where(_NEWEST.plan_id == Task.plan_id, col(_NEWEST.filed_at) <= _KNOWN_AT)
        .scalar_subquery(),
    )
    .join(TaskRevision, col(TaskRevision.task_id) == Task.id)
    .join(PlanRevision, col(PlanRevision.id) == TaskRevision.plan_revision_id)
    .where(col(PlanRevision.filed_at) <= _KNOWN_AT)
    .order_by(Task.id, PlanRevision.number)
)
_GRANTED = (
    select(TaskRequest.task_id, TaskRequest.granted_due_on)
    .join(Task, col(Task.id) == TaskRequest.task_id)
    .where(col(TaskRequest.granted_due_on).is_not(None), col(TaskRequest.ruled_at) <= _KNOWN_AT)
)
_EVER_SUSPENDED = select(TaskStatusChange.task_id).where(TaskStatusChange.status == TaskStatus.SUSPENDED)
_STATUS_CHANGES = (
    select(TaskStatusChange.task_id, TaskStatusChange.status)
    .join(Task, col(Task.id) == TaskStatusChange.task_id)
    .where(col(TaskStatusChange.task_id).in_(_EVER_SUSPENDED), col(TaskStatusChange.changed_at) <= _KNOWN_AT)
    .order_by(col(TaskStatusChange.changed_at), col(TaskStatusChange.id))
)


def tasks_in_force(session: Session, chosen: Chosen, known_at: datetime) -> Columns:
    """One row a task in force, by ascending task_id.

    What is expected follows the baseline, whatever an amendment says since, so that moving a date or making the goal
    smaller never improves a light; only a granted extension moves the day it is due. Where the working group has granted
    what an amendment makes smaller, the baseline is that one, but for its dates.
    """
    said = columns_of(chosen.rows(session, _REVISIONS, known_at=known_at), _SAID)
    heirs = chosen.heirs_of(said["task_id"])
    order = np.argsort(heirs, kind="stable")
    said = {name: column[order] for name, column in said.items()}
    task_ids, first, count = np.unique(heirs[order], return_index=True, return_counts=True)
    newest = first + count - 1
    # The plan names the task still, and it is not the one of an earlier year that it goes on for.
    holds = (said["task_id"][newest] == task_ids) & (said["revision_number"] == said["newest_number"])[newest]
    tasks = _tasks(said, first[holds], newest[holds])
    granted = _granted(session, chosen, known_at)
    suspended = [*_suspended(session, chosen, known_at)]
    found = {
        **tasks,
        "due_on": _due_days(tasks, granted),
        "suspended": np.isin(tasks["task_id"], suspended),
    }
    return {name: found[name] for name in TASK_COLUMNS}


def _tasks(said: Mapping[str, Any], first: Ints, newest: Ints) -> Columns:
    baseline = _last_granted(said["reductions_granted"], first, newest)
    return {
        **{name: said[name][newest] for name in TASK_COLUMNS[:8]},
        "baseline_revision_id": said["revision_id"][baseline],
        "starts_on": ordinals(said["starts_on"][first]),
        "baseline_due_on": ordinals(said["due_on"][first]),
    }


def _last_granted(granted: Flags, first: Ints, newest: Ints) -> Ints:
    """Of each task's revisions the last whose reductions were granted, else its first."""
    last = np.maximum.accumulate(np.where(granted, np.arange(len(granted)), 0))
    return np.maximum(last[newest], first)


def _due_days(tasks: Columns, granted: Mapping[int, Collection[date]]) -> Ints:
    """The days that delay counts from, as ordinals."""
    task_ids, days = tasks["task_id"], tasks["baseline_due_on"].copy()
    for row in np.flatnonzero(np.isin(task_ids, [*granted])).tolist():
        baseline = date.fromordinal(int(days[row]))
        days[row] = delay_counts_from(baseline, granted[int(task_ids[row])]).toordinal()
    return days


def _granted(session: Session, chosen: Chosen, known_at: datetime) -> dict[int, list[date]]:
    """The due dates fixed by each task's extensions."""
    granted: dict[int, list[date]] = defaultdict(list)
    for task_id, due_on in chosen.rows(session, _GRANTED, known_at=known_at):
        granted[chosen.heir(task_id)].append(due_on)
    return granted


def _suspended(session: Session, chosen: Chosen, known_at: datetime) -> set[int]:
    """The tasks whose last status change was a suspension."""
    last: dict[int, TaskStatus] = dict(chosen.rows(session, _STATUS_CHANGES, known_at=known_at).all())
    return {task_id for task_id, status in last.items() if status is TaskStatus.SUSPENDED}
