from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import migrations, seed
from db.store import Store
from tests.conftest import lend
from tests.support.databases import Databases

DAY = date(2026, 11, 23)

Ask = Callable[[str], list[Any]]


def sample_of_a_day(store: Store) -> None:
    migrations.upgrade(store)
    seed.load_sample(store, DAY)


@pytest.fixture
def sample(databases: Databases, tmp_path: Path) -> Iterator[Store]:
    yield from lend(databases, databases.fresh(sample_of_a_day, tmp_path / "sample"))


def asker(store: Store) -> Ask:
    """Runs a statement and gives its rows, or the bare values where it has one column."""

    def ask(statement: str) -> list[Any]:
        with store.read() as session:
            rows = [tuple(row) for row in session.connection().execute(text(statement))]
        return [row[0] if len(row) == 1 else row for row in rows]

    return ask


@pytest.fixture
def ask(sample: Store) -> Ask:
    return asker(sample)
