"""Owns what the stores of the tests begin with; each is filled by the product's own functions."""

from sqlmodel import SQLModel

from db.store import Store
from db.tables import AuditHead


def empty_store(store: Store) -> None:
    """A migrated store with nothing in it."""
    SQLModel.metadata.create_all(store.engine)
    with store.upkeep() as session:
        session.add(AuditHead())
