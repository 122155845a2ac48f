"""Past days read from history beside the server, once for all who ask."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock
from typing import Any

import structlog

from db import clock
from db.beside import Lost, Tell, beside
from db.figures.past import is_kept, keep_past_day
from db.store import Store

_LOG = structlog.get_logger()
_ASKING = Lock()
_UNDER_WAY: dict[tuple[str, int, int, date], Future[None]] = {}
# One after the other: people are served at the same time.
_READING = Lock()


def past_days(store: Store, *, notice_id: int, year: int, days: Iterable[date]) -> Sequence[Future[None]]:
    """One to wait for a day that is over and not kept yet, the same for all who ask; today has the newest anyway."""
    missing = [
        day
        for day in days
        if day < clock.today() and not is_kept(store, notice_id=notice_id, year=year, known_on=day)
    ]
    return [_once(store, notice_id, year, day) for day in missing]


def keep_days(store: Store, *, notice_id: int, year: int, days: Iterable[date]) -> None:
    """Wait until those days that are over are kept."""
    for waited_for in past_days(store, notice_id=notice_id, year=year, days=days):
        waited_for.result()


def _once(store: Store, notice_id: int, year: int, known_on: date) -> Future[None]:
    asked = (str(store.engine.url), notice_id, year, known_on)
    with _ASKING:
        job = _UNDER_WAY.get(asked)
        if job is None:
            thread = ThreadPoolExecutor(1, thread_name_prefix="past-day")
            job = _UNDER_WAY[asked] = thread.submit(_read, store, notice_id, year, known_on)
            job.add_done_callback(lambda _: _UNDER_WAY.pop(asked))
            thread.shutdown(wait=False)
    return job


def _read(store: Store, notice_id: int, year: int, known_on: date) -> None:
    with _READING:
        try:
            beside(store, _keep, notice_id=notice_id, year=year, known_on=known_on)
        except Lost:
            _LOG.exception("past_day_failed", day=known_on.isoformat())
            keep_past_day(store, notice_id=notice_id, year=year, known_on=known_on)


def _keep(store: Store, _tell: Tell, **asked: Any) -> None:
    keep_past_day(store, **asked)
