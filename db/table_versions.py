"""Which tables and columns a read looks into, and a number for each that grows with every write to it.

Both are seen from the statements that are run, so nobody has to declare what depends on what, and nothing can be
forgotten. The numbers are kept in the store: they are the same for every process that uses it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from db.seen import Answer, Seen, being_seen, numbers_of
from db.sql import select
from db.tables import TableVersion, metadata

_WRITTEN = "tables_written"
_WORD = re.compile(r"\w+")
_TARGET = re.compile(r"(?:INSERT INTO|(?<!FOR )UPDATE|DELETE FROM) \W?(\w+)")
# What an UPDATE sets, up to its condition; in an INSERT the same words follow a conflict.
_SET = re.compile(r"UPDATE .*?\sSET\s(.*?)(?:\sWHERE\s|$)", re.DOTALL)
_EVERY = re.compile(r"(?:SELECT|,|\.)\s*\*")
_GROW = text(
    "INSERT INTO table_version (name, number) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET number = table_version.number + 1"
)
_ALL = select(TableVersion.name, TableVersion.number)


def watch(engine: Engine) -> None:
    """Look at every statement that is run on the engine's connections."""
    event.listen(engine, "after_cursor_execute", _look)


def grow(connection: Connection) -> None:
    """Give all that the transaction has written its next number; the last statement before its commit.

    In the order of their names, so that two writers never wait for each other.
    """
    if names := connection.info.pop(_WRITTEN, None):
        connection.execute(_GROW, [{"name": name} for name in sorted(names)])
        connection.info.pop(_WRITTEN)


def versions(engine: Engine) -> Mapping[str, int]:
    """The number of each table and column that was ever written."""
    with engine.connect() as connection:
        return dict(connection.execute(_ALL).all())


def _look(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, _many: bool
) -> None:
    names, written = names_of(statement)
    # How many rows a statement has changed is not known before those that it returns are fetched.
    if written and (cursor.description or cursor.rowcount):
        connection.info.setdefault(_WRITTEN, set()).update(written)
    if names and (seen := being_seen()) is not None:
        seen.names |= names
        seen.more |= bool(written)
        if seen.keeps_answers:
            _keep_answer(seen, cursor, statement, parameters, context)


def _keep_answer(seen: Seen, cursor: Any, statement: str, parameters: Any, context: Any) -> None:
    """Fetch what the store answers, and leave it to be fetched."""
    rows = cursor.fetchall()
    context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=rows)
    rests_on = numbers_of(names_of(statement)[0], seen.numbers or {})
    seen.answers[Answer(statement, parameters, rows, rests_on)] = None


@lru_cache(maxsize=4096)
def names_of(statement: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tables and columns that a statement names, and those it writes.

    A column `table.column` counts for every table named that has one called so.
    """
    words = frozenset(_WORD.findall(statement))
    tables = words & metadata.tables.keys()
    columns = _columns(tables, None if _EVERY.search(statement) else words)
    return tables | columns, _written(statement)


def _written(statement: str) -> frozenset[str]:
    """The columns that are set in rows that stay; else the table, on which rests whatever was read of it."""
    target = _TARGET.search(statement)
    if target is None or target[1] not in metadata.tables:
        return frozenset()
    values = _SET.match(statement)
    if values is None or "SELECT" in values[1]:
        return frozenset({target[1]})
    return _columns([target[1]], frozenset(_WORD.findall(values[1])))


def _columns(tables: Iterable[str], words: frozenset[str] | None) -> frozenset[str]:
    named = (
        f"{table}.{column.name}"
        for table in tables
        for column in metadata.tables[table].columns
        if words is None or column.name in words
    )
    return frozenset(named)
