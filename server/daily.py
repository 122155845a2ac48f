"""The server's daily chores."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from starlette.concurrency import run_in_threadpool

from db import clock
from db.audit.anchor import anchor
from db.engine import StoreFailed
from db.figures.past_days import keep_days
from db.figures.renewal import renew
from db.figures.summaries import keep_current
from db.periods.queries import year_in_hand
from db.reference.queries import notices_frame
from db.store import Store
from db.working_copies.actions import drop_old
from tracking.spans import span_of

HOUR = 3600
# Seconds until a start has left the first visitors the processor.
SETTLED = 30.0
_LOG = structlog.get_logger()


async def keep_daily(store: Store) -> None:
    """Check hourly whether a new day has begun; the chores do nothing when already done today."""
    while True:
        await _tried(work_of_the_day, store)
        await asyncio.sleep(SETTLED)
        await _tried(keep_usual_days, store)
        await asyncio.sleep(HOUR - SETTLED)


async def _tried(chore: Callable[[Store], None], store: Store) -> None:
    try:
        await run_in_threadpool(chore, store)
    except (StoreFailed, OSError) as error:
        # Retried next hour; an unreachable store is reported by /healthz.
        _LOG.error("daily_work_failed", exc_info=error)


def work_of_the_day(store: Store) -> None:
    """Note the head of the audit chain outside the database, bring the figures to today, forget old copies.

    Figures for thresholds to come are taken up if whoever made them was lost.
    """
    anchor(store)
    keep_current(store)
    renew(store)
    drop_old(store)


def keep_usual_days(store: Store) -> None:
    """Keep the day that is over and the one from which changes are told, so that nobody waits for them in a meeting."""
    today = clock.today()
    usual = {today - timedelta(1), span_of(None, today, today=today).since}
    for notice_id in notices_frame(store)["notice_id"].tolist():
        year = year_in_hand(store, notice_id=notice_id, on=today)
        keep_days(store, notice_id=notice_id, year=year, days=sorted(usual))
