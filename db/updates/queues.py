"""Reads updates awaiting someone: to be signed off, submitted, reviewed or reopened; of one notice or of all."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.frames import frame_of
from db.officers.queries import holds_on
from db.reference.notice_of import of_notice
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Appointment,
    Authority,
    EvidenceFile,
    Measure,
    Officer,
    Post,
    ProgressUpdate,
    Task,
    TaskRevision,
    WorkPlan,
)
from db.tables.progress import IN_HANDS
from db.tasks.queries import tasks_within
from tracking.permissions import Scope
from tracking.vocabulary import UpdateStatus

QUEUE_COLUMNS = (
    "update_id",
    "task_id",
    "authority_id",
    "authority_name",
    "notice_id",
    "measure_number",
    "task_number",
    "title",
    "period_id",
    "version",
    "status",
    "completion_permille",
    "last_permille",
    "no_change",
    "completion_requested",
    "progress",
    "author",
    "post_title",
    "officer_name",
    "written_at",
    "sign_off_requested_at",
    "signed_off_at",
    "submitted_at",
    "checker_id",
    "received_at",
    "evidence",
)


def review_queue_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Submitted updates awaiting the working group, oldest first; columns `QUEUE_COLUMNS`.

    `last_permille` is the completion that counts so far, `officer_name` today's holder of the responsible
    post.
    """
    return _queue(store, scope, notice_id, UpdateStatus.SUBMITTED, ProgressUpdate.submitted_at)


def sign_off_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Updates with the signatory, oldest first; columns `QUEUE_COLUMNS`."""
    return _queue(store, scope, notice_id, UpdateStatus.HANDED_OVER, ProgressUpdate.sign_off_requested_at)


def submission_frame(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """Signed-off updates that have not left the authority yet, oldest first; columns `QUEUE_COLUMNS`."""
    return _queue(store, scope, notice_id, UpdateStatus.SIGNED_OFF, ProgressUpdate.signed_off_at)


def checking_frame(
    store: Store, scope: Scope, *, checkers: Collection[int], notice_id: int | None = None
) -> pd.DataFrame:
    """Updates that one of these authorities checks before the working group, oldest first; columns `QUEUE_COLUMNS`."""
    checking = (ProgressUpdate.status == UpdateStatus.CHECKING, *of_notice(notice_id))
    rows = _rows(scope).where(*checking, col(ProgressUpdate.checker_id).in_(sorted(checkers)))
    return _framed(store, rows.order_by(ProgressUpdate.received_at, ProgressUpdate.id))


def queued_frame(store: Store, scope: Scope, *, update_ids: Collection[int]) -> pd.DataFrame:
    """The rows of just these updates, in their order; columns `QUEUE_COLUMNS`."""
    rows = _framed(store, _rows(scope).where(col(ProgressUpdate.id).in_(update_ids)))
    places = {update_id: place for place, update_id in enumerate(update_ids)}
    return rows.sort_values("update_id", key=lambda keys: keys.map(places)).reset_index(drop=True)


def waiting_index(store: Store, scope: Scope, *, notice_id: int | None = None) -> pd.DataFrame:
    """What `review_queue_frame` holds, without what is said: update_id, authority_id."""
    waiting = (IN_HANDS, ProgressUpdate.status == UpdateStatus.SUBMITTED)
    rows = _index(scope, notice_id).where(*waiting)
    return frame_of(store, rows.order_by(ProgressUpdate.submitted_at, ProgressUpdate.id))


def accepted_index(
    store: Store, scope: Scope, *, period_id: int, notice_id: int | None = None
) -> pd.DataFrame:
    """Accepted updates of a period, newest first, to find one to reopen; columns of `waiting_index`."""
    accepted = (ProgressUpdate.status == UpdateStatus.ACCEPTED, ProgressUpdate.period_id == period_id)
    newest = (col(ProgressUpdate.accepted_at).desc(), col(ProgressUpdate.id).desc())
    return frame_of(store, _index(scope, notice_id).where(*accepted).order_by(*newest))


def _index(scope: Scope, notice_id: int | None) -> Statement:
    return (
        select(col(ProgressUpdate.id).label("update_id"), Task.authority_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .where(*of_notice(notice_id), *tasks_within(scope))
    )


def _queue(
    store: Store, scope: Scope, notice_id: int | None, status: UpdateStatus, since: Any
) -> pd.DataFrame:
    waiting = (ProgressUpdate.status == status, *of_notice(notice_id))
    return _framed(store, _rows(scope).where(*waiting).order_by(since, ProgressUpdate.id))


def _framed(store: Store, rows: Statement) -> pd.DataFrame:
    return frame_of(store, rows, whole=("checker_id",))


def _rows(scope: Scope) -> Statement:
    holder, held = aliased(Officer), and_(col(Appointment.post_id) == col(Post.id), *holds_on(clock.today()))
    files = select(func.count(col(EvidenceFile.id))).where(EvidenceFile.update_id == ProgressUpdate.id)
    return (
        select(
            col(ProgressUpdate.id).label("update_id"),
            ProgressUpdate.task_id,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            WorkPlan.notice_id,
            col(Measure.number).label("measure_number"),
            col(Task.number).label("task_number"),
            TaskRevision.title,
            ProgressUpdate.period_id,
            ProgressUpdate.version,
            ProgressUpdate.status,
            ProgressUpdate.completion_permille,
            col(Task.latest_permille).label("last_permille"),
            ProgressUpdate.no_change,
            ProgressUpdate.completion_requested,
            ProgressUpdate.progress,
            col(Officer.name).label("author"),
            col(Post.title).label("post_title"),
            holder.name.label("officer_name"),  # type: ignore[attr-defined]  # a column of the alias
            ProgressUpdate.written_at,
            ProgressUpdate.sign_off_requested_at,
            ProgressUpdate.signed_off_at,
            ProgressUpdate.submitted_at,
            ProgressUpdate.checker_id,
            ProgressUpdate.received_at,
            files.scalar_subquery().label("evidence"),
        )
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Officer, Officer.id == ProgressUpdate.written_by_id, isouter=True)
        .join(Post, Post.id == TaskRevision.post_id, isouter=True)
        .join(Appointment, held, isouter=True)
        .join(holder, holder.id == Appointment.officer_id, isouter=True)
        .where(*tasks_within(scope))
    )
