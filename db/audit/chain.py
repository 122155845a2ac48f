"""The audit chain: each event is sealed by HMAC over its content and the seal before it."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

from db.tables import AuditEvent, AuditHead

FIRST = ""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """The result of a verification: how many events were read, and the first bad number."""

    events: int
    broken_at: int | None

    @property
    def intact(self) -> bool:
        """Whether every seal is valid and nothing is missing."""
        return self.broken_at is None


def seal(event: AuditEvent, key: bytes) -> str:
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


def fingerprint(key: bytes) -> str:
    """A fingerprint that distinguishes keys without revealing them."""
    return hmac.new(key, b"work-progress-backup", hashlib.sha256).hexdigest()[:16]


def link(event: AuditEvent, head: AuditHead, key: bytes) -> AuditEvent:
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
