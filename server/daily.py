"""The server's daily chores."""

import asyncio
from datetime import time, timedelta

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

HOUR = 3600
BEFORE_OFFICES = time(6)
_LOG = structlog.get_logger()


async def keep_daily(store: Store) -> None:
    """Check hourly whether a new day has begun; the chores do nothing when already done today."""
    while True:
        try:
            await run_in_threadpool(work_of_the_day, store)
        except (StoreFailed, OSError) as error:
            # Retried next hour; an unreachable store is reported by /healthz.
            _LOG.error("daily_work_failed", exc_info=error)
        await asyncio.sleep(HOUR)


def work_of_the_day(store: Store) -> None:
    """Note the head of the audit chain outside the database, bring the figures to today, forget old copies.

    Figures for thresholds to come are taken up if whoever made them was lost.
    """
    anchor(store)
    keep_current(store)
    renew(store)
    drop_old(store)
    if clock.now().astimezone(clock.OFFICE_ZONE).time() < BEFORE_OFFICES:
        keep_yesterday(store)


def keep_yesterday(store: Store) -> None:
    """Keep the day that is over, so that nobody has to wait for it in a meeting."""
    over = clock.today() - timedelta(1)
    for notice_id in notices_frame(store)["notice_id"].tolist():
        year = year_in_hand(store, notice_id=notice_id, on=over)
        keep_days(store, notice_id=notice_id, year=year, days=[over])
