"""Rows on their way to the store: plain values by table, with keys assigned in advance.

Keys known beforehand let rows refer to each other without a round trip, so everything goes in by bulk.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, func, select, text
from sqlmodel import Session, SQLModel

from db.tables import metadata

Row = dict[str, Any]
Model = type[SQLModel]


class Rows:
    """Rows waiting to be stored; `next_keys` holds the first free key of each table."""

    def __init__(self, next_keys: Mapping[str, int] | None = None) -> None:
        self.waiting: dict[str, list[Row]] = defaultdict(list)
        self._next_keys = defaultdict(lambda: 1, next_keys or {})

    def add(self, table: Model, **values: Any) -> int:
        """Add a row, unnamed columns at their defaults, and return its key (0 if it has none of its own)."""
        name, blank = _named(table)
        row = {**blank, **values}
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
                _insert(session.connection(), table, rows)
        return stored


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Hand rows to the driver column by column: prepared one by one they would take half as long again."""
    dialect, names = connection.dialect, tuple(rows[0])
    columns = [_written(table.c[name], dialect, rows) for name in names]
    connection.exec_driver_sql(_statement(table.name, names, dialect), [*zip(*columns, strict=True)])


def _written(column: Column[Any], dialect: Dialect, rows: Sequence[Row]) -> Iterable[Any]:
    """The values of a column as its type writes them."""
    values = map(itemgetter(column.name), rows)
    write = column.type.dialect_impl(dialect).bind_processor(dialect)
    return map(write, values) if write else values


def _statement(table: str, names: Sequence[str], dialect: Dialect) -> str:
    quoted = ", ".join(map(dialect.identifier_preparer.quote, names))
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(names))
    return f"INSERT INTO {table} ({quoted}) VALUES ({marks})"


@cache
def _named(table: Model) -> tuple[str, Row]:
    """The name of a table, and a row of it with nothing but defaults."""
    blank = {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
    }
    return str(table.__tablename__), blank


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
