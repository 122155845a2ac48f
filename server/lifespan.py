"""Server start: what is checked before it answers, and what is warmed up meanwhile."""

import asyncio
import gc
import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Thread
from typing import Any

import structlog

from db.beside import import_ahead
from db.migrations import is_current
from db.private_files import make_private
from db.store import Store
from db.store_lock import SharedLock, share
from server.daily import SETTLED, keep_daily
from server.keeping_lock import keep_lock
from server.reminding import keep_reminding
from server.request_context import Site
from server.shell import shell_in
from server.static_files import Shelf
from tracking.messages import Message, Refusal
from tracking.vocabulary import Language

# What makes files and reads past days.
BESIDE = (
    "server.routes",
    "db.figures.past_days",
    "db.figures.renewal",
    "db.ledger.prepared_workbook",
    "db.thresholds.preview",
    "tracking.documents.pictures",
)
_LOG = structlog.get_logger()
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def lifespan_for(site: Site, shelf: Shelf, packages: Collection[str], *, but: Collection[str]) -> Lifespan:
    """The start and end of the server; imports `packages` entirely, except `but` and their contents."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        lock = ready(site.store)
        if not site.secure:
            _LOG.warning("no_tls", meaning=str(Message("server.no_tls")))
        warm(packages, but)
        import_ahead(BESIDE, after=SETTLED)
        Thread(target=shelf.pack_ahead, args=(shell_in(Language.ZH_CN).html,), daemon=True).start()
        chores = [asyncio.create_task(chore(site.store)) for chore in (keep_daily, keep_reminding)]
        chores.append(asyncio.create_task(keep_lock(lock)))
        yield
        for chore in chores:
            chore.cancel()
        lock.release()
        site.store.engine.dispose()

    return lifespan


def ready(store: Store) -> SharedLock:
    """Keep anybody from replacing the tables, and check that tables and key match this code.

    Otherwise aborts the start with one sentence.
    """
    try:
        lock = share(store)
        if not is_current(store):
            raise Refusal(Message("server.store_not_current"))
        store.settle_key()
        make_private(store)
    except Refusal as refused:
        raise SystemExit(str(refused)) from None
    return lock


def warm(packages: Collection[str], but: Collection[str]) -> None:
    """Import what the first visitor would wait for, and exempt it from garbage collection."""
    importlib.import_module("plotly.graph_objects")
    for package in packages:
        module = importlib.import_module(package)
        for found in pkgutil.walk_packages(module.__path__, f"{package}."):
            if not any(f"{found.name}.".startswith(f"{left_out}.") for left_out in but):
                importlib.import_module(found.name)
    gc.collect()
    gc.freeze()
