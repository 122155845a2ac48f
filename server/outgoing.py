"""Outgoing messages in the reader's words."""

from typing import Any

from db.messages.outbox import Parcel
from tracking.digests import body, subject
from tracking.messages import Message, text


def letter(parcel: Parcel, site_url: str) -> tuple[str, str]:
    """Subject and text."""
    if parcel.test:
        return text("digest.test_subject", parcel.language), text("digest.test_body", parcel.language)
    greeting = text("digest.greeting", parcel.language, name=parcel.name) if parcel.format is None else ""
    heading = subject(parcel.digest, parcel.language)
    return heading, body(parcel.digest, parcel.language, site_url=site_url, greeting=greeting)


def facts_of(parcel: Parcel) -> dict[str, Any]:
    """The same as plain JSON, for machines: the day, and how many of each kind since when."""
    return {
        "day": parcel.digest.day.isoformat(),
        "test": parcel.test,
        "reminders": [
            {
                "kind": one.kind.value,
                "name": str(Message(f"reminder.{one.kind}")),
                "count": one.count,
                "oldest_on": one.oldest_on and one.oldest_on.isoformat(),
            }
            for one in parcel.digest.reminders
        ],
    }
