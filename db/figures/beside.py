"""Past days read from history in a process beside the server: it takes neither its interpreter nor its memory.

`python -m db.figures.beside 1 2026 2026-03-31` is that process.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Lock

import structlog

from db import clock
from db.figures.past import is_kept, keep_past_day
from db.store import Store, open_store

ROOT = Path(__file__).parents[2]
# People are served at the same time.
NICENESS = 5
_LOG = structlog.get_logger()
_ASKING = Lock()
_UNDER_WAY: dict[tuple[str, int, int, date], Future[None]] = {}
# One after the other, for the same reason.
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
    """In a process of its own; in this one if that fails, which then says why."""
    settings = store.settings
    place = {"DATA_DIR": str(settings.data_dir.absolute()), "DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "db.figures.beside", str(notice_id), str(year), known_on.isoformat()]
    with _READING:
        done = subprocess.run(  # noqa: S603 -- our own module, given two numbers and a day
            command, cwd=ROOT, env=os.environ | place, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        _LOG.error("past_day_failed", day=known_on.isoformat(), said=done.stderr[-500:])
        keep_past_day(store, notice_id=notice_id, year=year, known_on=known_on)


if __name__ == "__main__":
    os.nice(NICENESS)
    keep_past_day(
        open_store(),
        notice_id=int(sys.argv[1]),
        year=int(sys.argv[2]),
        known_on=date.fromisoformat(sys.argv[3]),
    )
