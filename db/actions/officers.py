"""Owns who is responsible: posts, appointments with their effective dates, and the people's office phones.

Tasks belong to posts, so an appointment hands over every open task, draft and returned item at once, and who
was responsible on any earlier day stays as it was.
"""

from datetime import date, timedelta

from sqlmodel import col

from db.actions.texts import cleaned_texts
from db.changes import change, key_of
from db.identity import SignedIn
from db.queries.officers import count_open_tasks
from db.sql import select
from db.store import Store, Transaction
from db.tables import Appointment, Officer, Post
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.phones import check_phone
from tracking.validation import refuse_all

LIMITS = {"title": 60, "name": 40, "office_phone": 30}
NO_PHONE = frozenset({"office_phone"})
# No authority has this key: whoever reaches one authority does not reach an officer who is at none.
AT_NONE = 0


def create_post(store: Store, *, by: SignedIn, authority_id: int, title: str) -> int:
    """Add a post to one's authority and give its id. Raises `Refusal` when it has one of that title."""
    with store.write(by) as tx:
        permissions.check(by, Right.REGISTER_APPOINTMENTS, authority_id)
        texts = cleaned_texts({"title": title}, LIMITS)
        same = select(Post.id).where(Post.authority_id == authority_id, Post.title == texts["title"])
        if tx.session.scalar(same) is not None:
            raise Refusal(Message("officer.post_exists", **texts), fields=("title",))
        post = tx.add(Post(authority_id=authority_id, **texts))
        tx.audit("create_post", post, authority_id, **texts)
        return key_of(post)


def appoint_officer(
    store: Store,
    *,
    by: SignedIn,
    post_id: int,
    starts_on: date,
    officer_id: int | None = None,
    name: str = "",
    office_phone: str = "",
) -> int:
    """Make somebody responsible from a day on and give the id of the appointment.

    An officer already known at the authority is named by `officer_id`, a new one by name and phone. Whoever
    holds the post ends on the day before. Raises `Refusal` for a day that would rewrite an earlier tenure.
    """
    with store.write(by) as tx:
        post = tx.load(Post, post_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, post.authority_id)
        officer = _officer(tx, post, officer_id, name, office_phone)
        last = _last_appointment(tx, post_id)
        _check_start(tx, last, officer, starts_on)
        previous = _end_before(tx, last, starts_on)
        appointment = Appointment(post_id=post_id, officer_id=key_of(officer), starts_on=starts_on)
        tx.audit(
            "appoint_officer",
            tx.add(appointment),
            post.authority_id,
            post_id=post_id,
            officer_id=officer.id,
            previous_officer_id=previous,
            starts_on=starts_on.isoformat(),
            open_tasks=count_open_tasks(tx.session, post_id),
        )
        return key_of(appointment)


def end_appointment(store: Store, *, by: SignedIn, appointment_id: int, ends_on: date) -> None:
    """Let a tenure end after a day, leaving the post vacant. Raises `Refusal` for one that is over."""
    with store.write(by) as tx:
        appointment = tx.load(Appointment, appointment_id)
        post = tx.load(Post, appointment.post_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, post.authority_id)
        _check_end(tx, appointment, ends_on)
        changes = change(appointment, ends_on=ends_on)
        tx.audit(
            "end_appointment",
            appointment,
            post.authority_id,
            post_id=post.id,
            officer_id=appointment.officer_id,
            changes=changes,
            open_tasks=count_open_tasks(tx.session, key_of(post)),
        )


def change_phone(store: Store, *, by: SignedIn, officer_id: int, office_phone: str) -> None:
    """Change the office phone of somebody at one's authority; the trail keeps that it changed, not the number."""
    with store.write(by) as tx:
        officer = tx.load(Officer, officer_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, officer.authority_id or AT_NONE)
        texts = cleaned_texts({"office_phone": office_phone}, LIMITS, optional=NO_PHONE)
        refuse_all(check_phone("office_phone", texts["office_phone"]))
        changed = bool(change(officer, **texts))
        tx.audit("change_phone", officer, officer.authority_id, changed=changed)


def reveal_phone(store: Store, *, by: SignedIn, officer_id: int) -> str:
    """The whole office phone of an officer; that it was looked at is kept."""
    with store.write(by) as tx:
        officer = tx.load(Officer, officer_id)
        permissions.check(by, Right.REVEAL_PHONE, officer.authority_id or AT_NONE)
        tx.audit("reveal_phone", officer, officer.authority_id)
        return officer.office_phone


def _officer(tx: Transaction, post: Post, officer_id: int | None, name: str, office_phone: str) -> Officer:
    """Somebody known at the post's authority, or somebody new there."""
    if officer_id is None:
        typed = {"name": name, "office_phone": office_phone}
        texts = cleaned_texts(typed, LIMITS, optional=NO_PHONE)
        refuse_all(check_phone("office_phone", texts["office_phone"]))
        return tx.add(Officer(authority_id=post.authority_id, **texts))
    officer = tx.load(Officer, officer_id)
    if officer.authority_id != post.authority_id:
        raise Refusal(Message("officer.other_authority"), fields=("officer_id",))
    return officer


def _last_appointment(tx: Transaction, post_id: int) -> Appointment | None:
    rows = select(Appointment).where(Appointment.post_id == post_id)
    return tx.session.scalars(rows.order_by(col(Appointment.starts_on).desc())).first()


def _check_start(tx: Transaction, last: Appointment | None, officer: Officer, starts_on: date) -> None:
    """A tenure begins after the one before began, and after it ended if it is over."""
    if last is None:
        return
    over = last.ends_on is not None and last.ends_on < tx.today
    earliest = (last.ends_on if over and last.ends_on else last.starts_on) + timedelta(1)
    if starts_on < earliest:
        raise Refusal(Message("officer.starts_too_early", earliest=earliest), fields=("starts_on",))
    if not over and last.ends_on is None and last.officer_id == officer.id:
        raise Refusal(Message("officer.holds_it_already", name=officer.name), fields=("officer_id",))


def _check_end(tx: Transaction, appointment: Appointment, ends_on: date) -> None:
    """A tenure that is not over ends after it began and before the next one begins."""
    if appointment.ends_on is not None and appointment.ends_on < tx.today:
        raise Refusal(Message("officer.tenure_over", day=appointment.ends_on))
    if ends_on < appointment.starts_on:
        raise Refusal(Message("officer.ends_before_start", day=appointment.starts_on), fields=("ends_on",))
    last = _last_appointment(tx, appointment.post_id)
    if last is not None and appointment.starts_on < last.starts_on <= ends_on:
        raise Refusal(Message("officer.next_begins", day=last.starts_on), fields=("ends_on",))


def _end_before(tx: Transaction, last: Appointment | None, starts_on: date) -> int | None:
    """End a tenure that would go on beside the new one; gives who had held the post."""
    if last is None:
        return None
    if last.ends_on is None or last.ends_on >= starts_on:
        last.ends_on = starts_on - timedelta(1)
        # Before the new row: of two open appointments a post the database keeps neither.
        tx.session.flush()
    return last.officer_id
