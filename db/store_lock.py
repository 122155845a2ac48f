"""The lock of a store: servers and commands share it, and whoever replaces its tables has it alone.

It belongs to a process, kept by the operating system or by PostgreSQL, and ends with that process however it ends.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from db.store import Store
from tracking.messages import Message, Refusal

# How long to wait for somebody who may be about to finish, and how often to check.
PATIENCE, PAUSE = 10.0, 0.1
SUFFIX = ".lock"
# Our key among a database's advisory locks.
NUMBER = 7_305_804_402_432_635_245


class _Lock(Protocol):
    """A lock held by this process; nothing is held until it is taken."""

    def take(self, *, alone: bool) -> bool: ...

    def stands(self) -> bool: ...

    def release(self) -> None: ...


class SharedLock:
    """A share in the lock, held until it is released."""

    def __init__(self, store: Store, patience: float) -> None:
        self._store = store
        self._lock = _taken(store, patience, alone=False, otherwise="store.being_replaced")

    def renew(self) -> None:
        """Take the share again if the database dropped it, for example on a restart. Raises `Refusal`."""
        if not self._lock.stands():
            self.release()
            self._lock = _taken(self._store, 0, alone=False, otherwise="store.being_replaced")

    def release(self) -> None:
        """Give the share back."""
        self._lock.release()


def share(store: Store, *, patience: float = PATIENCE) -> SharedLock:
    """Keep anybody from replacing the tables. Raises `Refusal` while somebody does."""
    return SharedLock(store, patience)


@contextmanager
def alone(store: Store, *, patience: float = 0) -> Iterator[None]:
    """Replace the tables while nobody else uses the store; re-entrant. Raises `Refusal`."""
    if store.locked_alone:
        yield
        return
    lock = _taken(store, patience, alone=True, otherwise="store.in_use")
    store.locked_alone = True
    try:
        yield
    finally:
        store.locked_alone = False
        lock.release()


def _taken(store: Store, patience: float, *, alone: bool, otherwise: str) -> _Lock:
    lock = _lock_of(store.engine)
    if not _within(patience, lambda: lock.take(alone=alone)):
        lock.release()
        raise Refusal(Message(otherwise))
    return lock


def _within(patience: float, attempt: Callable[[], bool]) -> bool:
    ends = time.monotonic() + patience
    while not (done := attempt()) and time.monotonic() < ends:
        time.sleep(PAUSE)
    return done


def _lock_of(engine: Engine) -> _Lock:
    if engine.dialect.name == "sqlite":
        database = Path(str(engine.url.database))
        return _FileLock(database.with_name(database.name + SUFFIX))
    return _AdvisoryLock(engine.connect())


class _FileLock:
    """A file beside SQLite's; it is never removed, since only the lock on it matters."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, alone: bool) -> bool:
        """Try to take the lock at once; returns whether that worked."""
        with suppress(BlockingIOError):
            fcntl.flock(self._file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            return True
        return False

    def stands(self) -> bool:
        """Always true: only this process can end it."""
        return True

    def release(self) -> None:
        """Give it back."""
        os.close(self._file)


class _AdvisoryLock:
    """A PostgreSQL session lock, on a dedicated connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        self._connection.detach()

    def take(self, *, alone: bool) -> bool:
        """Try to take the lock at once; returns whether that worked."""
        function = "pg_try_advisory_lock" if alone else "pg_try_advisory_lock_shared"
        return bool(self._connection.execute(text(f"SELECT {function}({NUMBER})")).scalar_one())

    def stands(self) -> bool:
        """Whether the session is still alive."""
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def release(self) -> None:
        """End the session, after giving the lock back: the server may notice an ended session later."""
        with suppress(SQLAlchemyError):
            self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
        with suppress(SQLAlchemyError):
            self._connection.close()
