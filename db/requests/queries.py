"""Reads what is asked for tasks: pending requests, past ones, and what a task may still ask for; of a notice or of all."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.frames import frame_of
from db.plans.drafts import planned_by_key, schedule_of
from db.reference.notice_of import of_notice
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Authority, Officer, Task, TaskRequest, TaskRevision, WorkPlan
from db.tasks.queries import tasks_within
from tracking.figures.completion import FULL
from tracking.figures.expected import Schedule
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import RequestKind, RequestStatus, TaskStatus

MOST = 200
NEWEST = 20
# How many days before its due date a task is offered for an extension.
NEAR = timedelta(45)
OPEN = (RequestStatus.DRAFT, RequestStatus.REQUESTED)
OVER = (RequestStatus.GRANTED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True)
class AskedTask:
    """A task, what its plan calls it, and what its light hangs on: the schedule of its baseline."""

    task: Task
    title: str
    schedule: Schedule


def open_requests_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Open requests, those to be ruled on first, then oldest first; at most `MOST`.

    Columns: request_id, kind, task_id, notice_id, authority_id, authority_name, task_number, title, due_on,
    requested_due_on, granted_due_on, status, reason, progress, written_at, author, requested_at, signatory,
    withdrawn_at, ruled_at, ruled_by, ruling. One that has not left its authority is visible only to that
    authority.
    """
    rows = _rows(scope, notice_id).where(col(TaskRequest.status).in_(OPEN))
    order = (col(TaskRequest.requested_at).is_(None), TaskRequest.requested_at, TaskRequest.id)
    return frame_of(store, rows.order_by(*order).limit(MOST))


def past_requests_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """The newest closed requests, columns as above; at most `NEWEST`."""
    rows = _rows(scope, notice_id).where(col(TaskRequest.status).in_(OVER))
    ended_at = func.coalesce(TaskRequest.ruled_at, TaskRequest.withdrawn_at)
    return frame_of(store, rows.order_by(ended_at.desc(), col(TaskRequest.id).desc()).limit(NEWEST))


def request_of(store: Store, scope: Scope, *, request_id: int) -> Any:
    """One request, a row of the columns above. Raises `NotFound`, also if outside the scope."""
    found = frame_of(store, _rows(scope, None).where(TaskRequest.id == request_id))
    if found.empty:
        raise NotFound(Message("store.not_found"))
    return next(found.itertuples(index=False))


def last_request(
    store: Store, scope: Scope, *, task_id: int, kind: RequestKind | None = None
) -> TaskRequest | None:
    """The newest readable request for a task, of this kind or any, whatever its outcome."""
    rows = (
        select(TaskRequest).join(Task, Task.id == TaskRequest.task_id).where(TaskRequest.task_id == task_id)
    )
    if kind is not None:
        rows = rows.where(TaskRequest.kind == kind)
    rows = rows.where(*tasks_within(scope), *_left_or_own(scope)).order_by(col(TaskRequest.id).desc())
    with store.read() as session:
        found: TaskRequest | None = session.scalars(rows.limit(1)).first()
        return found


def near_due_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Unfinished tasks due within `NEAR` that may still ask for more time, nearest first; at most `MOST`.

    Columns: task_id, notice_id, task_number, title, due_on.
    """
    today = clock.today()
    over = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)
    rows = _tasks_without_request(scope, notice_id).where(
        Task.latest_permille < FULL,
        col(Task.status).not_in(over),
        col(Task.due_on) > today,
        col(Task.due_on) <= today + NEAR,
    )
    return frame_of(store, rows.order_by(Task.due_on, Task.number).limit(MOST))


def suspended_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Suspended tasks without an open request; columns as above; at most `MOST`."""
    rows = _tasks_without_request(scope, notice_id).where(Task.status == TaskStatus.SUSPENDED)
    return frame_of(store, rows.order_by(col(Task.year).desc(), Task.number).limit(MOST))


def _tasks_without_request(scope: Scope, notice_id: int | None) -> Statement:
    asked = select(TaskRequest.id).where(TaskRequest.task_id == Task.id, col(TaskRequest.status).in_(OPEN))
    return (
        select(
            col(Task.id).label("task_id"),
            WorkPlan.notice_id,
            col(Task.number).label("task_number"),
            TaskRevision.title,
            Task.due_on,
        )
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .where(*of_notice(notice_id), Task.in_force, *tasks_within(scope), ~asked.exists())
    )


def standing_of(store: Store, scope: Scope, *, task_id: int) -> AskedTask:
    """What determines the light of a task today. Raises `NotFound`, also outside the scope."""
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        planned = planned_by_key(session, {task.revision_id or 0, task.baseline_revision_id or 0})
        session.expunge(task)
    said, baseline = (planned.get(key or 0) for key in (task.revision_id, task.baseline_revision_id))
    today = clock.today()
    schedule = schedule_of(baseline.draft, task) if baseline else Schedule(today, today)
    return AskedTask(task, said.draft.title if said else "", schedule)


def _left_or_own(scope: Scope) -> list[Any]:
    """Unsent requests are readable only inside their authority."""
    if scope.own is None:
        return []
    own = col(Task.authority_id).in_(sorted(scope.own))
    return [or_(col(TaskRequest.requested_at).is_not(None), own)]


def _rows(scope: Scope, notice_id: int | None) -> Statement:
    author, signatory, ruler = aliased(Officer), aliased(Officer), aliased(Officer)
    return (
        select(
            col(TaskRequest.id).label("request_id"),
            TaskRequest.kind,
            TaskRequest.task_id,
            WorkPlan.notice_id,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            col(Task.number).label("task_number"),
            TaskRevision.title,
            TaskRequest.due_on,
            TaskRequest.requested_due_on,
            TaskRequest.granted_due_on,
            TaskRequest.status,
            TaskRequest.reason,
            TaskRequest.progress,
            TaskRequest.written_at,
            author.name.label("author"),  # type: ignore[attr-defined]  # a column of the alias
            TaskRequest.requested_at,
            signatory.name.label("signatory"),  # type: ignore[attr-defined]  # as above
            TaskRequest.withdrawn_at,
            TaskRequest.ruled_at,
            ruler.name.label("ruled_by"),  # type: ignore[attr-defined]  # as above
            TaskRequest.ruling,
        )
        .join(Task, Task.id == TaskRequest.task_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(author, author.id == TaskRequest.written_by_id, isouter=True)
        .join(signatory, signatory.id == TaskRequest.signed_off_by_id, isouter=True)
        .join(ruler, ruler.id == TaskRequest.ruled_by_id, isouter=True)
        .where(*of_notice(notice_id), *tasks_within(scope), *_left_or_own(scope))
    )
