"""The way to SQL expressions: SQLAlchemy's `select`, loosely typed.

SQLModel gives a class attribute the type of its value (`Task.id` is an `int`), where SQLAlchemy's own stubs
want columns. Taking any argument here keeps the queries free of casts; their results are typed by whoever
reads them.
"""

from typing import Any

import sqlalchemy


def select(*columns: Any) -> Any:
    """`sqlalchemy.select`."""
    return sqlalchemy.select(*columns)
