"""Reads one task in full: what the plan says, and every update ever made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.figures.history import said_at
from db.figures.lineage import line_of
from db.frames import frame_of
from db.plans.drafts import PlannedTask, planned_task
from db.reference.queries import tag_words
from db.sql import select
from db.store import NotFound, Store
from db.tables import (
    EvidenceFile,
    Indicator,
    KeyArea,
    Measure,
    MeasureAction,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    Review,
    Task,
    TaskRevision,
    TaskStatusChange,
    WorkPlan,
)
from db.tasks.past_tasks import task_frame_at
from db.tasks.queries import left_or_own, tasks_within
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import TaskStatus, UpdateStatus


@dataclass(frozen=True)
class Suspension:
    """Since when a task has been suspended, why, and by whose ruling."""

    since: datetime
    reason: str
    ruled_by: str


@dataclass(frozen=True)
class TaskSheet:
    """One task: its row of `task_frame`, its place in the notice, and its content in the plan."""

    row: dict[str, Any]
    measure_title: str
    key_area_title: str
    action_title: str | None
    tag_titles: str
    plan_id: int
    planned: PlannedTask
    indicators: pd.DataFrame


def task_sheet(store: Store, scope: Scope, task_id: int, known_on: date | None = None) -> TaskSheet:
    """Everything about a task in force, now or as known at the end of a past day.

    Raises `NotFound`, also if outside the scope.
    """
    with store.read() as session:
        task = session.get(Task, task_id)
        revision_id = _revision_id(session, task, known_on)
        if task is None or revision_id is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        plan = session.get_one(WorkPlan, task.plan_id)
        measure = session.get_one(Measure, task.measure_id)
        area = session.get_one(KeyArea, measure.key_area_id)
        planned = planned_task(session, revision_id)
        action = planned.draft.measure_action_id and session.get_one(
            MeasureAction, planned.draft.measure_action_id
        )
    indicators = frame_of(
        store,
        select(
            col(Indicator.id).label("indicator_id"),
            Indicator.name,
            Indicator.unit,
            Indicator.additive,
            Indicator.kind,
        )
        .where(Indicator.measure_id == task.measure_id)
        .order_by(Indicator.number),
    )
    row = task_frame_at(
        store, scope, known_on=known_on, notice_id=plan.notice_id, year=task.year, task_id=task_id
    )
    return TaskSheet(
        row=row.to_dict("records")[0],  # type: ignore[arg-type]  # column names are str
        measure_title=measure.title,
        key_area_title=area.title,
        action_title=action.title if action else None,
        tag_titles=tag_words(store, [planned.draft.tags])[0],
        plan_id=plan.id,
        planned=planned,
        indicators=indicators,
    )


def suspension_of(
    store: Store, scope: Scope, task_id: int, known_on: date | None = None
) -> Suspension | None:
    """A task's suspension, None if it is not suspended; now or as known at the end of a past day."""
    known_at = clock.end_of(known_on or clock.today())
    rows = (
        select(TaskStatusChange, Officer.name)
        .join(Task, Task.id == TaskStatusChange.task_id)
        .join(Officer, Officer.id == TaskStatusChange.changed_by_id, isouter=True)
        .where(Task.id == task_id, col(TaskStatusChange.changed_at) <= known_at, *tasks_within(scope))
        .order_by(col(TaskStatusChange.changed_at).desc(), col(TaskStatusChange.id).desc())
    )
    with store.read() as session:
        last = session.execute(rows.limit(1)).first()
    if last is None or last[0].status is not TaskStatus.SUSPENDED:
        return None
    return Suspension(last[0].changed_at, last[0].reason, last[1] or "")


def _revision_id(session: Session, task: Task | None, known_on: date | None) -> int | None:
    """The key of the task's revision in force, or None."""
    if task is None or known_on is None:
        return task.revision_id if task and task.in_force else None
    said = select(TaskRevision.id).where(Task.id == task.id, said_at(clock.end_of(known_on)))
    found: int | None = session.scalar(said)
    return found


def updates_frame(store: Store, scope: Scope, task_id: int, known_on: date | None = None) -> pd.DataFrame:
    """Every version of every update of a task, and of those it goes on for, newest first, with who wrote it and when.

    Unsubmitted versions are visible only to their authority, and not at all for a past day, which shows
    everything as known at its end.

    Columns: update_id, period_id, year, number, cycle, period_status, version, status, completion_permille,
    no_change, completion_requested, progress, difficulties, next_steps, explanation, written_at, author,
    signed_off_at, signatory, submitted_at, checker_id, received_at, accepted_at, returned_at, reviewer, reason, evidence (number of
    files). Empty for a task outside the scope.
    """
    with store.read() as session:
        line = line_of(session, task_id)
    signatory, reviewer = aliased(Officer), aliased(Officer)
    other = aliased(Review)
    known_at = None if known_on is None else clock.end_of(known_on)
    ruled = (
        select(func.max(other.id))
        .where(
            other.update_id == ProgressUpdate.id, *([col(other.reviewed_at) <= known_at] if known_at else [])
        )
        .scalar_subquery()
    )
    files = (
        select(func.count(col(EvidenceFile.id)))
        .where(EvidenceFile.update_id == ProgressUpdate.id)
        .scalar_subquery()
    )
    rows = (
        select(
            col(ProgressUpdate.id).label("update_id"),
            ProgressUpdate.period_id,
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
            col(ReportingPeriod.status).label("period_status"),
            ProgressUpdate.version,
            ProgressUpdate.status,
            ProgressUpdate.completion_permille,
            ProgressUpdate.no_change,
            ProgressUpdate.completion_requested,
            ProgressUpdate.progress,
            ProgressUpdate.difficulties,
            ProgressUpdate.next_steps,
            ProgressUpdate.explanation,
            ProgressUpdate.written_at,
            col(Officer.name).label("author"),
            ProgressUpdate.signed_off_at,
            signatory.name.label("signatory"),  # type: ignore[attr-defined]  # a column of the alias
            ProgressUpdate.submitted_at,
            ProgressUpdate.checker_id,
            ProgressUpdate.received_at,
            ProgressUpdate.accepted_at,
            ProgressUpdate.returned_at,
            reviewer.name.label("reviewer"),  # type: ignore[attr-defined]  # as above
            Review.reason,
            files.label("evidence"),
        )
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .join(Officer, Officer.id == ProgressUpdate.written_by_id, isouter=True)
        .join(signatory, signatory.id == ProgressUpdate.signed_off_by_id, isouter=True)
        .join(Review, Review.id == ruled, isouter=True)
        .join(reviewer, reviewer.id == Review.reviewed_by_id, isouter=True)
        .where(col(ProgressUpdate.task_id).in_(line), *tasks_within(scope), *left_or_own(scope))
        .order_by(
            col(ReportingPeriod.starts_on).desc(),
            col(ProgressUpdate.task_id).desc(),
            col(ProgressUpdate.version).desc(),
        )
    )
    return frame_of(store, rows) if known_at is None else _as_known(frame_of(store, rows), known_at)


def _as_known(updates: pd.DataFrame, known_at: datetime) -> pd.DataFrame:
    """The updates that had left their authority at an instant, without anything that happened later."""
    left = updates[[at is not None and at <= known_at for at in updates["submitted_at"]]]
    then: dict[str, Any] = {
        name: [at if at is not None and at <= known_at else None for at in left[name]]
        for name in ("accepted_at", "returned_at")
    }
    status = [_status_then(row, known_at) for row in left.assign(**then).itertuples()]
    return left.assign(status=status, **then)


def _status_then(update: Any, known_at: datetime) -> UpdateStatus:
    """Who had checked it by then is known from when the working group received it."""
    if not pd.isna(update.returned_at):
        return UpdateStatus.RETURNED
    if not pd.isna(update.accepted_at):
        return UpdateStatus.ACCEPTED
    later = not pd.isna(update.received_at) and update.received_at > known_at
    return UpdateStatus.CHECKING if later or not pd.isna(update.checker_id) else UpdateStatus.SUBMITTED
