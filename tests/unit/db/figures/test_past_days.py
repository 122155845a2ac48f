"""A past day is read by a process beside the server, once for all who ask, and as it is read in here."""

from concurrent.futures import Future
from datetime import date, timedelta

import pytest
from sqlmodel import select

from db import clock
from db.beside import Lost
from db.figures import past_days
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
    return list(past_days.past_days(store, notice_id=1, year=YEAR, days=days))


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
    monkeypatch.setattr(past_days, "keep_past_day", lambda *_, **__: pytest.fail("read in here"))
    store.settings.work_beside = True
    for done in _asked(store, DAY):
        done.result()
    assert _kept(store) == here
    assert all(here[:2])


def test_it_is_read_once_for_all_who_ask_and_not_where_there_is_nothing_to_read(store: Store):
    one, other = _asked(store, DAY), _asked(store, DAY, clock.today(), clock.today() + timedelta(1))
    assert [waited_for is one[0] for waited_for in other] == [True]
    one[0].result()
    assert _asked(store, DAY) == []


def test_what_is_lost_beside_is_read_here_and_what_fails_says_why(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    def lose(*_: object, **__: object) -> None:
        raise Lost

    monkeypatch.setattr(past_days, "beside", lose)
    for done in _asked(store, DAY):
        done.result()
    assert all(_kept(store)[:2])
    _forget(store)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(past_days, "keep_past_day", fail)
    [failed] = _asked(store, DAY)
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert _kept(store) == [[], [], []]
