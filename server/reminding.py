"""Sending reminders unasked: digests once a working day, other messages when due.

Nothing here is waited for by a page: a mail server that does not answer holds up this loop and nobody else.
"""

import asyncio
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog
from starlette.concurrency import run_in_threadpool

from db import clock
from db.engine import StoreFailed
from db.messages import outbox
from db.messages.outbox import Parcel
from db.site.queries import working_days
from db.store import Store
from db.tables import Channel
from server.mail import Unsent, send_email
from server.webhooks import send_webhook

# Digests are checked less often than due messages, since they are counted over the whole store.
DIGESTS_EVERY = timedelta(minutes=10)
_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Round:
    """The result of one round: digests queued, messages sent, messages failed."""

    queued: int
    sent: int
    failed: int


async def keep_reminding(store: Store) -> None:
    """Send what is due, again and again, until the server stops."""
    looked_at = datetime.min.replace(tzinfo=clock.OFFICE_ZONE)
    while True:
        look = clock.now() - looked_at >= DIGESTS_EVERY
        try:
            await run_in_threadpool(remind, store, digests=look)
        except (StoreFailed, OSError) as error:
            # Retried next round; an unreachable store is reported by /healthz.
            _LOG.error("reminding_failed", exc_info=error)
        if look:
            looked_at = clock.now()
        await asyncio.sleep(store.settings.delivery_seconds)


def remind(store: Store, *, digests: bool = True, any_hour: bool = False) -> Round:
    """One round: queue today's digests, then send everything that is due."""
    queued = outbox.queue_digests(store, any_hour=any_hour) if digests else []
    if queued and working_days(store).is_estimated(clock.today().year):
        _LOG.warning("working_days_estimated", year=clock.today().year)
    sent = [_send(store, delivery_id) for delivery_id in outbox.due(store)]
    return Round(len(queued), sent.count(True), sent.count(False))


def _send(store: Store, delivery_id: int) -> bool | None:
    """Whether it was sent, None if somebody else sends it or nobody wants it."""
    parcel = outbox.take(store, delivery_id)
    if parcel is None:
        return None
    error = _error_of(store, parcel)
    outbox.record_attempt(store, delivery_id, error=error)
    if error:
        _LOG.warning("delivery_failed", delivery=delivery_id, channel=parcel.channel.value, error=error)
    return not error


def _error_of(store: Store, parcel: Parcel) -> str:
    """What went wrong in sending, "" if nothing; only the kind of error, since texts may contain names or secrets."""
    try:
        if parcel.channel is Channel.EMAIL:
            send_email(store.settings, parcel)
        else:
            send_webhook(store.settings, parcel)
    except Unsent as unsent:
        return str(unsent)
    except smtplib.SMTPResponseException as refused:
        return f"SMTP {refused.smtp_code}"
    except (smtplib.SMTPException, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return type(error).__name__
    return ""
