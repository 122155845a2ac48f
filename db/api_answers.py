"""Answers kept under an `Idempotency-Key`: a program that asks again gets the same answer, and nothing is done twice."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from db import clock
from db.sql import select
from db.store import Store
from db.tables import ApiAnswer, AuditHead

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to be executed once: whose, under which key, and the SHA-256 of its content."""

    token_id: int
    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known about an earlier request with the same key; `status` is None while it is in progress."""

    request_hash: str
    status: int | None
    answer: str


def claim(store: Store, asked: Asked) -> Kept | None:
    """Begin a request: None if it is the first with its key, else what is known about the first.

    Answers older than `KEPT_FOR` are forgotten.
    """
    with store.upkeep() as session:
        session.execute(select(AuditHead).with_for_update())  # one at a time
        session.execute(delete(ApiAnswer).where(col(ApiAnswer.asked_at) < clock.now() - KEPT_FOR))
        found = _row(session, asked)
        if found is not None:
            return Kept(found.request_hash, found.status, found.answer)
        session.add(ApiAnswer(**asdict(asked), asked_at=clock.now()))
    return None


def keep(store: Store, asked: Asked, *, status: int, answer: str) -> None:
    """Store the answer."""
    with store.upkeep() as session:
        row = _row(session, asked)
        row.status, row.answer = status, answer


def forget(store: Store, asked: Asked) -> None:
    """Release the key of a request that was refused without changing anything, so that it may be retried."""
    with store.upkeep() as session:
        session.delete(_row(session, asked))


def _row(session: Session, asked: Asked) -> Any:
    mine = (ApiAnswer.token_id == asked.token_id, ApiAnswer.key == asked.key)
    return session.execute(select(ApiAnswer).where(*mine)).scalar_one_or_none()
