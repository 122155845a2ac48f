"""Owns reading uploaded ledgers back: nobody's but the uploader's, and none that has expired."""

from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import col

from db import clock
from db.identity import SignedIn
from db.sql import select
from db.store import NotFound, Store
from db.tables import Upload
from tracking.messages import Message


def upload_of(store: Store, by: SignedIn, *, upload_id: int) -> Upload:
    """One's own upload. Raises `NotFound`, also for somebody else's and for one that has expired."""
    found = _first(store, by, col(Upload.id) == upload_id)
    if found is None:
        raise NotFound(Message("store.not_found"))
    return found


def latest_upload(store: Store, by: SignedIn) -> Upload | None:
    """One's newest upload that has not expired, without the content of its file: pages ask at every run."""
    content: Any = Upload.content
    return _first(store, by, options=(defer(content, raiseload=True),))


def _first(store: Store, by: SignedIn, *conditions: Any, options: tuple[Any, ...] = ()) -> Upload | None:
    rows = (
        select(Upload)
        .where(Upload.officer_id == by.officer_id, col(Upload.expires_at) > clock.now(), *conditions)
        .order_by(col(Upload.id).desc())
        .limit(1)
        .options(*options)
    )
    with store.read() as session:
        found: Upload | None = session.execute(rows).scalar_one_or_none()
        session.expunge_all()
    return found
