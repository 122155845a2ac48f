"""The planner knows how the tables are filled from the day on which anything was filled in."""

import pytest
from sqlalchemy import inspect, text

from db import migrations
from db.figures import summaries
from db.statistics import gather_statistics
from db.store import Store
from tests.conftest import lend

pytestmark = pytest.mark.covers_postgresql


def empty_store(store: Store) -> None:
    migrations.upgrade(store)


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(empty_store, tmp_path / "data"))


def test_statistics_are_gathered_where_nobody_else_does(store):
    summaries.keep_current(store)
    with store.upkeep() as session:
        gather_statistics(session)
        if store.engine.dialect.name == "sqlite":
            assert session.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar_one()
        else:
            assert "sqlite_stat1" not in inspect(session.get_bind()).get_table_names()
