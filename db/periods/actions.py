"""The life of reporting periods: created, opened to reports, closed, reopened, frozen."""

from dataclasses import asdict, fields, replace
from datetime import date

from sqlalchemy import func
from sqlmodel import col

from db.figures import past, summaries
from db.figures.submission_cells import recount_periods
from db.identity import SignedIn
from db.notifications.sending import notify_role
from db.packed import pack
from db.reference.addressed import authorities_addressed
from db.reference.notices import check_can_be_planned
from db.row_changes import change, key_of, plain
from db.sql import select
from db.store import Store, Transaction
from db.tables import Notice, ProgressUpdate, ReportingPeriod
from db.texts import required_reason
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.period_years import PeriodDates, check_dates, dates_of_year
from tracking.periods import CYCLES, period_name
from tracking.permissions import Right
from tracking.validation import refuse_all
from tracking.validation.days import check_days, check_year
from tracking.vocabulary import Role, UpdateStatus

# What the working group has not ruled on, whoever has it.
_WAITING = (UpdateStatus.CHECKING, UpdateStatus.SUBMITTED)


def create_year_of_periods(
    store: Store, *, by: SignedIn, notice_id: int, year: int, cycle: str = "quarter"
) -> list[int]:
    """Add every period of a calendar year, with the usual windows for the cycle, and return their ids."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        tx.load(Notice, notice_id)
        if cycle not in CYCLES:
            raise Refusal(Message("period_action.unknown_cycle"), fields=("cycle",))
        check_can_be_planned(tx.session, notice_id, tx.today)
        check_year(year, tx.today)
        ids = [_create(tx, notice_id, dates) for dates in dates_of_year(year, cycle)]
        recount_periods(tx.session, ids)
        _refigure(tx, date(year, 1, 1))
        return ids


def change_period_dates(
    store: Store,
    *,
    by: SignedIn,
    period_id: int,
    starts_on: date,
    ends_on: date,
    opens_on: date,
    closes_on: date,
) -> None:
    """Change the days of a period that has not been opened."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        period = tx.load(ReportingPeriod, period_id)
        workflow.step(workflow.REPORTING_PERIOD, period.status, "edit")
        before = period.starts_on
        days = {"starts_on": starts_on, "ends_on": ends_on, "opens_on": opens_on, "closes_on": closes_on}
        _move(tx, period, "change_period_dates", days)
        _refigure(tx, min(before, starts_on))


def extend_period(store: Store, *, by: SignedIn, period_id: int, closes_on: date) -> None:
    """Extend an open period's reporting window to another day."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        period = tx.load(ReportingPeriod, period_id)
        workflow.step(workflow.REPORTING_PERIOD, period.status, "extend")
        _check_ahead(tx, closes_on)
        _move(tx, period, "extend_period", {"closes_on": closes_on})


def open_period(store: Store, *, by: SignedIn, period_id: int) -> None:
    """Open a period for reports within its window, and notify every reporting officer whom its notice addresses."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        period = _take_step(tx, period_id, "open")
        _check_ahead(tx, period.closes_on)
        tx.audit("open_period", period, **_name(period))
        _tell(tx, period, "notification.period_opened")


def close_period(store: Store, *, by: SignedIn, period_id: int) -> None:
    """Close a period to further reports."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        period = _take_step(tx, period_id, "close")
        period.closed_on = tx.today
        tx.audit("close_period", period, **_name(period))


def reopen_period(store: Store, *, by: SignedIn, period_id: int, closes_on: date, reason: str) -> None:
    """Reopen a closed period for reports until a day, with a written reason."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        written = required_reason(reason)
        period = _take_step(tx, period_id, "reopen")
        _check_ahead(tx, closes_on)
        changes = change(period, closes_on=closes_on)
        period.closed_on = None
        tx.audit("reopen_period", period, **_name(period), reason=written, changes=changes)
        recount_periods(tx.session, [period_id])
        _tell(tx, period, "notification.period_reopened")


def freeze_period(store: Store, *, by: SignedIn, period_id: int) -> None:
    """Fix the official figures of a closed period as they are known now.

    Raises `Refusal` while updates of the period await review.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_PERIODS)
        period = _take_step(tx, period_id, "freeze")
        _check_reviewed(tx, period_id)
        period.frozen_at = tx.now
        summaries.bring_to_day(tx.session, known_at=tx.now)
        past.keep_published(tx.session, period_id)
        tx.audit("freeze_period", period, **_name(period))


def _create(tx: Transaction, notice_id: int, dates: PeriodDates) -> int:
    refuse_all(check_dates(dates, _others(tx, notice_id)))
    values = asdict(dates)
    period = tx.add(ReportingPeriod(notice_id=notice_id, **values))
    tx.audit("create_period", period, **{name: plain(value) for name, value in values.items()})
    return key_of(period)


def _others(tx: Transaction, notice_id: int, *, but: int = 0) -> list[PeriodDates]:
    rows = select(ReportingPeriod).where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.id != but)
    return [_dates(period) for period in tx.session.scalars(rows)]


def _dates(period: ReportingPeriod) -> PeriodDates:
    return PeriodDates(**{field.name: getattr(period, field.name) for field in fields(PeriodDates)})


def _move(tx: Transaction, period: ReportingPeriod, action: str, days: dict[str, date]) -> None:
    """Change days of a period after checking them against all others."""
    check_days(tx.today, **days)
    dates = replace(_dates(period), **days)  # type: ignore[arg-type]  # the names are those of days
    refuse_all(check_dates(dates, _others(tx, period.notice_id, but=key_of(period))))
    tx.audit(action, period, **_name(period), changes=change(period, **days))
    recount_periods(tx.session, [key_of(period)])


def _take_step(tx: Transaction, period_id: int, verb: str) -> ReportingPeriod:
    period = tx.load(ReportingPeriod, period_id)
    period.status = workflow.step(workflow.REPORTING_PERIOD, period.status, verb)
    return period


def _check_ahead(tx: Transaction, closes_on: date) -> None:
    if closes_on < tx.today:
        raise Refusal(Message("period_action.closes_in_past", today=tx.today), fields=("closes_on",))
    check_days(tx.today, closes_on=closes_on)


def _check_reviewed(tx: Transaction, period_id: int) -> None:
    waiting = tx.session.scalar(
        select(func.count()).where(
            ProgressUpdate.period_id == period_id, col(ProgressUpdate.status).in_(_WAITING)
        )
    )
    if waiting:
        raise Refusal(Message("period_action.still_under_review", count=waiting))


def _refigure(tx: Transaction, starts_on: date) -> None:
    """Recompute figures: a period that starts in the past needs its own at once."""
    if starts_on <= tx.today:
        summaries.rebuild(tx.session, known_at=tx.now)


def _tell(tx: Transaction, period: ReportingPeriod, message: str) -> None:
    name = period_name(year=period.year, number=period.number, cycle=period.cycle)
    closes_on = period.closes_on.isoformat()
    among = authorities_addressed(tx.session, period.notice_id, tx.today)
    told = {"period": pack(name), "closes_on": closes_on}
    notify_role(tx, Role.REPORTING_OFFICER, message, "report", among=among, **told)


def _name(period: ReportingPeriod) -> dict[str, int]:
    return {"year": period.year, "number": period.number}
