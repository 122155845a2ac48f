"""What the stores of the tests begin with; each is filled by the product's own functions."""

from db import clock, migrations, seed
from db.store import Store


def empty_store(store: Store) -> None:
    """A migrated store with nothing in it."""
    migrations.upgrade(store)


def sample_store(store: Store) -> None:
    """The small invented sample, as of today."""
    migrations.upgrade(store)
    seed.load_sample(store, clock.today())
