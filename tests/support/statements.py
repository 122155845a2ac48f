"""Counting statements, to prove that a read or write asks no more for each row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from db.store import Store


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements sent while this lasts."""
    told: list[str] = []

    def tell(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        told.append(statement)

    event.listen(store.engine, "before_cursor_execute", tell)
    try:
        yield told
    finally:
        event.remove(store.engine, "before_cursor_execute", tell)
