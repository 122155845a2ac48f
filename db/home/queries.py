"""Reads what needs an officer now: one line per kind of work, with its count and its age."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlmodel import col

from db import clock
from db.authorities.delegation import with_delegated
from db.frames import frame_of_rows, rows_of
from db.home.kinds import KINDS, Kind
from db.identity import SignedIn
from db.officers.queries import posts_frame
from db.packed import unpack
from db.sql import Statement, select
from db.store import Store
from db.tables import Notice, Notification
from tracking.permissions import Right, Scope, may

# What only the working group does.
OF_MEMBERS = frozenset(
    {Right.REVIEW, Right.RULE_REQUEST, Right.APPROVE_CORRECTION, Right.URGE, Right.HANDLE_DIFFICULTY}
)
NOTIFICATION_COLUMNS = ("notification_id", "message", "details", "link", "created_at", "read_at")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waiting items of one kind (worded `waiting.<kind>`), the age of the oldest, and the page for them.

    `query` is the query of that page's address. Where there are several notices and that page is of one, the items are
    those of `notice_id`.
    """

    kind: str
    count: int
    oldest_on: date | None
    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    notice_id: int | None = None

    @property
    def link(self) -> str:
        """Page and query as an address within the product."""
        asked = "&".join(f"{name}={value}" for name, value in self.query.items())
        return f"{self.page}?{asked}" if asked else self.page


def waiting(store: Store, scope: Scope, by: SignedIn) -> list[Waiting]:
    """What needs this officer, most pressing kinds first; empty kinds are left out.

    Of a scope narrowed to what a member looks after, only what the working group has to do is narrowed.
    """
    return [line for line in (*_counted(store, scope, by), *_vacant_posts(store, scope, by)) if line.count]


def _counted(store: Store, scope: Scope, by: SignedIn) -> Iterator[Waiting]:
    """One line per kind, or one per notice, with its first page that this officer may open."""
    seen: set[str] = set()
    by, whole = with_delegated(store, by), replace(scope, minding=None)
    several = rows_of(store, select(func.count(col(Notice.id))))[0][0] > 1
    for kind in KINDS:
        if may(by, kind.right) and kind.name not in seen:
            seen.add(kind.name)
            rows = kind.rows(scope if kind.right in OF_MEMBERS else whole, by).subquery()
            counted = select(func.count(), func.min(rows.c.since)).select_from(rows)
            if several and "notice_id" in rows.c:
                yield from _by_notice(store, kind, counted, rows.c.notice_id)
            else:
                count, oldest = rows_of(store, counted)[0]
                yield Waiting(kind.name, count, _day(oldest), kind.page, kind.query)


def _by_notice(store: Store, kind: Kind, counted: Statement, notice: Any) -> Iterator[Waiting]:
    rows = counted.add_columns(notice).group_by(notice).order_by(notice)
    for count, oldest, notice_id in rows_of(store, rows):
        query = {**kind.query, "notice": str(notice_id)}
        yield Waiting(kind.name, count, _day(oldest), kind.page, query, notice_id)


def _day(oldest: date | datetime | None) -> date | None:
    return clock.day_of(oldest) if isinstance(oldest, datetime) else oldest


def _vacant_posts(store: Store, scope: Scope, by: SignedIn) -> Iterator[Waiting]:
    """Posts vacant for longer than the site allows, for those who fill and those who oversee them."""
    if may(by, Right.REGISTER_APPOINTMENTS) or may(by, Right.REVIEW):
        posts = posts_frame(store, scope, on=clock.today())
        vacant = posts[posts["alarm"].astype(bool)]
        oldest = min(vacant["vacant_since_on"].dropna(), default=None)
        yield Waiting("vacant_posts", len(vacant), oldest, "officers", {"show": "alarm"})


def notifications_frame(store: Store, *, by: SignedIn, unread_only: bool = True) -> pd.DataFrame:
    """An officer's own notifications, newest first.

    Columns: notification_id, message (its name in the catalogue), details (the values of the message, ready for
    `tracking.messages.text`), link, created_at, read_at (both aware UTC).
    """
    rows = select(
        Notification.id,
        Notification.message,
        Notification.details,
        Notification.link,
        Notification.created_at,
        Notification.read_at,
    ).where(Notification.officer_id == by.officer_id)
    if unread_only:
        rows = rows.where(col(Notification.read_at).is_(None))
    found = rows_of(store, rows.order_by(col(Notification.id).desc()))
    unpacked = ((*row[:2], unpack(row.details), *row[3:]) for row in found)
    return frame_of_rows(unpacked, NOTIFICATION_COLUMNS)
