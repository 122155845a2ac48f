"""A number for each table and column that grows with every write to it.

The numbers are kept in the store: they are the same for every process that uses it. What a read rests on and what a
write sets is the business of `db.statement_names`.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

from db.direct import change
from db.sql import select
from db.statement_names import WRITTEN, look
from db.tables import TableVersion

_GROW = text(
    "INSERT INTO table_version (name, number) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET number = table_version.number + 1"
)
_ALL = select(TableVersion.name, TableVersion.number)


def watch(engine: Engine) -> None:
    """Look at every statement that is run on the engine's connections; `db.direct` looks by itself."""
    event.listen(engine, "after_cursor_execute", _look)


def grow(connection: Connection) -> None:
    """Give all that the transaction has written its next number; the last statement before its commit.

    In the order of their names, so that two writers never wait for each other.
    """
    if names := connection.info.pop(WRITTEN, None):
        change(connection, _GROW, [{"name": name} for name in sorted(names)])
        connection.info.pop(WRITTEN)


def versions(engine: Engine) -> Mapping[str, int]:
    """The number of each table and column that was ever written."""
    with engine.connect() as connection:
        return dict(connection.execute(_ALL).all())


def _look(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, _many: bool
) -> None:
    rows = look(connection, cursor, statement, parameters)
    if rows is not None:  # what the store has answered is left to be fetched
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=rows)
