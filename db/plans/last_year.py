"""Reads the plan of the year before: what of it can be taken over into a draft."""

import pandas as pd
from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import PlanRevision, Task, TaskRevision, WorkPlan
from tracking.permissions import Scope
from tracking.vocabulary import PlanStatus


def plan_before(session: Session, plan: WorkPlan) -> WorkPlan | None:
    """The same authority's plan of the year before, None where it had none."""
    rows = select(WorkPlan).where(
        WorkPlan.notice_id == plan.notice_id,
        WorkPlan.authority_id == plan.authority_id,
        WorkPlan.year == plan.year - 1,
    )
    found: WorkPlan | None = session.execute(rows).scalar_one_or_none()
    return found


def filed_before(session: Session, plan: WorkPlan) -> str:
    """The goals in force of the year before, "" where there are none."""
    before = plan_before(session, plan)
    rows = select(PlanRevision.goals).where(PlanRevision.status == PlanStatus.FILED)
    of_plan = rows.where(PlanRevision.plan_id == (before.id if before else None))
    return session.execute(of_plan.order_by(col(PlanRevision.number).desc())).scalars().first() or ""


def last_year_frame(store: Store, scope: Scope, *, revision_id: int) -> pd.DataFrame:
    """The tasks in force of the plan of the year before the one this revision is of, by number; empty without a plan.

    Columns: task_id, number, title, status, latest_permille, due_on, goes_on (taken on by this revision already).
    """
    heir, said = aliased(Task), aliased(TaskRevision)
    plan, before = aliased(WorkPlan), aliased(WorkPlan)
    taken = (
        select(said.id)
        .join(heir, heir.id == said.task_id)
        .where(said.plan_revision_id == revision_id, heir.continues_id == Task.id)
    )
    of_year = and_(
        col(before.notice_id) == plan.notice_id,
        col(before.authority_id) == plan.authority_id,
        col(before.year) == plan.year - 1,
    )
    rows = (
        select(
            col(Task.id).label("task_id"),
            Task.number,
            TaskRevision.title,
            Task.status,
            Task.latest_permille,
            Task.due_on,
            taken.exists().label("goes_on"),
        )
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(before, before.id == Task.plan_id)
        .join(plan, of_year)
        .join(PlanRevision, PlanRevision.plan_id == plan.id)
        .where(PlanRevision.id == revision_id, Task.in_force)
        .order_by(Task.number)
    )
    if scope.authority_ids is not None:
        rows = rows.where(col(plan.authority_id).in_(sorted(scope.authority_ids)))
    return frame_of(store, rows)
