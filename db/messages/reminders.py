"""Counts what people are reminded of, by authority; when each reminder begins is in `tracking.reminders`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, union_all
from sqlmodel import col

from db import clock
from db.authorities.delegation import with_delegated, writing_scope
from db.figures.submission_cells import returned_unanswered
from db.frames import rows_of
from db.home.waiting import not_handed_on
from db.identity import SignedIn
from db.periods.queries import in_hand
from db.remits.queries import authorities_minded
from db.site.queries import site_settings, thresholds
from db.sql import Statement, select
from db.store import Store
from db.tables import PlanRevision, ProgressUpdate, ReportingPeriod, Review, Task, WorkPlan
from tracking.figures.completion import FULL
from tracking.permissions import Right, may
from tracking.reminders import (
    NATIONAL,
    Reminder,
    ReminderKind,
    ReminderRule,
    closing_span,
    due_soon_span,
    kinds_for,
    stale_before,
)
from tracking.vocabulary import Decision, PlanStatus, TaskStatus, UpdateStatus

_OVER = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)
Counts = Mapping[int, Reminder]


def reminder_rule(store: Store) -> ReminderRule:
    """The rule in force: the lights' thresholds for what is due soon, site settings for the rest."""
    site = site_settings(store)
    return ReminderRule(thresholds(store).due_soon_days, site.closing_days, site.stale_days)


def reminders_for(store: Store, *, by: SignedIn) -> list[Reminder]:
    """What an officer is reminded of now, including kinds switched off; news is not counted here."""
    rule, today = reminder_rule(store), clock.today()
    if may(by, Right.REVIEW):
        with store.read() as session:
            authorities = authorities_minded(session, by.officer_id)
    else:
        authorities = writing_scope(with_delegated(store, by)).authority_ids
    found = (
        together(kind, counted(store, kind, rule, today, authorities).values())
        for kind in kinds_for(by.roles)
        if kind is not ReminderKind.NEWS
    )
    return [reminder for reminder in found if reminder.count]


def national_reminders(store: Store, rule: ReminderRule, today: date) -> list[Reminder]:
    """National counts, kind by kind."""
    found = (together(kind, counted(store, kind, rule, today, None).values()) for kind in NATIONAL)
    return [reminder for reminder in found if reminder.count]


def together(kind: ReminderKind, reminders: Iterable[Reminder]) -> Reminder:
    """Several reminders of one kind, added up."""
    kept = list(reminders)
    oldest_on = min((one.oldest_on for one in kept if one.oldest_on), default=None)
    return Reminder(kind, sum(one.count for one in kept), oldest_on)


def counted(
    store: Store, kind: ReminderKind, rule: ReminderRule, today: date, authority_ids: Iterable[int] | None
) -> Counts:
    """Authority → the number of items of a kind and the oldest day; for these authorities, None for all."""
    rows = _ROWS[kind](rule, today).subquery()
    summed = select(rows.c.authority_id, func.count(), func.min(rows.c.since)).group_by(rows.c.authority_id)
    if authority_ids is not None:
        summed = summed.where(rows.c.authority_id.in_(sorted(authority_ids)))
    return {
        authority_id: Reminder(kind, int(count), _day(oldest))
        for authority_id, count, oldest in rows_of(store, summed)
    }


def _day(oldest: date | datetime | None) -> date | None:
    return clock.day_of(oldest) if isinstance(oldest, datetime) else oldest


def _unfinished(since: Any) -> Statement:
    tasks = select(Task.authority_id, col(since).label("since"))
    return tasks.where(Task.in_force, Task.latest_permille < FULL, col(Task.status).not_in(_OVER))


def _current(today: date) -> Any:
    """The condition on a task that its plan is of the year in hand of its notice."""
    plan = select(WorkPlan.id).where(WorkPlan.id == Task.plan_id)
    return plan.where(Task.year == in_hand(today, WorkPlan.notice_id)).exists()


def _due_soon(rule: ReminderRule, today: date) -> Statement:
    return _unfinished(Task.due_on).where(col(Task.due_on).between(*due_soon_span(today, rule)))


def _overdue(_rule: ReminderRule, today: date) -> Statement:
    return _unfinished(Task.due_on).where(col(Task.due_on) < today, _current(today))


def _stale(rule: ReminderRule, today: date) -> Statement:
    """Silent since its last report, or since it began."""
    silent_since = func.coalesce(Task.last_reported_on, Task.starts_on)
    tasks = select(Task.authority_id, silent_since.label("since"))
    open_tasks = (Task.in_force, Task.latest_permille < FULL, col(Task.status).not_in(_OVER))
    return tasks.where(*open_tasks, _current(today), silent_since < stale_before(today, rule))


def _report_due(rule: ReminderRule, today: date) -> Any:
    closing = col(ReportingPeriod.closes_on).between(*closing_span(today, rule))
    asked = not_handed_on().where(closing)
    return asked.with_only_columns(Task.authority_id, col(ReportingPeriod.closes_on).label("since"))


def _updates(since: Any, *conditions: Any) -> Statement:
    rows = select(Task.authority_id, col(since).label("since")).select_from(ProgressUpdate)
    return rows.join(Task, Task.id == ProgressUpdate.task_id).where(*conditions)


def _plans(since: Any, *conditions: Any) -> Statement:
    rows = select(WorkPlan.authority_id, col(since).label("since")).select_from(PlanRevision)
    return rows.join(WorkPlan, WorkPlan.id == PlanRevision.plan_id).where(*conditions)


def _returned(_rule: ReminderRule, today: date) -> Any:
    """Returned plans, and updates of the current plan year, with nothing handed over since."""
    open_tasks = (_current(today), Task.in_force, col(Task.status).not_in(_OVER))
    updates = _updates(ProgressUpdate.returned_at, *returned_unanswered(), *open_tasks)
    returned = _plans(Review.reviewed_at, PlanRevision.status == PlanStatus.RETURNED)
    returned = returned.join(Review, Review.plan_revision_id == PlanRevision.id)
    newest = select(func.max(PlanRevision.id)).group_by(PlanRevision.plan_id)
    decided = Review.decision == Decision.RETURNED
    return union_all(updates, returned.where(decided, col(PlanRevision.id).in_(newest)))


def _to_sign(_rule: ReminderRule, _today: date) -> Any:
    return union_all(
        _updates(ProgressUpdate.sign_off_requested_at, ProgressUpdate.status == UpdateStatus.HANDED_OVER),
        _plans(PlanRevision.sign_off_requested_at, PlanRevision.status == PlanStatus.HANDED_OVER),
    )


def _to_check(_rule: ReminderRule, _today: date) -> Any:
    """What waits at the authority that checks it, whosever it is."""
    rows = (
        select(col(row.checker_id).label("authority_id"), col(row.received_at).label("since")).where(
            row.status == UpdateStatus.CHECKING
        )
        for row in (ProgressUpdate, PlanRevision)
    )
    return union_all(*rows)


def _to_review(_rule: ReminderRule, _today: date) -> Any:
    return union_all(
        _updates(ProgressUpdate.submitted_at, ProgressUpdate.status == UpdateStatus.SUBMITTED),
        _plans(PlanRevision.submitted_at, PlanRevision.status == PlanStatus.SUBMITTED),
    )


_ROWS: Mapping[ReminderKind, Callable[[ReminderRule, date], Any]] = {
    ReminderKind.RETURNED: _returned,
    ReminderKind.REPORT_DUE: _report_due,
    ReminderKind.OVERDUE: _overdue,
    ReminderKind.DUE_SOON: _due_soon,
    ReminderKind.STALE: _stale,
    ReminderKind.TO_SIGN: _to_sign,
    ReminderKind.TO_CHECK: _to_check,
    ReminderKind.TO_REVIEW: _to_review,
}
