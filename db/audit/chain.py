"""The audit chain: each event is sealed by HMAC over its content and the seal before it."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from db.tables import AuditEvent, AuditHead

FIRST = ""


@dataclass
class Head:
    """The newest link of the chain as a writer holds it; see `AuditHead`."""

    number: int = 0
    hash: str = FIRST
    key_fingerprint: str = ""


@dataclass
class Event:
    """What becomes an `AuditEvent`, with its columns: many are written at once, past the identity map."""

    happened_at: datetime
    officer_id: int | None
    authority_id: int | None
    action: str
    subject: str
    subject_id: int | None
    detail: Any
    number: int = 0
    previous_hash: str = FIRST
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The result of a verification: how many events were read, and the first bad number."""

    events: int
    broken_at: int | None

    @property
    def intact(self) -> bool:
        """Whether every seal is valid and nothing is missing."""
        return self.broken_at is None


def seal(event: AuditEvent | Event, key: bytes) -> str:
    """The HMAC-SHA256 of the event's canonical content and the hash before it, in hexadecimal."""
    content = json.dumps(
        [
            event.number,
            event.happened_at.isoformat(),
            event.officer_id,
            event.authority_id,
            event.action,
            event.subject,
            event.subject_id,
            event.detail,
            event.previous_hash,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=16)
def fingerprint(key: bytes) -> str:
    """A fingerprint that distinguishes keys without revealing them."""
    return hmac.new(key, b"work-progress-backup", hashlib.sha256).hexdigest()[:16]


def link(event: Event, head: Head, key: bytes) -> Event:
    """Number and seal an event as the successor of the head, and move the head to it."""
    event.number = head.number + 1
    event.previous_hash = head.hash
    event.hash = seal(event, key)
    head.number, head.hash = event.number, event.hash
    return event


def verify(events: Iterable[AuditEvent], head: AuditHead, key: bytes) -> ChainReport:
    """Check a whole chain, events in number order, against its head."""
    number, previous = 0, FIRST
    for event in events:
        number += 1
        linked = event.number == number and event.previous_hash == previous
        if not linked or not hmac.compare_digest(event.hash, seal(event, key)):
            return ChainReport(number, number)
        previous = event.hash
    whole = head.number == number and head.hash == previous
    return ChainReport(number, None if whole else number + 1)
