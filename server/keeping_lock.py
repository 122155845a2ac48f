"""The server's share in the lock of the store, for as long as the server runs."""

import asyncio

import structlog
from starlette.concurrency import run_in_threadpool

from db.engine import StoreFailed
from db.store_lock import SharedLock
from tracking.messages import Refusal

LOOKED_AT_EVERY = 10
_LOG = structlog.get_logger()


async def keep_lock(lock: SharedLock) -> None:
    """Take the shared lock again whenever the database has dropped it."""
    while True:
        await asyncio.sleep(LOOKED_AT_EVERY)
        try:
            await run_in_threadpool(lock.renew)
        except (StoreFailed, Refusal) as error:
            # Retried at the next check; until then a restore would not know of this server.
            _LOG.error("store_lock_lost", exc_info=error)
