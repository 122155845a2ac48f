"""Rows on their way to the store: plain values by table, with keys assigned in advance.

Keys known beforehand let rows refer to each other without a round trip, so everything goes in by bulk.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlmodel import Session, SQLModel

from db.tables import metadata

Row = dict[str, Any]
Table = type[SQLModel]


class Rows:
    """Rows waiting to be stored; `next_keys` holds the first free key of each table."""

    def __init__(self, next_keys: Mapping[str, int] | None = None) -> None:
        self.waiting: dict[str, list[Row]] = defaultdict(list)
        self._next_keys = defaultdict(lambda: 1, next_keys or {})

    def add(self, table: Table, **values: Any) -> int:
        """Add a row, unnamed columns at their defaults, and return its key (0 if it has none of its own)."""
        row = {**_blank(table), **values}
        name = str(table.__tablename__)
        self.waiting[name].append(row)
        if "id" not in row:
            return 0
        key = row["id"] = self._next_keys[name]
        self._next_keys[name] += 1
        return key

    def count(self) -> int:
        """How many rows are waiting."""
        return sum(map(len, self.waiting.values()))

    def store(self, session: Session) -> int:
        """Insert the waiting rows, referenced tables first, and return how many there were."""
        stored = self.count()
        for table in metadata.sorted_tables:
            if rows := self.waiting.pop(table.name, None):
                session.execute(insert(table), rows)
        return stored


@cache
def _blank(table: Table) -> Row:
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
    }


def rows_after(session: Session) -> Rows:
    """An empty collection whose keys continue after those in the store."""
    return Rows({table.name: 1 + (session.scalar(newest) or 0) for table, newest in _newest_keys()})


def move_sequences(session: Session) -> None:
    """Let the database continue after the newest keys; needed if its sequences are separate from the rows."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table, newest in _newest_keys():
        if key := session.scalar(newest):
            statement = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :key)")
            session.execute(statement, {"name": table.name, "key": key})


def _newest_keys() -> Iterator[tuple[Any, Any]]:
    for table in metadata.sorted_tables:
        if "id" in table.c and table.name != "audit_head":
            yield table, select(func.max(table.c.id))
