"""Outgoing messages: queued once per working day for each person and system, and sent once.

Digests are rows, written in one transaction with their audit event; sending comes afterwards and never holds a
transaction open. Whoever sends a row moves its next try into the future first, in a statement that only one can win.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col

from db import clock
from db.accounts.queries import beneath_of
from db.authorities.delegation import delegated_to
from db.messages.reminders import Counts, counted, national_reminders, reminder_rule, together
from db.packed import pack, unpack
from db.remits.queries import authorities_minded
from db.site.queries import working_days
from db.site.working_days import read_working_days
from db.sql import select
from db.store import Store
from db.tables import (
    Account,
    Channel,
    Delivery,
    MessageChoice,
    Notification,
    Officer,
    RoleGrant,
    WebhookTarget,
)
from tracking.backoff import LONGEST, wait_after
from tracking.digests import Digest
from tracking.messages import Message
from tracking.permissions import Right, rights_of
from tracking.reminders import Reminder, ReminderKind, chosen, kinds_for
from tracking.vocabulary import Language, Role
from tracking.webhooks import WebhookFormat

NEWS_SHOWN = 10
# Recorded as the error of a row whose person or system no longer receives messages.
NOBODY = "nobody"
NEWS_REACH_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An e-mail recipient, and the authorities they report for."""

    officer_id: int
    authority_ids: frozenset[int]
    roles: frozenset[Role]
    muted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message as its sender needs it: destination, language and content.

    For e-mail, `address` and `name` are the person's; for a webhook, `format` and `secret` say how to sign.
    """

    delivery_id: int
    channel: Channel
    digest_key: str
    digest: Digest
    test: bool
    address: str
    name: str
    language: Language
    format: WebhookFormat | None = None
    secret: str = ""


def queue_digests(store: Store, *, any_hour: bool = False) -> list[str]:
    """Queue today's digests, if people may be disturbed now, and return their keys; existing ones stay.

    One for each person who chose e-mail and each webhook, if there is something to tell.
    """
    now = clock.now()
    if not (any_hour or working_days(store).may_disturb(now.astimezone(clock.OFFICE_ZONE))):
        return []
    drafts = planned(store)
    if not drafts:
        return []
    with store.write(None) as tx:
        there = _keys(tx.session, [draft.digest_key for draft in drafts])
        fresh = [draft for draft in drafts if draft.digest_key not in there]
        for draft in fresh:
            tx.add(draft)
        tx.audit("queue_digests", drafts[0], count=len(fresh))
        return [draft.digest_key for draft in fresh]


def planned(store: Store) -> list[Delivery]:
    """Today's digests that are not queued yet, as unsaved rows."""
    today = clock.today()
    with store.read() as session:
        people = _recipients(session) if store.settings.writes_email else []
        targets = session.scalars(select(WebhookTarget.id).where(col(WebhookTarget.active))).all()
        keys = {f"email:{one.officer_id}:{today}": one for one in people}
        hooks = {f"webhook:{target_id}:{today}": target_id for target_id in targets}
        there = _keys(session, [*keys, *hooks])
        estimated = read_working_days(session).is_estimated(today.year)
    waiting = {key: one for key, one in keys.items() if key not in there}
    found = [*_to_people(store, waiting, today), *_to_systems(store, set(hooks) - there, hooks, today)]
    for draft in found:
        draft.details |= {"estimated": estimated}
    return [draft for draft in found if not digest_of(draft).is_empty]


def _keys(session: Session, keys: Iterable[str]) -> set[str]:
    rows = select(Delivery.digest_key).where(col(Delivery.digest_key).in_(list(keys)))
    return set(session.scalars(rows))


def _recipients(session: Session) -> list[Recipient]:
    """People with an active account and a role who chose e-mail."""
    rows = (
        select(Officer.id, Officer.authority_id, MessageChoice.muted, RoleGrant.role)
        .join(MessageChoice, MessageChoice.officer_id == Officer.id)
        .join(Account, Account.officer_id == Officer.id)
        .join(RoleGrant, RoleGrant.officer_id == Officer.id)
        .where(MessageChoice.by_email, Account.active, col(RoleGrant.revoked_at).is_(None))
        .order_by(Officer.id)
    )
    roles: dict[int, set[Role]] = {}
    known: dict[int, Any] = {}
    for officer_id, authority_id, muted, role in session.execute(rows):
        roles.setdefault(officer_id, set()).add(role)
        known[officer_id] = (authority_id, frozenset(muted))
    return [
        _recipient(session, officer_id, authority_id, frozenset(roles[officer_id]), muted)
        for officer_id, (authority_id, muted) in known.items()
    ]


def _recipient(
    session: Session, officer_id: int, authority_id: int | None, roles: frozenset[Role], muted: frozenset[str]
) -> Recipient:
    if authority_id is None:
        minded = authorities_minded(session, officer_id) if Right.REVIEW in rights_of(roles) else None
        return Recipient(officer_id, minded or frozenset(), roles, muted)
    beneath = delegated_to(session, authority_id, roles, beneath_of(session, roles, authority_id))
    return Recipient(officer_id, beneath | {authority_id}, roles, muted)


def _to_people(store: Store, people: Mapping[str, Recipient], today: date) -> list[Delivery]:
    rule, now = reminder_rule(store), clock.now()
    asked = {kind for one in people.values() for kind in kinds_for(one.roles)} - {ReminderKind.NEWS}
    counts = {kind: counted(store, kind, rule, today, None) for kind in asked}
    with store.read() as session:
        return [
            Delivery(
                channel=Channel.EMAIL,
                officer_id=one.officer_id,
                digest_key=key,
                details=_details(today, _reminders(one, counts), _news(session, one, now)),
                created_at=now,
                next_try_at=now,
            )
            for key, one in people.items()
        ]


def _reminders(one: Recipient, counts: Mapping[ReminderKind, Counts]) -> list[Reminder]:
    """What concerns a person: for reviewers nationwide or what they look after, else for their authority."""
    national = Right.REVIEW in rights_of(one.roles) and not one.authority_ids
    found = []
    for kind in kinds_for(one.roles):
        by_authority = counts.get(kind, {})
        if national:
            found.append(together(kind, by_authority.values()))
        else:
            mine = (by_authority[key] for key in sorted(one.authority_ids) if key in by_authority)
            found.append(together(kind, mine))
    return chosen(found, one.muted)


def _news(session: Session, one: Recipient, now: datetime) -> list[Message]:
    """A person's unread notifications since the last digest."""
    if ReminderKind.NEWS in one.muted:
        return []
    last = session.scalar(select(func.max(Delivery.created_at)).where(Delivery.officer_id == one.officer_id))
    rows = (
        select(Notification.message, Notification.details)
        .where(Notification.officer_id == one.officer_id, col(Notification.read_at).is_(None))
        .where(col(Notification.created_at) > (last or now - NEWS_REACH_BACK))
        .order_by(col(Notification.id).desc())
        .limit(NEWS_SHOWN)
    )
    return [Message(message, **unpack(details)) for message, details in session.execute(rows)]


def _to_systems(store: Store, keys: set[str], hooks: Mapping[str, int], today: date) -> list[Delivery]:
    if not keys:
        return []
    now, told = clock.now(), national_reminders(store, reminder_rule(store), today)
    return [
        Delivery(
            channel=Channel.WEBHOOK,
            target_id=hooks[key],
            digest_key=key,
            details=_details(today, chosen(told, frozenset()), []),
            created_at=now,
            next_try_at=now,
        )
        for key in sorted(keys)
    ]


def _details(day: date, reminders: Iterable[Reminder], news: Iterable[Message]) -> dict[str, Any]:
    lines = [[one.kind.value, one.count, one.oldest_on and one.oldest_on.isoformat()] for one in reminders]
    return {"day": day.isoformat(), "lines": lines, "news": [_packed(message) for message in news]}


def _packed(message: Message) -> dict[str, Any]:
    values = {
        name: pack(value) if isinstance(value, Message) else value for name, value in message.values.items()
    }
    return pack(Message(message.key, **values))


def digest_of(delivery: Delivery) -> Digest:
    """The digest of a row; a test says only that it is one."""
    details = delivery.details
    day = date.fromisoformat(details["day"]) if "day" in details else clock.day_of(delivery.created_at)
    reminders = [
        Reminder(ReminderKind(kind), count, date.fromisoformat(oldest) if oldest else None)
        for kind, count, oldest in details.get("lines", [])
    ]
    news = [Message(one["message"], **unpack(one["values"])) for one in details.get("news", [])]
    return Digest(day, reminders, news, estimated=details.get("estimated", False))


def due(store: Store) -> list[int]:
    """The rows due for their next try, oldest first."""
    with store.read() as session:
        rows = select(Delivery.id).where(col(Delivery.next_try_at) <= clock.now())
        return list(session.scalars(rows.order_by(Delivery.next_try_at, Delivery.id)))


def take(store: Store, delivery_id: int) -> Parcel | None:
    """Claim a row for sending; None if somebody else has, or if nobody wants it any more.

    Until `record_attempt` is called, it counts as one more failure.
    """
    now = clock.now()
    with store.upkeep() as session:
        taken = session.execute(
            update(Delivery)
            .where(col(Delivery.id) == delivery_id, col(Delivery.next_try_at) <= now)
            .values(attempts=Delivery.attempts + 1, next_try_at=now + LONGEST)
        )
        if not taken.rowcount:  # type: ignore[attr-defined]  # of an update
            return None
        row = session.get_one(Delivery, delivery_id)
        wait = wait_after(row.attempts)
        row.next_try_at = None if wait is None else now + wait
        parcel = _parcel(session, row)
        if parcel is None:
            row.next_try_at, row.last_error = None, NOBODY
        return parcel


def _parcel(session: Session, row: Delivery) -> Parcel | None:
    """None where the person or system no longer receives messages."""
    told = (row.id, row.channel, row.digest_key, digest_of(row), "test" in row.details)
    if row.target_id is not None:
        target = session.get_one(WebhookTarget, row.target_id)
        language = Language.ZH_CN
        return Parcel(*told, target.address, target.name, language, target.format, target.secret)
    choice = session.get(MessageChoice, row.officer_id)
    account = session.scalars(select(Account).where(Account.officer_id == row.officer_id)).first()
    if choice is None or not choice.email or account is None or not account.active:
        return None
    return Parcel(*told, choice.email, session.get_one(Officer, row.officer_id).name, account.language)


def record_attempt(store: Store, delivery_id: int, *, error: str = "") -> None:
    """Record that a row was sent, or why not; failures are retried until attempts run out."""
    with store.upkeep() as session:
        row = session.get(Delivery, delivery_id)
        if row is not None and not error:
            row.sent_at, row.next_try_at, row.last_error = clock.now(), None, ""
        elif row is not None:
            row.last_error = error[:100]
