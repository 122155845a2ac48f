"""Owns reading one task with all the plan says of it, and every update ever made of it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.queries.drafts import PlannedTask, planned_task
from db.queries.frames import frame_of
from db.queries.tasks import left_or_own, task_frame, within
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
    WorkPlan,
)
from tracking.messages import Message
from tracking.permissions import Scope


@dataclass(frozen=True)
class TaskSheet:
    """One task as it stands: its row of `task_frame`, its place in the notice, and what the plan says of it."""

    row: dict[str, Any]
    measure_title: str
    key_area_title: str
    action_title: str | None
    plan_id: int
    planned: PlannedTask
    indicators: pd.DataFrame


def task_sheet(store: Store, scope: Scope, task_id: int) -> TaskSheet:
    """Everything the plan says of a task in force. Raises `NotFound`, also for one outside the scope."""
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not task.in_force or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        plan = session.get_one(WorkPlan, task.plan_id)
        measure = session.get_one(Measure, task.measure_id)
        area = session.get_one(KeyArea, measure.key_area_id)
        planned = planned_task(session, task.revision_id or 0)
        action = planned.draft.measure_action_id and session.get_one(
            MeasureAction, planned.draft.measure_action_id
        )
    indicators = frame_of(
        store,
        select(col(Indicator.id).label("indicator_id"), Indicator.name, Indicator.unit, Indicator.additive)
        .where(Indicator.measure_id == task.measure_id)
        .order_by(Indicator.number),
    )
    row = task_frame(store, scope, notice_id=plan.notice_id, year=task.year, task_id=task_id)
    return TaskSheet(
        row=row.to_dict("records")[0],  # type: ignore[arg-type]  # column names are str
        measure_title=measure.title,
        key_area_title=area.title,
        action_title=action.title if action else None,
        plan_id=plan.id,
        planned=planned,
        indicators=indicators,
    )


def updates_frame(store: Store, scope: Scope, task_id: int) -> pd.DataFrame:
    """Every version of every update of a task, newest first, with who wrote it and when.

    What has not left its authority yet is there only for that authority itself.

    Columns: update_id, period_id, year, number, cycle, version, status, completion_permille, no_change,
    completion_requested, progress, difficulties, next_steps, explanation, written_at, author, signed_off_at,
    signatory, submitted_at, accepted_at, returned_at, reviewer, reason, evidence (number of files).
    Empty for a task outside the scope.
    """
    signatory, reviewer = aliased(Officer), aliased(Officer)
    other = aliased(Review)
    ruled = select(func.max(other.id)).where(other.update_id == ProgressUpdate.id).scalar_subquery()
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
        .where(ProgressUpdate.task_id == task_id, *within(scope), *left_or_own(scope))
        .order_by(col(ReportingPeriod.number).desc(), col(ProgressUpdate.version).desc())
    )
    return frame_of(store, rows)
