"""How tenures of a post follow one another: none overlaps, none rewrites an earlier one."""

from datetime import date, timedelta

from sqlmodel import col

from db.row_changes import key_of
from db.sql import select
from db.store import Transaction
from db.tables import Appointment, Officer, Post
from db.texts import cleaned_texts
from tracking.messages import Message, Refusal
from tracking.phones import check_phone
from tracking.validation import refuse_all
from tracking.validation.days import check_days

LIMITS = {"name": 40, "office_phone": 30}
NO_PHONE = frozenset({"office_phone"})


def officer_for(tx: Transaction, post: Post, officer_id: int | None, name: str, office_phone: str) -> Officer:
    """A known officer of the post's authority, or a new one. Raises `Refusal`."""
    if officer_id is None:
        typed = {"name": name, "office_phone": office_phone}
        texts = cleaned_texts(typed, LIMITS, optional=NO_PHONE)
        refuse_all(check_phone("office_phone", texts["office_phone"]))
        return tx.add(Officer(authority_id=post.authority_id, **texts))
    officer = tx.load(Officer, officer_id)
    if officer.authority_id != post.authority_id:
        raise Refusal(Message("officer.other_authority"), fields=("officer_id",))
    return officer


def last_tenure(tx: Transaction, post_id: int) -> Appointment | None:
    """The tenure that starts last, whether past, current or future."""
    rows = select(Appointment).where(Appointment.post_id == post_id)
    return tx.session.scalars(rows.order_by(col(Appointment.starts_on).desc())).first()


def begin_tenure(tx: Transaction, post: Post, officer: Officer, starts_on: date) -> Appointment:
    """Begin a new tenure, ending the previous one the day before. Raises `Refusal` for a day that would rewrite it."""
    last = last_tenure(tx, key_of(post))
    _check_start(tx, last, officer, starts_on)
    if last is not None and (last.ends_on is None or last.ends_on >= starts_on):
        last.ends_on = starts_on - timedelta(1)
        # Before adding the new row: the database allows a post only one open appointment.
        tx.session.flush()
    return tx.add(Appointment(post_id=key_of(post), officer_id=key_of(officer), starts_on=starts_on))


def _check_start(tx: Transaction, last: Appointment | None, officer: Officer, starts_on: date) -> None:
    """Check that a tenure starts after the previous one started and, if over, ended."""
    check_days(tx.today, starts_on=starts_on)
    if last is None:
        return
    over = last.ends_on is not None and last.ends_on < tx.today
    earliest = (last.ends_on if over and last.ends_on else last.starts_on) + timedelta(1)
    if starts_on < earliest:
        raise Refusal(Message("officer.starts_too_early", earliest=earliest), fields=("starts_on",))
    if not over and last.ends_on is None and last.officer_id == officer.id:
        raise Refusal(Message("officer.holds_it_already", name=officer.name), fields=("officer_id",))
