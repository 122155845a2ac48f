"""Which key seals the chain of a store: it is known there by its fingerprint, and no other is ever used."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.audit.chain import Head, fingerprint, seal
from db.settings import Settings
from db.tables import AuditEvent, AuditHead
from tracking.messages import Message, Refusal


def key_of_chain(session: Session, head: AuditHead | Head, settings: Settings) -> bytes:
    """The key, recorded at the head if none is yet. Raises `Refusal` if it is missing or different.

    For a chain begun before keys were recorded, it must have sealed the newest event.
    """
    begun = head.number or head.key_fingerprint
    key = settings.chain_key if begun else settings.first_chain_key()
    if head.key_fingerprint:
        check_key(head, key)
    elif _newest_is_sealed_with(session, head, key):
        head.key_fingerprint = fingerprint(key)
    else:
        raise Refusal(Message("store.key_other"))
    return key


def check_key(head: AuditHead | Head, key: bytes) -> None:
    """Refuse a key other than the recorded one."""
    if head.key_fingerprint not in {"", fingerprint(key)}:
        raise Refusal(Message("store.key_other"))


def _newest_is_sealed_with(session: Session, head: AuditHead | Head, key: bytes) -> bool:
    newest = session.execute(select(AuditEvent).where(AuditEvent.number == head.number)).scalar_one_or_none()  # type: ignore[arg-type]  # a column, not the value of a row
    return newest is None or seal(newest, key) == newest.hash
