"""Marking notifications as read."""

from collections.abc import Iterable

from sqlmodel import col

from db.identity import SignedIn
from db.sql import select
from db.store import Store
from db.tables import Notification, Officer


def read_notifications(store: Store, *, by: SignedIn, notification_ids: Iterable[int]) -> int:
    """Mark one's own notifications as read and return their number. Self-service."""
    with store.write(by) as tx:
        own = select(Notification).where(
            Notification.officer_id == by.officer_id,
            col(Notification.id).in_(list(notification_ids)),
            col(Notification.read_at).is_(None),
        )
        unread = tx.session.scalars(own).all()
        for notification in unread:
            notification.read_at = tx.now
        tx.audit("read_notifications", tx.load(Officer, by.officer_id), by.authority_id, count=len(unread))
        return len(unread)
