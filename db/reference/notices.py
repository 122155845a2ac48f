"""Founding another notice, and ending one: what it says of itself is a fact to be checked, its catalogue is added later."""

from datetime import date

from sqlmodel import Session, col

from db.identity import SignedIn
from db.reference.actions import NOTICE_LIMITS, UNCHECKED, check_number
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Measure, Notice, NoticeFact, PlanRevision, ReportingPeriod, Task, WorkPlan
from db.texts import cleaned_texts, required_reason
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation.days import check_days
from tracking.vocabulary import NoticeFactKey, PeriodStatus, PlanStatus, TaskStatus

_DONE_WITH = (PlanStatus.FILED, PlanStatus.RETURNED)


def found_notice(
    store: Store, *, by: SignedIn | None, number: str, title: str, issued_by: str, issued_on: date
) -> int:
    """Begin to track another notice and return its id. Raises `Refusal` for a number that is known already."""
    with store.write(by) as tx:
        check_may(by)
        texts = cleaned_texts({"number": number, "title": title, "issued_by": issued_by}, NOTICE_LIMITS)
        check_days(tx.today, issued_on=issued_on)
        check_number(tx, 0, texts["number"])
        notice = tx.add(Notice(**texts, issued_on=issued_on))
        for key in NoticeFactKey:
            tx.add(NoticeFact(notice_id=key_of(notice), key=key, source=UNCHECKED))
        tx.audit("found_notice", notice, **texts, issued_on=issued_on.isoformat())
        return key_of(notice)


def check_may(by: SignedIn | None) -> None:
    """Whoever keeps the catalogue, or the command line, may."""
    if by is not None:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)


def retire_notice(store: Store, *, by: SignedIn, notice_id: int, retired_on: date, reason: str) -> None:
    """Track a notice no more from a day on; all that was reported under it stays.

    Raises `Refusal` while plans are under way, tasks are unfinished or a period takes reports.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        notice, written = tx.load(Notice, notice_id), required_reason(reason)
        check_days(tx.today, retired_on=retired_on)
        if retired_on < tx.today:
            raise Refusal(Message("reference.retired_too_early", day=tx.today), fields=("retired_on",))
        _check_nothing_open(tx, notice_id)
        tx.audit("retire_notice", notice, changes=change(notice, retired_on=retired_on), reason=written)


def restore_notice(store: Store, *, by: SignedIn, notice_id: int) -> None:
    """Track a retired notice again."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_REFERENCE_DATA)
        notice = tx.load(Notice, notice_id)
        tx.audit("restore_notice", notice, changes=change(notice, retired_on=None))


def check_can_be_planned(session: Session, notice_id: int, today: date) -> None:
    """Refuse periods and plans of a notice without measures, or of one that is tracked no more. Raises `Refusal`."""
    notice = session.get_one(Notice, notice_id)
    if notice.retired_on is not None and notice.retired_on <= today:
        raise Refusal(Message("reference.notice_retired", number=notice.number, day=notice.retired_on))
    offered = (col(Measure.retired_on).is_(None)) | (col(Measure.retired_on) > today)
    if session.scalar(select(Measure.id).where(Measure.notice_id == notice_id, offered).limit(1)) is None:
        raise Refusal(Message("reference.notice_without_measures", number=notice.number))


def _check_nothing_open(tx: Transaction, notice_id: int) -> None:
    plans = select(WorkPlan.id).where(WorkPlan.notice_id == notice_id)
    under_way = (
        select(PlanRevision.id)
        .where(col(PlanRevision.plan_id).in_(plans), col(PlanRevision.status).not_in(_DONE_WITH))
        .limit(1)
    )
    unfinished = select(Task.id).where(
        col(Task.plan_id).in_(plans), Task.in_force, col(Task.status) != TaskStatus.COMPLETED
    )
    taking = select(ReportingPeriod.id).where(
        ReportingPeriod.notice_id == notice_id, ReportingPeriod.status == PeriodStatus.OPEN
    )
    for rows in (under_way, unfinished.limit(1), taking.limit(1)):
        if tx.session.scalar(rows) is not None:
            raise Refusal(Message("reference.notice_in_use"), fields=("retired_on",))
