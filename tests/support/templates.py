"""Owns what the stores of the tests begin with; each is filled by the product's own functions."""

from db import migrations
from db.store import Store


def empty_store(store: Store) -> None:
    """A migrated store with nothing in it."""
    migrations.upgrade(store)
