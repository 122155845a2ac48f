"""The server's daily chores."""

import asyncio

import structlog
from starlette.concurrency import run_in_threadpool

from db.audit.anchor import anchor
from db.engine import StoreFailed
from db.figures.summaries import keep_current
from db.store import Store
from db.working_copies.actions import drop_old

HOUR = 3600
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
    """Note the head of the audit chain outside the database, bring the figures to today, forget old copies."""
    anchor(store)
    keep_current(store)
    drop_old(store)
