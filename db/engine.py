"""The database connection: driver, pragmas and how a write transaction begins."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pysqlite3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    InterfaceError,
    InternalError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError as PoolTimeout,
)

# Older libraries can corrupt a write-ahead log when it is reset under readers (SQLite 3.51.3 release notes).
SAFE_SQLITE = (3, 51, 3)
# How a transaction writes: past `db.writers`, or in its turn, or soon or not at all, or at once or not at all.
# Whether a connection was given to a writer since it was last made as it is to be.
_WROTE = "wrote"
WRITES, ALONE, IN_TURN, SOON, AT_ONCE = "writes", "alone", "in turn", "soon", "at once"
# Milliseconds until a writer gives its turn up.
PATIENCE = {ALONE: 120_000, IN_TURN: 120_000, SOON: 500, AT_ONCE: 0}


# What opening a store may raise, and what any use of one may; the server reports these in one sentence.
CANNOT_OPEN = (OperationalError, ArgumentError)
StoreFailed: TypeAlias = SQLAlchemyError
# What a store raises that cannot be reached, is full, locked or read-only: the same may be done later.
STORE_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process asks of PostgreSQL: connections at most, and seconds until it gives up.

    `reached_within` for a server that does not answer, `statement` for one statement, `turn` for a lock of others and
    for a free connection.
    """

    connections: int = 30
    reached_within: int = 5
    statement: int = 300
    turn: int = 120


LIMITS = Limits()


class UnsafeDatabase(RuntimeError):
    """The database library may lose data; says which one it is and what is needed."""


def without_password(url: str) -> str:
    """An address that is safe to show; empty if malformed."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return ""


def open_engine(url: str, limits: Limits = LIMITS) -> Engine:
    """An engine for the address; creates a missing folder for a SQLite file, and keeps to the limits on PostgreSQL.

    Raises `UnsafeDatabase` for a SQLite library older than `SAFE_SQLITE`.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=limits.connections,
        max_overflow=0,
        pool_timeout=limits.turn,
        hide_parameters=True,
        json_serializer=_as_json,
        connect_args={"connect_timeout": limits.reached_within, "options": _options(url, limits)},
    )


def _options(url: str, limits: Limits) -> str:
    """The limits as PostgreSQL takes them, in milliseconds; what the address says itself comes last, and holds."""
    asked = make_url(url).query.get("options", "")
    own = {"statement_timeout": limits.statement, "lock_timeout": limits.turn}
    return " ".join([*(f"-c {name}={seconds * 1000}" for name, seconds in own.items()), str(asked)])


def without_hurry(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need: tables are being rebuilt."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


# Chinese as it is takes a third of the space of \\u escapes; one encoder for all, since making one takes longer than
# most values do.
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def _open_sqlite(url: str) -> Engine:
    require_safe(pysqlite3.sqlite_version_info)
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, module=pysqlite3, pool_size=20, hide_parameters=True, json_serializer=_as_json
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "checkout", _as_opened)
    event.listen(engine, "begin", _begin)
    return engine


def require_safe(version: tuple[int, ...]) -> None:
    """Refuse a SQLite library older than `SAFE_SQLITE`."""
    if version < SAFE_SQLITE:
        found, needed = (".".join(map(str, numbers)) for numbers in (version, SAFE_SQLITE))
        raise UnsafeDatabase(f"SQLite {found} can corrupt its log; {needed} or newer is needed")


def _set_pragmas(connection: Any, _record: object) -> None:
    # The driver must not begin transactions itself: `_begin` decides how.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    if not writes:
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.driver_connection
    connection.info[_WROTE] = True
    if writes != ALONE:
        # The commit does not flush: `db.writers` does, once the next one may write.
        driver.execute("PRAGMA synchronous = NORMAL")
    driver.execute(f"PRAGMA busy_timeout = {PATIENCE[writes]}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _as_opened(connection: Any, record: Any, _proxy: object) -> None:
    """As `_begin` found it, and not at every read: a page has a dozen."""
    if record.info.pop(_WROTE, True):
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE[IN_TURN]}")
        record.info[_WROTE] = False
