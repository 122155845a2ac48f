"""Reads through whom the reports of a task, or the revisions of a plan, went on their way to the working group."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlmodel import col

from db import clock
from db.figures.lineage import line_of
from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import Authority, Officer, PassingOn, PlanRevision, ProgressUpdate, Task, WorkPlan
from tracking.permissions import Scope


@dataclass(frozen=True, slots=True)
class PassingRow:
    """A row of `passings_frame`."""

    update_id: int | None
    revision_id: int | None
    authority_name: str
    officer_name: str | None
    received_at: datetime
    passed_at: datetime


def passings_frame(
    store: Store,
    scope: Scope,
    *,
    task_id: int | None = None,
    plan_id: int | None = None,
    known_on: date | None = None,
) -> pd.DataFrame:
    """Who passed on what, in order, of a task and those it goes on for, or else of a plan; of a past day as known then.

    Columns as `PassingRow`. Empty outside the scope.
    """
    rows = (
        select(
            PassingOn.update_id,
            col(PassingOn.plan_revision_id).label("revision_id"),
            col(Authority.short_name).label("authority_name"),
            col(Officer.name).label("officer_name"),
            PassingOn.received_at,
            PassingOn.passed_at,
        )
        .join(Authority, Authority.id == PassingOn.authority_id)
        .join(Officer, Officer.id == PassingOn.passed_by_id, isouter=True)
        .order_by(PassingOn.passed_at, PassingOn.id)
    )
    if task_id is not None:
        with store.read() as session:
            line = line_of(session, task_id)
        rows = rows.join(ProgressUpdate, ProgressUpdate.id == PassingOn.update_id)
        rows = rows.join(Task, Task.id == ProgressUpdate.task_id).where(col(Task.id).in_(line))
        whose = col(Task.authority_id)
    else:
        rows = rows.join(PlanRevision, PlanRevision.id == PassingOn.plan_revision_id)
        rows = rows.join(WorkPlan, WorkPlan.id == PlanRevision.plan_id).where(WorkPlan.id == plan_id)
        whose = col(WorkPlan.authority_id)
    if scope.authority_ids is not None:
        rows = rows.where(whose.in_(sorted(scope.authority_ids)))
    if known_on is not None:
        rows = rows.where(PassingOn.passed_at <= clock.end_of(known_on))
    return frame_of(store, rows)
