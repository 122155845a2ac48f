"""Reads pending work: the tasks an authority has still to report, and how much waits for an officer."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import and_, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.authorities.delegation import own_scope, with_delegated, writing_scope
from db.authorities.scope import scope_of
from db.figures.lineage import asked_for
from db.frames import frame_of, rows_of
from db.home.parts import CONTESTS
from db.identity import SignedIn
from db.remits.queries import minding, plans_minded
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Authority,
    Measure,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Review,
    Task,
    TaskRequest,
    TaskRevision,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.permissions import Right, Scope, may
from tracking.vocabulary import PeriodStatus, PlanStatus, RequestStatus, UpdateStatus

_LEFT = (UpdateStatus.CHECKING, UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)


def to_report_frame(store: Store, scope: Scope) -> pd.DataFrame:
    """The tasks within a scope that the open periods ask about and nobody has handed on, by authority and number.

    Columns: task_id, period_id, authority_id, authority_name, number, notice_id, measure_number, measure_short_title, title, due_on,
    update_status (of the newest version, missing before the first save), sent_back (whether that lies where its
    signatory sent it back to), reason (of the last return, or why it was sent back).
    """
    newest = aliased(ProgressUpdate)
    rows = (
        to_hand_on(scope)
        .add_columns(
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            Task.number,
            Measure.notice_id,
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            TaskRevision.title,
            Task.due_on,
            col(newest.status).label("update_status"),
            func.coalesce(_sent_back(newest), False).label("sent_back"),
            case((_sent_back(newest), newest.sent_back_because), else_=_last_reason(newest)).label("reason"),
        )
        .join(Authority, Authority.id == Task.authority_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(newest, col(newest.id) == _newest_version(), isouter=True)
        .order_by(col(Authority.official_order).nulls_last(), Authority.code, Task.number)
    )
    return frame_of(store, rows)


def _newest_version() -> Any:
    """The key of the newest version of a task's update for a period."""
    version = aliased(ProgressUpdate)
    rows = select(version.id).where(version.task_id == Task.id, version.period_id == ReportingPeriod.id)
    return rows.order_by(col(version.version).desc()).limit(1).scalar_subquery()


def _sent_back(update: Any) -> Any:
    return and_(update.status == UpdateStatus.DRAFT, update.sent_back_because != "")


def _last_reason(update: Any) -> Any:
    rows = select(Review.reason).where(Review.update_id == update.id).order_by(col(Review.id).desc())
    return rows.limit(1).scalar_subquery()


def waiting_counts(store: Store, *, by: SignedIn) -> Mapping[str, int]:
    """How many items wait for an officer, by what to do: report, sign_off, review, extensions.

    Report: tasks of the open period not handed on. Sign-off and review: updates and plans; what is checked for
    authorities beneath is the signatory's too. Those of authorities beneath count if they fall to this officer (`db.authorities.delegation`).
    """
    scope = minding(store, by, scope_of(store, by))
    desk = writing_scope(with_delegated(store, by))
    counts = {}
    if may(by, Right.REPORT_PROGRESS):
        counts["report"] = _count(store, to_hand_on(desk))
    if may(by, Right.SIGN_OFF):
        updates = updates_within(desk, ProgressUpdate.status == UpdateStatus.HANDED_OVER)
        plans = plans_within(desk, PlanRevision.status == PlanStatus.HANDED_OVER)
        counts["sign_off"] = _count(store, updates) + _count(store, plans)
    if may(by, Right.CHECK_BENEATH):
        checked = _count(store, updates_checked_by(desk)) + _count(store, plans_checked_by(desk))
        counts["sign_off"] = counts.get("sign_off", 0) + checked
    if may(by, Right.REVIEW):
        submitted = ProgressUpdate.status == UpdateStatus.SUBMITTED
        # Whoever reviews for the whole nation need not look at its tasks.
        whole = select(ProgressUpdate.id).where(submitted)
        updates = whole if scope.minding is None else updates_within(scope, submitted)
        plans = plans_within(scope, PlanRevision.status == PlanStatus.SUBMITTED)
        counts["review"] = _count(store, updates) + _count(store, plans)
    if may(by, Right.SIGN_REQUEST) or may(by, Right.RULE_REQUEST):
        counts["extensions"] = _count(store, _requests_waiting(scope, by))
    for right, contests in CONTESTS:
        if may(by, right):
            counts["extensions"] = counts.get("extensions", 0) + _count(store, contests(scope, by))
    return counts


def _requests_waiting(scope: Scope, by: SignedIn) -> Statement:
    """The requests for extension to be signed in one's authority, or to be ruled on."""
    rules = may(by, Right.RULE_REQUEST)
    status = RequestStatus.REQUESTED if rules else RequestStatus.DRAFT
    rows = (
        select(TaskRequest.id).join(Task, Task.id == TaskRequest.task_id).where(TaskRequest.status == status)
    )
    return rows.where(*tasks_within(scope if rules else own_scope(by)))


def _count(store: Store, rows: Any) -> int:
    return int(rows_of(store, select(func.count()).select_from(rows.subquery()))[0][0])


def to_hand_on(scope: Scope) -> Statement:
    """Tasks within a scope that are due in an open period and not handed to the signatory."""
    return not_handed_on().where(*tasks_within(scope))


def not_handed_on() -> Statement:
    """Tasks of the open periods without an update that has been handed to the signatory."""
    today = clock.today()
    return (
        select(col(Task.id).label("task_id"), col(ReportingPeriod.id).label("period_id"))
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(ReportingPeriod, and_(*asked_for()))
        .where(ReportingPeriod.status == PeriodStatus.OPEN)
        .where(ReportingPeriod.opens_on <= today, ReportingPeriod.closes_on >= today, ~handed_on())
    )


def handed_on() -> Any:
    """The condition on a task and a period for its update to be with the signatory or beyond."""
    rows = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == Task.id,
        ProgressUpdate.period_id == ReportingPeriod.id,
        col(ProgressUpdate.status).in_((UpdateStatus.HANDED_OVER, UpdateStatus.SIGNED_OFF, *_LEFT)),
    )
    return rows.exists()


def updates_within(scope: Scope, *conditions: Any) -> Statement:
    """The keys of updates within a scope that meet the conditions."""
    rows = select(ProgressUpdate.id).join(Task, Task.id == ProgressUpdate.task_id)
    return rows.where(*tasks_within(scope), *conditions)


def plans_within(scope: Scope, *conditions: Any) -> Statement:
    """The keys of plan revisions within a scope that meet the conditions."""
    rows = select(PlanRevision.id).join(WorkPlan, WorkPlan.id == PlanRevision.plan_id)
    minded = [] if scope.minding is None else [plans_minded(scope.minding)]
    return rows.where(*_among(WorkPlan.authority_id, scope), *minded, *conditions)


def updates_checked_by(scope: Scope) -> Statement:
    """The keys of updates that one of these authorities checks before the working group."""
    checking = (ProgressUpdate.status == UpdateStatus.CHECKING, *_among(ProgressUpdate.checker_id, scope))
    return select(ProgressUpdate.id).where(*checking)


def plans_checked_by(scope: Scope) -> Statement:
    """The keys of plan revisions, likewise."""
    checking = (PlanRevision.status == PlanStatus.CHECKING, *_among(PlanRevision.checker_id, scope))
    return select(PlanRevision.id).join(WorkPlan, WorkPlan.id == PlanRevision.plan_id).where(*checking)


def _among(authority_id: Any, scope: Scope) -> list[Any]:
    return [] if scope.authority_ids is None else [col(authority_id).in_(sorted(scope.authority_ids))]
