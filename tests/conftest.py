"""The fixtures every test may ask for: above all `store`, a fresh one on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from db.store import Store
from tests.support.cheaply import hash_cheaply, log_plainly
from tests.support.compiled import share_compiled_statements
from tests.support.databases import Databases, Fill, PostgresDatabases, SqliteFiles, start_postgres
from tests.support.scratch import work_in_memory
from tests.support.templates import empty_store, sample_store

BOTH = ("sqlite", "postgresql")
UNIT = Path(__file__).parent / "unit"

# A process beside has a clock of its own; `test_beside.py`, `test_made_beside.py` and the browser tests let it work.
os.environ["WORK_BESIDE"] = "0"
work_in_memory()
share_compiled_statements()
hash_cheaply()
log_plainly()
# How long an example takes says nothing; a store that all examples share is what such a test is about.
settings.register_profile(
    "ours",
    settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--store sqlite` is the quick half of the tests of the store."""
    parser.addoption("--store", choices=(*BOTH, "both"), default="both", help="databases to test on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever asks for a store, itself or through a fixture, is run on each database."""
    if "databases" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("store")
        metafunc.parametrize("databases", BOTH if chosen == "both" else (chosen,), indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count lines where rules and storage are tested for themselves: under coverage Python runs at half its speed."""
    for item in items:
        if not _counts_lines(item):
            item.add_marker("no_cover")


def _counts_lines(item: pytest.Item) -> bool:
    """A unit test, on SQLite alone unless its module says that PostgreSQL goes another way through the code."""
    if UNIT not in item.path.parents:
        return False
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return params.get("databases") != "postgresql" or bool(item.get_closest_marker("covers_postgresql"))


@pytest.fixture(autouse=True)
def _away_from_the_real_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """SQLite stores of this test process."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresDatabases]:
    """A PostgreSQL server of this test process, reached by a socket and stopped at the end.

    Its folder is none of pytest's: started by root, the server runs as a user without rights, who must reach it.
    """
    folder = tempfile.mkdtemp(prefix="pg-")
    server = start_postgres(folder)
    yield PostgresDatabases(tmp_path_factory.mktemp("postgresql"), server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Databases:
    """The kind of database this run of the test is for."""
    name = {"sqlite": "sqlite_files", "postgresql": "postgres_databases"}[request.param]
    return request.getfixturevalue(name)


@pytest.fixture
def store(databases: Databases, tmp_path: Path) -> Iterator[Store]:
    """A migrated store with nothing in it."""
    yield from lend(databases, databases.fresh(empty_store, tmp_path / "data"))


@pytest.fixture
def store_with_sample(databases: Databases, tmp_path: Path) -> Iterator[Store]:
    """A store with the invented sample, as of today."""
    yield from lend(databases, databases.fresh(sample_store, tmp_path / "data"))


def beginning(fill: Fill) -> Callable[..., Iterator[Store]]:
    """A fixture `store` for a module whose tests all begin with what `fill` leaves: made once, copied for each."""

    @pytest.fixture
    def store(databases: Databases, tmp_path: Path) -> Iterator[Store]:
        yield from lend(databases, databases.fresh(fill, tmp_path / "data"))

    return store


def lend(databases: Databases, store: Store) -> Iterator[Store]:
    """The store for one test; what it leaves behind is dropped."""
    yield store
    if isinstance(databases, PostgresDatabases):
        databases.drop(store)
    store.engine.dispose()
