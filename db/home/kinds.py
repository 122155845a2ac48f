"""The kinds of work that can wait for an officer: whom each concerns, and the statement that finds it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Date, func, literal, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.authorities.delegation import own_scope, writing_scope
from db.home.oversight import (
    corrections_to_rule,
    corrections_to_sign,
    difficulties_to_answer,
    difficulties_to_assign,
    difficulties_to_confirm,
    slips_answered,
    slips_to_acknowledge,
    slips_to_answer,
    slips_unmet,
)
from db.home.parts import (
    contests_to_answer,
    contests_to_maintain,
    contests_to_rule,
    figures_to_answer,
    figures_to_rule,
    parts_to_write,
)
from db.home.waiting import plans_checked_by, plans_within, to_hand_on, updates_checked_by, updates_within
from db.identity import SignedIn
from db.periods.queries import in_hand
from db.sql import Statement, select
from db.tables import (
    Account,
    AuditEvent,
    KeyArea,
    Measure,
    MeasureAction,
    NoticeFact,
    PlanRevision,
    ProgressUpdate,
    ReportingPeriod,
    Review,
    RoleGrant,
    Safeguard,
    Task,
    TaskRequest,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.figures.completion import FULL
from tracking.permissions import Right, Scope
from tracking.vocabulary import (
    Decision,
    PeriodStatus,
    PlanStatus,
    RequestStatus,
    TaskStatus,
    TitleSource,
    UpdateStatus,
)

SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of item, the right of those it concerns, and the page that handles it.

    `rows` selects them within what the officer may read; its column `since` is a day, an instant or nothing. Where the
    page is of one notice, `notice_id` says of which, and each notice has a line of its own.
    """

    name: str
    right: Right
    page: str
    rows: Callable[[Scope, SignedIn], Any]
    query: Mapping[str, str] = field(default_factory=dict)


def _since(rows: Any, waits_since: Any) -> Any:
    return rows.add_columns(waits_since.label("since"))


def _of_plans(rows: Any, waits_since: Any) -> Any:
    return _since(rows, waits_since).add_columns(WorkPlan.notice_id)


def _to_report(_scope: Scope, by: SignedIn) -> Any:
    """What was returned waits as such, and is not counted twice."""
    returned = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == Task.id, ProgressUpdate.period_id == ReportingPeriod.id, *_lies_returned()
    )
    return _since(to_hand_on(writing_scope(by)).where(~returned.exists()), ReportingPeriod.opens_on)


def _lies_returned() -> tuple[Any, ...]:
    """The conditions on an update that it was returned, and nobody has begun the next version."""
    later = aliased(ProgressUpdate)
    newer = select(later.id).where(
        later.task_id == ProgressUpdate.task_id,
        later.period_id == ProgressUpdate.period_id,
        later.version > ProgressUpdate.version,
    )
    # Not by the status, whose index would lead through what was returned to the whole country.
    return col(ProgressUpdate.returned_at).is_not(None), ~newer.exists()


def _returned_updates(_scope: Scope, by: SignedIn) -> Any:
    """What was returned of a suspended task rests with it."""
    returned = updates_within(writing_scope(by), *_lies_returned(), Task.status != TaskStatus.SUSPENDED)
    return _since(returned, ProgressUpdate.returned_at)


def _returned_plans(_scope: Scope, by: SignedIn) -> Any:
    """Returned, with no next revision begun."""
    later = aliased(PlanRevision)
    newer = select(later.id).where(later.plan_id == PlanRevision.plan_id, later.number > PlanRevision.number)
    returned = (Review.decision == Decision.RETURNED, ~newer.exists())
    plans = plans_within(writing_scope(by), *returned).join(
        Review, Review.plan_revision_id == PlanRevision.id
    )
    return _of_plans(plans, Review.reviewed_at)


def _plans_being_written(_scope: Scope, by: SignedIn) -> Any:
    written = plans_within(writing_scope(by), PlanRevision.status == PlanStatus.DRAFT)
    return _of_plans(written, PlanRevision.created_at)


def _updates_to_sign(_scope: Scope, by: SignedIn) -> Any:
    asked = updates_within(writing_scope(by), ProgressUpdate.status == UpdateStatus.HANDED_OVER)
    return _since(asked, ProgressUpdate.sign_off_requested_at)


def _plans_to_sign(_scope: Scope, by: SignedIn) -> Any:
    asked = plans_within(writing_scope(by), PlanRevision.status == PlanStatus.HANDED_OVER)
    return _since(asked, PlanRevision.sign_off_requested_at)


def _updates_to_check(_scope: Scope, by: SignedIn) -> Any:
    return _since(updates_checked_by(writing_scope(by)), ProgressUpdate.received_at)


def _plans_to_check(_scope: Scope, by: SignedIn) -> Any:
    return _of_plans(plans_checked_by(writing_scope(by)), PlanRevision.received_at)


def _updates_to_submit(_scope: Scope, by: SignedIn) -> Any:
    signed = updates_within(writing_scope(by), ProgressUpdate.status == UpdateStatus.SIGNED_OFF)
    return _since(signed, ProgressUpdate.signed_off_at)


def _plans_to_submit(_scope: Scope, by: SignedIn) -> Any:
    signed = plans_within(writing_scope(by), PlanRevision.status == PlanStatus.SIGNED_OFF)
    return _of_plans(signed, PlanRevision.signed_off_at)


def _updates_to_review(scope: Scope, _by: SignedIn) -> Any:
    submitted = updates_within(scope, ProgressUpdate.status == UpdateStatus.SUBMITTED)
    return _since(submitted, func.coalesce(ProgressUpdate.received_at, ProgressUpdate.submitted_at))


def _plans_to_review(scope: Scope, _by: SignedIn) -> Any:
    submitted = plans_within(scope, PlanRevision.status == PlanStatus.SUBMITTED)
    return _of_plans(submitted, func.coalesce(PlanRevision.received_at, PlanRevision.submitted_at))


def _requests(scope: Scope, *conditions: Any) -> Statement:
    return (
        select(TaskRequest.id)
        .join(Task, Task.id == TaskRequest.task_id)
        .where(*tasks_within(scope), *conditions)
    )


def _requests_to_sign(_scope: Scope, by: SignedIn) -> Any:
    drafts = _requests(own_scope(by), TaskRequest.status == RequestStatus.DRAFT)
    return _since(drafts, TaskRequest.written_at)


def _requests_to_rule(scope: Scope, _by: SignedIn) -> Any:
    asked = _requests(scope, TaskRequest.status == RequestStatus.REQUESTED)
    return _since(asked, TaskRequest.requested_at)


def _requests_ruled(_scope: Scope, by: SignedIn) -> Any:
    """Recently ruled on, so that whoever asked learns of it."""
    ruled = (
        col(TaskRequest.status).in_((RequestStatus.GRANTED, RequestStatus.REFUSED)),
        col(TaskRequest.ruled_at) >= clock.end_of(clock.today() - SHOWN_FOR),
    )
    return _since(_requests(own_scope(by), *ruled), TaskRequest.ruled_at)


def _overdue(scope: Scope, _by: SignedIn) -> Any:
    over = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)
    today = clock.today()
    # Of the current plans, like the ledger that the line links to.
    late = (
        Task.year == in_hand(today, WorkPlan.notice_id),
        Task.latest_permille < FULL,
        col(Task.status).not_in(over),
    )
    rows = select(Task.id).join(WorkPlan, WorkPlan.id == Task.plan_id)
    rows = rows.where(Task.in_force, col(Task.due_on) < today, *late, *tasks_within(scope))
    return _of_plans(rows, Task.due_on)


def _periods(since: Any, *conditions: Any) -> Any:
    rows = select(ReportingPeriod.id).where(*conditions)
    return _since(rows, since).add_columns(ReportingPeriod.notice_id)


def _periods_to_open(_scope: Scope, _by: SignedIn) -> Any:
    begun = (ReportingPeriod.opens_on <= clock.today(), ReportingPeriod.closes_on >= clock.today())
    return _periods(ReportingPeriod.opens_on, ReportingPeriod.status == PeriodStatus.UPCOMING, *begun)


def _periods_to_close(_scope: Scope, _by: SignedIn) -> Any:
    over = ReportingPeriod.closes_on < clock.today()
    return _periods(ReportingPeriod.closes_on, ReportingPeriod.status == PeriodStatus.OPEN, over)


_NO_DAY = literal(None, Date()).label("since")


_UNCHECKED = (TitleSource.TO_BE_CHECKED, TitleSource.PARAPHRASE)
_MARKS: Mapping[Any, tuple[str, ...]] = {
    KeyArea: ("title_source",),
    Measure: ("title_source", "area_source"),
    MeasureAction: ("title_source", "measure_source"),
    Safeguard: ("title_source",),
    NoticeFact: ("source",),
}


def _notice_of(table: Any) -> Any:
    """The column that says of which notice an entry of the catalogue is."""
    if table is not MeasureAction:
        return col(table.notice_id).label("notice_id")
    of_measure = select(Measure.notice_id).where(Measure.id == MeasureAction.measure_id)
    return of_measure.scalar_subquery().label("notice_id")


def _texts_to_check(_scope: Scope, _by: SignedIn) -> Any:
    return union_all(
        *(
            select(table.id, _NO_DAY, _notice_of(table)).where(
                or_(*(getattr(table, mark).in_(_UNCHECKED) for mark in marks))
            )
            for table, marks in _MARKS.items()
        )
    )


def _accounts_locked(_scope: Scope, _by: SignedIn) -> Statement:
    locked = (col(Account.locked_until) > clock.now(), Account.active)
    return select(Account.id, _NO_DAY).where(*locked)


def _accounts_without_role(_scope: Scope, _by: SignedIn) -> Statement:
    standing = (RoleGrant.officer_id == Account.officer_id, col(RoleGrant.revoked_at).is_(None))
    return select(Account.id, _NO_DAY).where(Account.active, ~select(RoleGrant.id).where(*standing).exists())


def _recent_locks(_scope: Scope, _by: SignedIn) -> Any:
    recent = AuditEvent.happened_at >= clock.end_of(clock.today() - SHOWN_FOR)
    locks = select(AuditEvent.number).where(AuditEvent.action == "lock_account", recent)
    return _since(locks, AuditEvent.happened_at)


KINDS = (
    Kind("returned_updates", Right.REPORT_PROGRESS, "report", _returned_updates),
    Kind("returned_plans", Right.WRITE_PLAN, "work_plan", _returned_plans),
    Kind("to_report", Right.REPORT_PROGRESS, "report", _to_report),
    Kind("parts_to_write", Right.REPORT_PROGRESS, "task", parts_to_write),
    Kind("plans_being_written", Right.WRITE_PLAN, "work_plan", _plans_being_written),
    Kind("updates_to_sign", Right.SIGN_OFF, "sign_off", _updates_to_sign),
    Kind("plans_to_sign", Right.SIGN_OFF, "sign_off", _plans_to_sign),
    Kind("updates_to_check", Right.CHECK_BENEATH, "sign_off", _updates_to_check),
    Kind("plans_to_check", Right.CHECK_BENEATH, "sign_off", _plans_to_check),
    Kind("updates_to_submit", Right.REPORT_PROGRESS, "report", _updates_to_submit),
    Kind("plans_to_submit", Right.WRITE_PLAN, "work_plan", _plans_to_submit),
    Kind("updates_to_submit", Right.SIGN_OFF, "sign_off", _updates_to_submit),
    Kind("plans_to_submit", Right.SIGN_OFF, "sign_off", _plans_to_submit),
    Kind("updates_to_review", Right.REVIEW, "review", _updates_to_review),
    Kind("plans_to_review", Right.REVIEW, "review", _plans_to_review),
    Kind(
        "slips_to_acknowledge",
        Right.ACKNOWLEDGE_SLIP,
        "urging",
        slips_to_acknowledge,
        {"standing": "unsigned"},
    ),
    Kind("slips_to_answer", Right.ACKNOWLEDGE_SLIP, "urging", slips_to_answer),
    Kind("slips_answered", Right.URGE, "urging", slips_answered),
    Kind("slips_unmet", Right.URGE, "urging", slips_unmet, {"standing": "unmet"}),
    Kind("requests_to_sign", Right.SIGN_REQUEST, "extensions", _requests_to_sign, {"show": "waiting"}),
    Kind("requests_to_rule", Right.RULE_REQUEST, "extensions", _requests_to_rule, {"show": "waiting"}),
    Kind("contests_to_answer", Right.MAKE_REQUEST, "extensions", contests_to_answer, {"show": "contests"}),
    Kind(
        "contests_to_maintain", Right.MAKE_REQUEST, "extensions", contests_to_maintain, {"show": "contests"}
    ),
    Kind("contests_to_rule", Right.RULE_REQUEST, "extensions", contests_to_rule, {"show": "contests"}),
    Kind("figures_to_answer", Right.MAKE_REQUEST, "extensions", figures_to_answer, {"show": "supplied"}),
    Kind("figures_to_rule", Right.RULE_REQUEST, "extensions", figures_to_rule, {"show": "supplied"}),
    Kind("corrections_to_sign", Right.SIGN_REQUEST, "corrections", corrections_to_sign, {"state": "draft"}),
    Kind(
        "corrections_to_rule",
        Right.APPROVE_CORRECTION,
        "corrections",
        corrections_to_rule,
        {"state": "requested"},
    ),
    Kind("requests_ruled", Right.MAKE_REQUEST, "extensions", _requests_ruled, {"show": "waiting"}),
    Kind(
        "difficulties_to_assign",
        Right.HANDLE_DIFFICULTY,
        "difficulties",
        difficulties_to_assign,
        {"standing": "raised"},
    ),
    Kind(
        "difficulties_to_answer",
        Right.HANDLE_DIFFICULTY,
        "difficulties",
        difficulties_to_answer,
        {"standing": "assigned"},
    ),
    Kind(
        "difficulties_to_confirm",
        Right.CONFIRM_ANSWER,
        "difficulties",
        difficulties_to_confirm,
        {"standing": "answered"},
    ),
    Kind("periods_to_open", Right.MANAGE_PERIODS, "periods", _periods_to_open),
    Kind("periods_to_close", Right.MANAGE_PERIODS, "periods", _periods_to_close),
    Kind("overdue", Right.VIEW_PROGRESS, "ledger", _overdue, {"light": "overdue"}),
    Kind("accounts_locked", Right.UNLOCK_ACCOUNTS, "accounts", _accounts_locked),
    Kind("accounts_without_role", Right.GRANT_ROLES, "accounts", _accounts_without_role),
    Kind("texts_to_check", Right.MANAGE_REFERENCE_DATA, "reference_data", _texts_to_check),
    Kind("recent_locks", Right.READ_AUDIT, "audit", _recent_locks, {"action": "lock_account"}),
)
