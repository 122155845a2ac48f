"""A past day is read by a process beside the server, once for all who ask, and as it is read in here."""

import runpy
import sys
from concurrent.futures import Future
from datetime import date, timedelta

import pytest
from sqlmodel import select

from db import clock
from db.figures import beside
from db.figures.beside import past_days
from db.figures.past import keep_past_day
from db.store import Store
from db.tables import PastCell, PastDay, PastRed
from tests.conftest import lend
from tests.support.factories import YEAR
from tests.unit.db.figures.test_past import one_task

DAY = date(YEAR, 3, 20)


@pytest.fixture
def store(databases, tmp_path):
    yield from lend(databases, databases.fresh(one_task, tmp_path / "data"))


def _asked(store: Store, *days: date) -> list[Future[None]]:
    return list(past_days(store, notice_id=1, year=YEAR, days=days))


def _kept(store: Store) -> list[list[object]]:
    with store.read() as session:
        return [session.exec(select(table)).all() for table in (PastDay, PastCell, PastRed)]


def _forget(store: Store) -> None:
    with store.upkeep() as session:
        for table in (PastDay, PastCell, PastRed):
            session.execute(table.__table__.delete())


def test_it_is_kept_as_if_it_had_been_read_here(store: Store, monkeypatch: pytest.MonkeyPatch):
    keep_past_day(store, notice_id=1, year=YEAR, known_on=DAY)
    here = _kept(store)
    _forget(store)
    monkeypatch.setattr(beside, "keep_past_day", lambda *_, **__: pytest.fail("read in here"))
    for done in _asked(store, DAY):
        done.result()
    assert _kept(store) == here
    assert all(here[:2])


def test_the_process_opens_the_store_it_is_told_and_gives_way_to_people(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    given: list[int] = []
    monkeypatch.setattr("os.nice", given.append)
    monkeypatch.setenv("DATA_DIR", str(store.settings.data_dir))
    monkeypatch.setenv("DATABASE_URL", store.settings.database_url)
    monkeypatch.setattr(sys, "argv", ["beside", "1", str(YEAR), DAY.isoformat()])
    runpy.run_path(beside.__file__, run_name="__main__")
    assert all(_kept(store)[:2])
    assert given == [beside.NICENESS]


def test_it_is_read_once_for_all_who_ask_and_not_where_there_is_nothing_to_read(store: Store):
    one, other = _asked(store, DAY), _asked(store, DAY, clock.today(), clock.today() + timedelta(1))
    assert [waited_for is one[0] for waited_for in other] == [True]
    one[0].result()
    assert _asked(store, DAY) == []


def test_what_fails_beside_is_done_here_or_says_why(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    for done in _asked(store, DAY):
        done.result()
    assert all(_kept(store)[:2])
    _forget(store)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(beside, "keep_past_day", fail)
    [failed] = _asked(store, DAY)
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert _kept(store) == [[], [], []]
