"""What tests look up repeatedly: a row, the newest audit event, a refusal's reason."""

from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from db.store import Store
from db.tables import EXPORTED, AuditEvent
from tracking.messages import Refusal

Row = TypeVar("Row", bound=SQLModel)


def row(store: Store, table: type[Row], key: Any) -> Row:
    """The row with this key, as it is stored."""
    with store.read() as session:
        return session.get_one(table, key)


def rows(store: Store, table: type[Row], **where: Any) -> list[Row]:
    """Every row of a table that has these values."""
    with store.read() as session:
        return list(session.scalars(select(table).filter_by(**where)))


def only(store: Store, table: type[Row], **where: Any) -> Row:
    """The one row that has these values."""
    (found,) = rows(store, table, **where)
    return found


def last_event(store: Store) -> AuditEvent:
    """The newest audit event."""
    return row(store, AuditEvent, store.data_version())


def refusal_of(action: Any, *arguments: Any, **asked: Any) -> Refusal:
    """Why an action refuses; it must."""
    with pytest.raises(Refusal) as refused:
        action(*arguments, **asked)
    return refused.value


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that an export takes along, to tell whether anything changed."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(found) for found in connection.execute(select(table))), key=repr)
            for table in EXPORTED
        }
