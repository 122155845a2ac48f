"""Reads an officer's own messages, read and unread, and what they have chosen to be told."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import func
from sqlmodel import col

from db.frames import frame_of_rows, rows_of
from db.home.queries import NOTIFICATION_COLUMNS
from db.identity import SignedIn
from db.packed import unpack
from db.sql import Statement, select
from db.store import Store
from db.tables import MessageChoice, Notification

PAGE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Choices:
    """How an officer wants to be notified and what to leave out; by default messages stay inside the product."""

    by_email: bool = False
    email: str = ""
    muted: frozenset[str] = frozenset()


def unread_count(store: Store, *, by: SignedIn) -> int:
    """How many messages an officer has not read."""
    return int(rows_of(store, select(func.count()).select_from(_own(by, unread_only=True).subquery()))[0][0])


def message_count(store: Store, *, by: SignedIn, unread_only: bool) -> int:
    """How many messages an officer has, all or unread ones."""
    rows = _own(by, unread_only=unread_only)
    return int(rows_of(store, select(func.count()).select_from(rows.subquery()))[0][0])


def messages_frame(store: Store, *, by: SignedIn, unread_only: bool, page: int = 1) -> pd.DataFrame:
    """One page of an officer's own messages, newest first; columns `NOTIFICATION_COLUMNS`."""
    columns = (Notification.message, Notification.details, Notification.link)
    rows = _own(by, unread_only=unread_only).add_columns(
        *columns, Notification.created_at, Notification.read_at
    )
    rows = (
        rows.order_by(col(Notification.created_at).desc(), col(Notification.id).desc())
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    )
    found = rows_of(store, rows)
    return frame_of_rows(((*row[:2], unpack(row[2]), *row[3:]) for row in found), NOTIFICATION_COLUMNS)


def pages_of(messages: int) -> int:
    """How many pages this many messages take."""
    return -(-messages // PAGE_LENGTH)


def _own(by: SignedIn, *, unread_only: bool) -> Statement:
    rows = select(Notification.id).where(Notification.officer_id == by.officer_id)
    return rows.where(col(Notification.read_at).is_(None)) if unread_only else rows


def choices_of(store: Store, *, by: SignedIn) -> Choices:
    """What an officer has chosen."""
    with store.read() as session:
        kept = session.get(MessageChoice, by.officer_id)
    return Choices() if kept is None else Choices(kept.by_email, kept.email or "", frozenset(kept.muted))
