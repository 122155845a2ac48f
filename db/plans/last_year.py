"""Reads the plan of the year before: what of it can be taken over into a draft."""

import pandas as pd
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.authorities.tree import merged_into
from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import PlanRevision, Task, TaskRevision, WorkPlan
from tracking.permissions import Scope
from tracking.vocabulary import PlanStatus


def plans_before(session: Session, plan: WorkPlan) -> list[WorkPlan]:
    """The plans of the year before: the authority's own first, then those of the authorities merged into it."""
    merged = merged_into(session, plan.authority_id, clock.today())
    rows = select(WorkPlan).where(
        WorkPlan.notice_id == plan.notice_id,
        col(WorkPlan.authority_id).in_({plan.authority_id, *merged}),
        WorkPlan.year == plan.year - 1,
    )
    own = col(WorkPlan.authority_id) == plan.authority_id
    return list(session.execute(rows.order_by(own.desc(), col(WorkPlan.id))).scalars())


def filed_before(session: Session, plan: WorkPlan) -> str:
    """The goals in force of the year before, "" where there are none."""
    before = [one.id for one in plans_before(session, plan) if one.authority_id == plan.authority_id]
    rows = select(PlanRevision.goals).where(PlanRevision.status == PlanStatus.FILED)
    of_plan = rows.where(col(PlanRevision.plan_id).in_(before))
    return session.execute(of_plan.order_by(col(PlanRevision.number).desc())).scalars().first() or ""


def last_year_frame(store: Store, scope: Scope, *, revision_id: int) -> pd.DataFrame:
    """The tasks in force of the plans of the year before the one this revision is of, by number; empty without a plan.

    They are the authority's own and those of the authorities merged into it.

    Columns: task_id, number, title, status, latest_permille, due_on, goes_on (taken on by this revision already).
    """
    heir, said = aliased(Task), aliased(TaskRevision)
    taken = (
        select(said.id)
        .join(heir, heir.id == said.task_id)
        .where(said.plan_revision_id == revision_id, heir.continues_id == Task.id)
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
        .where(col(Task.plan_id).in_(_plans_before(store, scope, revision_id)), Task.in_force)
        .order_by(Task.plan_id, Task.number)
    )
    return frame_of(store, rows)


def _plans_before(store: Store, scope: Scope, revision_id: int) -> list[int]:
    rows = select(WorkPlan).join(PlanRevision, PlanRevision.plan_id == WorkPlan.id)
    with store.read() as session:
        plan = session.execute(rows.where(PlanRevision.id == revision_id)).scalar_one()
        before = plans_before(session, plan) if scope.covers(plan.authority_id) else []
        return [one.id for one in before]
