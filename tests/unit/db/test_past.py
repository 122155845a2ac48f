"""Figures that are kept as they were: published ones, and those of past days."""

from datetime import date, timedelta

import pandas as pd
import pytest
from sqlmodel import select

from db import clock, migrations, summaries
from db.actions import periods, reviews, settings
from db.past import keep_past_day
from db.queries.scope import NATION
from db.queries.summaries import cells_frame, trend_frame
from db.store import Store
from db.tables import PastDay, Task
from tests.conftest import lend
from tests.support.factories import (
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tracking.lights import LightRule
from tracking.permissions import Scope
from tracking.vintages import NEWEST, Vintage

DAY = date(YEAR, 4, 20)
PUBLISHED = Vintage(published=True)


def one_task(store: Store) -> None:
    """Five fairs of ten in the first quarter, accepted on the fifteenth of March."""
    migrations.upgrade(store)
    with at(date(YEAR, 3, 15)):
        small_country(store)
        (task_id,) = filed_plan(store)
        accepted(store, task_id, fairs_held(5))


@pytest.fixture
def store(databases, tmp_path):
    for lent in lend(databases, databases.fresh(one_task, tmp_path / "data")):
        with at(DAY):
            yield lent


def _done(store: Store, vintage: Vintage, period_id: int = FIRST_QUARTER) -> list[int]:
    cells = cells_frame(store, NATION, period_id=period_id, vintage=vintage)
    return (cells["done"] // cells["weight_tenths"]).tolist()


def _freeze(store: Store) -> None:
    member = people().member
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    periods.freeze_period(store, by=member, period_id=FIRST_QUARTER)


def test_what_was_published_stays_whatever_is_corrected_later(store):
    _freeze(store)
    reviews.reopen_progress_update(store, by=people().member, update_id=1, reason="多报")
    assert (_done(store, NEWEST), _done(store, PUBLISHED)) == ([0], [500])
    published = cells_frame(store, NATION, period_id=FIRST_QUARTER, vintage=PUBLISHED)
    assert published["as_of_on"].tolist() == [date(YEAR, 3, 31)]


def test_of_a_period_that_is_not_frozen_there_are_only_the_newest_figures(store):
    summaries.keep_current(store)
    assert _done(store, PUBLISHED) == _done(store, NEWEST) == [500]
    _freeze(store)
    trend = trend_frame(store, NATION, notice_id=1, year=YEAR, vintage=PUBLISHED)
    assert trend["number"].tolist() == [1, 2]
    assert trend["period_id"].tolist() == [FIRST_QUARTER, SECOND_QUARTER]


def test_what_is_published_is_of_its_last_day_even_if_nobody_has_looked_since(store):
    _freeze(store)
    published = cells_frame(store, NATION, period_id=FIRST_QUARTER, vintage=PUBLISHED)
    summaries.keep_current(store)
    pd.testing.assert_frame_equal(published, cells_frame(store, NATION, period_id=FIRST_QUARTER))


@pytest.mark.parametrize(("day", "done"), [(date(YEAR, 3, 15), [500]), (date(YEAR, 3, 14), [])])
def test_a_past_day_shows_what_had_been_accepted_by_its_end(store, day, done):
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    assert _done(store, Vintage(known_on=day)) == done
    nobody = cells_frame(store, Scope(frozenset()), period_id=FIRST_QUARTER, vintage=Vintage(known_on=day))
    assert nobody.empty


def test_a_past_day_is_read_from_history_once(store, monkeypatch):
    day = date(YEAR, 3, 20)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    monkeypatch.setattr("db.past.cells_known", lambda *_, **__: pytest.fail("read again"))
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)


def test_two_who_ask_for_a_day_at_once_keep_it_once(store, monkeypatch):
    day, known = date(YEAR, 3, 20), summaries.cells_known

    def beaten(session, **asked):
        monkeypatch.setattr("db.past.cells_known", known)
        keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
        return known(session, **asked)

    monkeypatch.setattr("db.past.cells_known", beaten)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    assert _done(store, Vintage(known_on=day)) == [500]


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_day_that_is_not_over_is_not_kept(store, ahead):
    with pytest.raises(ValueError, match="not over"):
        keep_past_day(store, notice_id=1, year=YEAR, known_on=clock.today() + timedelta(ahead))


def test_other_thresholds_make_past_days_anew_and_leave_what_was_published(store):
    day = date(YEAR, 3, 20)
    _freeze(store)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    settings.set_thresholds(store, by=people().member, rule=LightRule(amber_behind_permille=1))
    with store.read() as session:
        assert session.exec(select(PastDay)).all() == []
        assert session.exec(select(Task)).one().in_force
    assert _done(store, PUBLISHED) == [500]
