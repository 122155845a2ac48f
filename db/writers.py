"""Writers of the embedded store within a process: one at a time, in the order they came, and told once it is on the disk.

SQLite lets one writer in and has the others ask again and again, up to a tenth of a second apart: whoever is unlucky
waits for ten seconds among eight. And each commit waits for a flush of its own, while nobody else may write.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, TimeoutError as NoTurn


class Writers:
    """Those who write to a store from this process; PostgreSQL lets several write, and flushes for several, by itself."""

    def __init__(self, engine: Engine) -> None:
        self._embedded = engine.dialect.name == "sqlite"
        self._queue, self._flush = Queue(), Flush(Path(f"{engine.url.database}-wal"))

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """A turn at writing, which ends once what was written is on the disk.

        Raises `NoTurn` when so many seconds have passed before it came.
        """
        if not self._embedded:
            yield
            return
        with self._queue.turn(patience):
            yield
        # The next one writes meanwhile: what is waited for here is waited for by all who have just written.
        self._flush.wait()


class Queue:
    """One at a time, first come, first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """The same, but for the disk."""
        self._wait(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, patience: float) -> None:
        called = Lock()
        called.acquire()
        with self._lock:
            if not self._busy:
                self._busy = True
                return
            self._waiting.append(called)
        if not called.acquire(timeout=patience):
            self._give_up(called)

    def _give_up(self, called: Lock) -> None:
        with self._lock:
            # Called in this very moment: then it is one's turn after all.
            if called in self._waiting:
                self._waiting.remove(called)
                raise NoTurn("others are writing")

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False


class Flush:
    """One flush of the write-ahead log for every commit that was there when it began."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._one_at_a_time = Lock()
        self._begun = self._done = 0

    def wait(self) -> None:
        """Return once everything committed before is on the disk."""
        needed = self._begun + 1
        with self._one_at_a_time:
            if self._done < needed:
                self._begun += 1
                self._now()
                self._done = self._begun

    def _now(self) -> None:
        try:
            # Without a log the last connection has closed: SQLite has brought it into the file, and flushed that.
            with suppress(FileNotFoundError), self._log.open("rb") as log:
                os.fsync(log.fileno())
        except OSError as failed:
            raise OperationalError("flush", None, failed) from failed
