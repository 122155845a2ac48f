"""Who is responsible: posts, appointments with their effective dates, and the people's office phones.

Tasks belong to posts, so an appointment hands over every open task, draft and returned item at once, and who
was responsible on any earlier day stays as it was.
"""

from datetime import date

from db.identity import SignedIn
from db.officers.queries import count_open_tasks
from db.officers.tenures import LIMITS as PERSON_LIMITS, NO_PHONE, begin_tenure, last_tenure, officer_for
from db.row_changes import change, key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Appointment, Officer, Post
from db.texts import cleaned_texts
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.phones import check_phone
from tracking.validation import refuse_all
from tracking.validation.days import check_days

LIMITS = {"title": 60, **PERSON_LIMITS}
# No authority has this key, so reaching one authority does not reach an officer without one.
AT_NONE = 0


def create_post(store: Store, *, by: SignedIn, authority_id: int, title: str) -> int:
    """Add a post to one's authority and return its id. Raises `Refusal` if it has one with that title."""
    with store.write(by) as tx:
        permissions.check(by, Right.REGISTER_APPOINTMENTS, authority_id)
        texts = cleaned_texts({"title": title}, LIMITS)
        same = select(Post.id).where(Post.authority_id == authority_id, Post.title == texts["title"])
        if tx.session.scalar(same) is not None:
            raise Refusal(Message("officer.post_exists", **texts), fields=("title",))
        return key_of(_added(tx, authority_id, texts))


def add_named_post(tx: Transaction, by: SignedIn, authority_id: int, *, title: str, holder: str) -> int:
    """The post of this title, added where there is none, within a transaction; an added one is held from today on.

    Its holder is the one officer of the authority with that name, else a new one; without a name it stays vacant.
    """
    permissions.check(by, Right.REGISTER_APPOINTMENTS, authority_id)
    texts = cleaned_texts({"title": title}, LIMITS)
    same = select(Post).where(Post.authority_id == authority_id, Post.title == texts["title"])
    if (found := tx.session.scalar(same)) is not None:
        return key_of(found)
    post = _added(tx, authority_id, texts)
    if holder:
        named = select(Officer.id).where(Officer.authority_id == authority_id, Officer.name == holder)
        known = tx.session.scalars(named).all()
        officer = officer_for(tx, post, known[0] if len(known) == 1 else None, holder, "")
        _told(tx, post, begin_tenure(tx, post, officer, tx.today), None)
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
    """Make somebody responsible from a day on and return the id of the appointment.

    An officer known at the authority is given by `officer_id`, a new one by name and phone. The current
    holder's tenure ends the day before. Raises `Refusal` for a day that would rewrite an earlier tenure.
    """
    with store.write(by) as tx:
        post = tx.load(Post, post_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, post.authority_id)
        officer = officer_for(tx, post, officer_id, name, office_phone)
        last = last_tenure(tx, post_id)
        appointment = begin_tenure(tx, post, officer, starts_on)
        _told(tx, post, appointment, last)
        return key_of(appointment)


def end_appointment(store: Store, *, by: SignedIn, appointment_id: int, ends_on: date) -> None:
    """End a tenure after a day, leaving the post vacant. Raises `Refusal` if it is over already."""
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
    """Change the office phone of somebody at one's authority; the trail records the change, not the number."""
    with store.write(by) as tx:
        officer = tx.load(Officer, officer_id)
        permissions.check(by, Right.REGISTER_APPOINTMENTS, officer.authority_id or AT_NONE)
        texts = cleaned_texts({"office_phone": office_phone}, LIMITS, optional=NO_PHONE)
        refuse_all(check_phone("office_phone", texts["office_phone"]))
        changed = bool(change(officer, **texts))
        tx.audit("change_phone", officer, officer.authority_id, changed=changed)


def reveal_phone(store: Store, *, by: SignedIn, officer_id: int) -> str:
    """The full office phone number of an officer; audited."""
    with store.write(by) as tx:
        officer = tx.load(Officer, officer_id)
        permissions.check(by, Right.REVEAL_PHONE, officer.authority_id or AT_NONE)
        tx.audit("reveal_phone", officer, officer.authority_id)
        return officer.office_phone


def _added(tx: Transaction, authority_id: int, texts: dict[str, str]) -> Post:
    post = tx.add(Post(authority_id=authority_id, title=texts["title"]))
    tx.audit("create_post", post, authority_id, **texts)
    return post


def _told(tx: Transaction, post: Post, appointment: Appointment, last: Appointment | None) -> None:
    """Audit an appointment, after the last tenure of its post."""
    tx.audit(
        "appoint_officer",
        appointment,
        post.authority_id,
        post_id=post.id,
        officer_id=appointment.officer_id,
        previous_officer_id=last.officer_id if last else None,
        starts_on=appointment.starts_on.isoformat(),
        open_tasks=count_open_tasks(tx.session, key_of(post)),
    )


def _check_end(tx: Transaction, appointment: Appointment, ends_on: date) -> None:
    """Check that an ongoing tenure ends after its start and before the next one."""
    if appointment.ends_on is not None and appointment.ends_on < tx.today:
        raise Refusal(Message("officer.tenure_over", day=appointment.ends_on))
    check_days(tx.today, ends_on=ends_on)
    if ends_on < appointment.starts_on:
        raise Refusal(Message("officer.ends_before_start", day=appointment.starts_on), fields=("ends_on",))
    last = last_tenure(tx, appointment.post_id)
    if last is not None and appointment.starts_on < last.starts_on <= ends_on:
        raise Refusal(Message("officer.next_begins", day=last.starts_on), fields=("ends_on",))
