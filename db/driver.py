"""A statement run by the driver, as it was given to it: what SQLAlchemy adds is told before, and in its errors."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def run(connection: Connection, text: str, parameters: Any, *, many: bool = False) -> Any:
    """The cursor after the statement; whoever listens to the engine was told before it, and nobody after it."""
    cursor = connection.connection.cursor()
    connection.dispatch.before_cursor_execute(connection, cursor, text, parameters, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
    except connection.dialect.loaded_dbapi.Error as failed:
        raise _as_told(connection, text, failed) from failed
    return cursor


def _as_told(connection: Connection, text: str, failed: Exception) -> BaseException:
    """The error as SQLAlchemy would have raised it."""
    dialect = connection.dialect
    return DBAPIError.instance(text, None, failed, dialect.loaded_dbapi.Error, True, dialect=dialect)
