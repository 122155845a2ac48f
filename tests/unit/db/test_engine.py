"""Nothing waits without end for PostgreSQL: a statement, somebody else's lock and a free connection have their limits."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, text

from db.engine import STORE_AWAY, Limits, open_engine, without_hurry
from db.settings import Settings
from tests.support.databases import PostgresDatabases

pytestmark = pytest.mark.covers_postgresql
HURRIED = Limits(connections=2, statement=1, turn=1)


@pytest.fixture(scope="module")
def url(postgres_databases: PostgresDatabases) -> str:
    return postgres_databases.create("limits")


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Engine]]:
    """An engine with these limits, for an address that may say more."""
    engines = []

    def opened_at(limits: Limits, more: str = "") -> Engine:
        engines.append(open_engine(Settings(database_url=url + more).store_url, limits))
        return engines[-1]

    yield opened_at
    for engine in engines:
        engine.dispose()


def _shown(engine: Engine, name: str) -> str:
    with engine.connect() as connection:
        return connection.execute(text(f"SHOW {name}")).scalar_one()


def _sleep(connection: Connection) -> None:
    connection.execute(text("SELECT pg_sleep(1.5)"))


def test_a_statement_that_takes_too_long_is_given_up_as_if_the_store_were_away(opened):
    with opened(HURRIED).connect() as connection, pytest.raises(STORE_AWAY):
        _sleep(connection)


def test_tables_may_be_rebuilt_without_hurry(opened):
    with opened(HURRIED).connect() as connection:
        without_hurry(connection)
        _sleep(connection)


def test_a_lock_of_somebody_else_is_not_waited_for_without_end(opened):
    engine = opened(Limits(turn=1))
    with engine.begin() as one:
        one.execute(text("CREATE TABLE kept (number integer)"))
    with engine.begin() as one, engine.begin() as other:
        one.execute(text("LOCK TABLE kept"))
        with pytest.raises(STORE_AWAY, match="lock timeout"):
            other.execute(text("SELECT * FROM kept"))


def test_a_free_connection_is_not_waited_for_without_end(opened):
    engine = opened(HURRIED)
    with engine.connect(), engine.connect(), pytest.raises(STORE_AWAY):
        engine.connect()


def test_what_the_address_says_itself_holds(opened):
    engine = opened(HURRIED, "&options=-c%20statement_timeout%3D7s")
    assert (_shown(engine, "statement_timeout"), _shown(engine, "lock_timeout")) == ("7s", "1s")


def test_the_limits_are_settings(monkeypatch: pytest.MonkeyPatch):
    assert Settings().limits == Limits()
    monkeypatch.setenv("DATABASE_CONNECTIONS", "5")
    monkeypatch.setenv("DATABASE_STATEMENT_SECONDS", "60")
    assert Settings().limits == Limits(connections=5, statement=60)
    monkeypatch.setenv("DATABASE_CONNECTIONS", "0")
    with pytest.raises(ValidationError):
        Settings()
