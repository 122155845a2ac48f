"""Which tables and columns a statement names, and which of them it writes: seen from its words.

So nobody has to declare what depends on what, and nothing can be forgotten.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from db.seen import Answer, being_seen, numbers_of
from db.tables import metadata

WRITTEN = "tables_written"
_WORD = re.compile(r"\w+")
_TARGET = re.compile(r"(?:INSERT INTO|(?<!FOR )UPDATE|DELETE FROM) \W?(\w+)")
# What an UPDATE sets, up to its condition; in an INSERT the same words follow a conflict.
_SET = re.compile(r"UPDATE .*?\sSET\s(.*?)(?:\sWHERE\s|$)", re.DOTALL)
_EVERY = re.compile(r"(?:SELECT|,|\.)\s*\*")


def look(connection: Connection, cursor: Any, statement: str, parameters: Any) -> Sequence[Any] | None:
    """Note what a statement that was just run has written and what it reads; gives its rows where it took them."""
    names, written = names_of(statement)
    # How many rows a statement has changed is not known before those that it returns are fetched.
    if written and (cursor.description or cursor.rowcount):
        connection.info.setdefault(WRITTEN, set()).update(written)
    if names and (seen := being_seen()) is not None:
        seen.names |= names
        seen.more |= bool(written)
        if seen.keeps_answers:
            rows: Sequence[Any] = cursor.fetchall()
            seen.answers[Answer(statement, parameters, rows, numbers_of(names, seen.numbers or {}))] = None
            return rows
    return None


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
