"""Reads corrections to published figures: the register, and one correction with its effect."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.frames import frame_of
from db.reference.notice_of import of_notice
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    Correction,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRevision,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from db.updates.queries import ReportItem, report_item_of
from db.updates.standing import update_draft
from tracking.corrections import corrected_draft
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import UpdateDraft
from tracking.vocabulary import CorrectionStatus

UNDER_WAY = (CorrectionStatus.DRAFT, CorrectionStatus.REQUESTED)


@dataclass(frozen=True)
class CorrectionSheet:
    """A correction, its update as published, and what the update would say instead."""

    correction: Correction
    item: ReportItem
    published: UpdateDraft
    corrected: UpdateDraft


def corrections_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int | None = None,
    period_id: int | None = None,
    unit_id: int | None = None,
    status: CorrectionStatus | None = None,
) -> pd.DataFrame:
    """The readable corrections of a notice or of all, newest first; unsigned ones stay inside their authority.

    Columns: correction_id, update_id, task_id, notice_id, period_id, year, number (of the period), cycle, unit_name,
    authority_name, task_number, title, correction_status, published_permille, corrected_permille, reason,
    written_at, author, signatory, requested_at, approver, ruled_at, ruling.
    """
    chosen: list[Any] = [*of_notice(notice_id), *_readable(scope)]
    for column, value in (
        (ProgressUpdate.period_id, period_id),
        (Task.unit_id, unit_id),
        (Correction.status, status),
    ):
        if value is not None:
            chosen.append(column == value)
    return frame_of(store, _rows().where(*chosen).order_by(col(Correction.id).desc()))


def correction_count(store: Store, scope: Scope, *, period_id: int) -> int:
    """How many approved corrections of a period lie between its published figures and the newest."""
    rows = (
        select(func.count())
        .select_from(Correction)
        .join(ProgressUpdate, ProgressUpdate.id == Correction.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(ProgressUpdate.period_id == period_id, *tasks_within(scope))
        .where(Correction.status == CorrectionStatus.APPROVED)
    )
    with store.read() as session:
        return int(session.scalar(rows) or 0)


def open_correction(store: Store, scope: Scope, *, update_id: int) -> int | None:
    """The correction of an update that is under way, as far as it may be read."""
    rows = (
        select(Correction.id)
        .join(ProgressUpdate, ProgressUpdate.id == Correction.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(Correction.update_id == update_id, col(Correction.status).in_(UNDER_WAY), *_readable(scope))
    )
    with store.read() as session:
        found: int | None = session.scalar(rows)
        return found


def correction_sheet(store: Store, scope: Scope, *, correction_id: int) -> CorrectionSheet:
    """One correction. Raises `NotFound`, also if it may not be read."""
    with store.read() as session:
        correction = _readable_correction(session, scope, correction_id)
        update = session.get_one(ProgressUpdate, correction.update_id)
        published = update_draft(session, update)
        session.expunge(correction)
    item = report_item_of(store, scope, update_id=correction.update_id)
    corrected = corrected_draft(published, correction.figures, correction.reason)
    return CorrectionSheet(correction, item, published, corrected)


def _readable_correction(session: Session, scope: Scope, correction_id: int) -> Correction:
    rows = (
        select(Correction)
        .join(ProgressUpdate, ProgressUpdate.id == Correction.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(Correction.id == correction_id, *_readable(scope))
    )
    found: Correction | None = session.scalars(rows).first()
    if found is None:
        raise NotFound(Message("store.not_found"))
    return found


def _readable(scope: Scope) -> list[Any]:
    """The conditions for reading: unsigned corrections stay inside their authority."""
    readable = tasks_within(scope)
    if scope.own is not None:
        own = col(Task.authority_id).in_(sorted(scope.own))
        readable.append(or_(col(Correction.requested_at).is_not(None), own))
    return readable


def _rows() -> Statement:
    unit, author, signatory, approver = (aliased(Authority), *(aliased(Officer) for _ in range(3)))
    return (
        select(
            col(Correction.id).label("correction_id"),
            Correction.update_id,
            ProgressUpdate.task_id,
            WorkPlan.notice_id,
            ProgressUpdate.period_id,
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
            col(unit.short_name).label("unit_name"),
            col(Authority.short_name).label("authority_name"),
            col(Task.number).label("task_number"),
            TaskRevision.title,
            col(Correction.status).label("correction_status"),
            Correction.published_permille,
            Correction.corrected_permille,
            Correction.reason,
            Correction.written_at,
            col(author.name).label("author"),
            col(signatory.name).label("signatory"),
            Correction.requested_at,
            col(approver.name).label("approver"),
            Correction.ruled_at,
            Correction.ruling,
        )
        .select_from(Correction)
        .join(ProgressUpdate, ProgressUpdate.id == Correction.update_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(unit, unit.id == Task.unit_id)
        .join(author, author.id == Correction.written_by_id, isouter=True)
        .join(signatory, signatory.id == Correction.signed_off_by_id, isouter=True)
        .join(approver, approver.id == Correction.ruled_by_id, isouter=True)
    )
