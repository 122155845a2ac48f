"""Reads work plans: the list of them, and one revision as the form shows it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.authorities.scope import NATION
from db.frames import frame_of
from db.plans.drafts import PlannedTask, plan_facts, planned_by_key, planned_tasks
from db.plans.moved_dates import reductions_of
from db.reference.notice_of import of_notice
from db.remits.queries import plans_minded
from db.sql import select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    MilestoneReached,
    Officer,
    PlanRevision,
    Review,
    Task,
    TaskRevision,
    WorkPlan,
)
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import PlanFacts
from tracking.vocabulary import MoveKind, PlanStatus


@dataclass(frozen=True, slots=True)
class Reduction:
    """A task whose goal an amendment makes smaller, and how."""

    number: int
    kind: MoveKind
    part: str


@dataclass(frozen=True)
class PlanSheet:
    """One revision of a plan as the form edits it, with the baseline it is measured against.

    `baseline` maps a task's id to what the first filed revision said of it; `reached` to the milestones that
    count as reached; `checker_name` is the authority above that checks it, if one does; `is_newest` tells the revision that stands from those before it; `reductions` is what it makes
    smaller against the one filed before it.
    """

    plan: WorkPlan
    revision: PlanRevision
    authority_name: str
    checker_name: str
    tasks: list[PlannedTask]
    baseline: dict[int, PlannedTask]
    reached: dict[int, frozenset[int]]
    facts: PlanFacts
    returned_because: str
    is_newest: bool
    reductions: list[Reduction]


def plans_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int | None = None,
    year: int | None = None,
    status: PlanStatus | None = None,
) -> pd.DataFrame:
    """One row per plan of a notice or of all, as of its newest revision in reach: latest year first, then in official order.

    Columns: plan_id, notice_id, year, authority_id, authority_name, revision_id, number, status, sign_off_requested_at,
    signed_off_at, submitted_at, checker_id, received_at, filed_at, tasks.
    """
    newest = _newest_number(scope)
    tasks = select(func.count(col(TaskRevision.id))).where(TaskRevision.plan_revision_id == PlanRevision.id)
    rows = (
        select(
            col(WorkPlan.id).label("plan_id"),
            WorkPlan.notice_id,
            WorkPlan.year,
            WorkPlan.authority_id,
            col(Authority.short_name).label("authority_name"),
            col(PlanRevision.id).label("revision_id"),
            PlanRevision.number,
            PlanRevision.status,
            PlanRevision.sign_off_requested_at,
            PlanRevision.signed_off_at,
            PlanRevision.submitted_at,
            PlanRevision.checker_id,
            PlanRevision.received_at,
            PlanRevision.filed_at,
            tasks.scalar_subquery().label("tasks"),
        )
        .join(PlanRevision, PlanRevision.plan_id == WorkPlan.id)
        .join(Authority, Authority.id == WorkPlan.authority_id)
        .where(*of_notice(notice_id), PlanRevision.number == newest, *_within(scope))
        .order_by(col(WorkPlan.year).desc(), col(Authority.official_order).nulls_last(), Authority.code)
    )
    if year is not None:
        rows = rows.where(WorkPlan.year == year)
    chosen = rows if status is None else rows.where(PlanRevision.status == status)
    return frame_of(store, chosen, whole=("checker_id",))


def revisions_frame(store: Store, scope: Scope, plan_id: int) -> pd.DataFrame:
    """Every revision of a plan, newest first.

    Columns: revision_id, number, status, reason, author, created_at, signatory, signed_off_at, submitted_at,
    filed_at, decision, review_reason, reviewer, reviewed_at.
    """
    signatory, reviewer = aliased(Officer), aliased(Officer)
    rows = (
        select(
            col(PlanRevision.id).label("revision_id"),
            PlanRevision.number,
            PlanRevision.status,
            PlanRevision.reason,
            col(Officer.name).label("author"),
            PlanRevision.created_at,
            signatory.name.label("signatory"),  # type: ignore[attr-defined]  # a column of the alias
            PlanRevision.signed_off_at,
            PlanRevision.submitted_at,
            PlanRevision.filed_at,
            Review.decision,
            col(Review.reason).label("review_reason"),
            reviewer.name.label("reviewer"),  # type: ignore[attr-defined]  # as above
            Review.reviewed_at,
        )
        .join(WorkPlan, WorkPlan.id == PlanRevision.plan_id)
        .join(Officer, Officer.id == PlanRevision.created_by_id, isouter=True)
        .join(signatory, signatory.id == PlanRevision.signed_off_by_id, isouter=True)
        .join(Review, Review.plan_revision_id == PlanRevision.id, isouter=True)
        .join(reviewer, reviewer.id == Review.reviewed_by_id, isouter=True)
        .where(PlanRevision.plan_id == plan_id, *_within(scope), *_left(scope, PlanRevision))
        .order_by(col(PlanRevision.number).desc())
    )
    return frame_of(store, rows)


def plan_sheet(store: Store, scope: Scope, *, revision_id: int) -> PlanSheet:
    """One revision and its plan's baseline. Raises `NotFound`, also if outside the scope."""
    with store.read() as session:
        revision = session.get(PlanRevision, revision_id)
        if revision is None:
            raise NotFound(Message("store.not_found"))
        plan = session.get_one(WorkPlan, revision.plan_id)
        may_read = scope.covers_drafts if revision.submitted_at is None else scope.covers
        if not may_read(plan.authority_id):
            raise NotFound(Message("store.not_found"))
        sheet = PlanSheet(
            plan=plan,
            revision=revision,
            authority_name=session.get_one(Authority, plan.authority_id).name,
            checker_name=_checker_name(session, revision),
            tasks=planned_tasks(session, revision.id),
            baseline=_baseline(session, plan),
            reached=_reached(session, plan),
            facts=plan_facts(session, plan.notice_id, plan.year),
            returned_because=_returned_because(session, plan),
            is_newest=revision.number == _newest_in(session, scope, plan),
            reductions=_reductions(session, revision),
        )
        session.expunge_all()
    return sheet


def _checker_name(session: Session, revision: PlanRevision) -> str:
    checker = session.get(Authority, revision.checker_id) if revision.checker_id else None
    return checker.short_name if checker else ""


def _baseline(session: Session, plan: WorkPlan) -> dict[int, PlannedTask]:
    """What the first filed revision that names a task says of it, or of the task of an earlier year that it goes on for."""
    filed = (
        select(PlanRevision.id)
        .where(PlanRevision.plan_id == plan.id, PlanRevision.status == PlanStatus.FILED)
        .order_by(col(PlanRevision.number).desc())
    )
    own = {
        task.task_id: task
        for revision_id in session.execute(filed).scalars().all()
        for task in planned_tasks(session, revision_id)
    }
    return own | _left_behind(session, plan)


def _left_behind(session: Session, plan: WorkPlan) -> dict[int, PlannedTask]:
    heir = aliased(Task)
    rows = select(heir.id, Task.baseline_revision_id).join(Task, Task.id == heir.continues_id)
    begun = dict(session.execute(rows.where(heir.plan_id == plan.id)).all())
    said = planned_by_key(session, begun.values())
    return {task_id: said[key] for task_id, key in begun.items()}


def _reached(session: Session, plan: WorkPlan) -> dict[int, frozenset[int]]:
    before = aliased(Task)
    latest = func.coalesce(Task.latest_update_id, before.latest_update_id)
    rows = (
        select(col(Task.id), MilestoneReached.milestone_number)
        .join(before, before.id == Task.continues_id, isouter=True)
        .join(MilestoneReached, MilestoneReached.update_id == latest)
        .where(Task.plan_id == plan.id)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for task_id, number in session.execute(rows):
        found[task_id].add(number)
    return {task_id: frozenset(numbers) for task_id, numbers in found.items()}


def _reductions(session: Session, revision: PlanRevision) -> list[Reduction]:
    found = reductions_of(session, revision)
    rows = select(Task.id, Task.number).where(col(Task.id).in_({key for key, _ in found}))
    numbers = dict(session.execute(rows).all())
    return [Reduction(numbers[key], move.kind, move.part) for key, move in found]


def _returned_because(session: Session, plan: WorkPlan) -> str:
    """The working group's reason, if it returned the revision before the newest one, or the newest."""
    rows = (
        select(Review.reason)
        .join(PlanRevision, PlanRevision.id == Review.plan_revision_id)
        .where(PlanRevision.plan_id == plan.id, PlanRevision.status == PlanStatus.RETURNED)
        .where(PlanRevision.number >= _newest_in(session, NATION, plan) - 1)
        .order_by(col(Review.id).desc())
        .limit(1)
    )
    return session.execute(rows).scalar_one_or_none() or ""


def _newest_number(scope: Scope) -> Any:
    """The number of the newest revision of a plan that is in reach."""
    other = aliased(PlanRevision)
    numbers = select(func.max(other.number)).where(other.plan_id == WorkPlan.id, *_left(scope, other))
    return numbers.scalar_subquery()


def _newest_in(session: Session, scope: Scope, plan: WorkPlan) -> int:
    numbers = select(_newest_number(scope)).select_from(WorkPlan).where(WorkPlan.id == plan.id)
    return int(session.execute(numbers).scalar_one())


def _left(scope: Scope, revision: Any) -> list[Any]:
    """The condition on a revision that keeps unsubmitted ones inside their authority."""
    if scope.drafts_of is None:
        return []
    return [or_(revision.submitted_at.is_not(None), col(WorkPlan.authority_id).in_(sorted(scope.drafts_of)))]


def _within(scope: Scope) -> list[Any]:
    ids = scope.authority_ids
    within = [] if ids is None else [col(WorkPlan.authority_id).in_(sorted(ids))]
    return within if scope.minding is None else [*within, plans_minded(scope.minding)]
