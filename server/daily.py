"""The server's daily chores."""

import asyncio

import structlog
from starlette.concurrency import run_in_threadpool

from db.audit.anchor import anchor
from db.engine import StoreFailed
from db.figures.summaries import keep_current
from db.store import Store

HOUR = 3600
_LOG = structlog.get_logger()


async def keep_daily(store: Store) -> None:
    """Check hourly whether a new day has begun; both tasks do nothing if already done today."""
    while True:
        try:
            await run_in_threadpool(work_of_the_day, store)
        except (StoreFailed, OSError) as error:
            # Retried next hour; an unreachable store is reported by /healthz.
            _LOG.error("daily_work_failed", exc_info=error)
        await asyncio.sleep(HOUR)


def work_of_the_day(store: Store) -> None:
    """Record the head of the audit chain outside the database, and bring the figures to today."""
    anchor(store)
    keep_current(store)
