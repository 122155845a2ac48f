"""Figures that are kept as they were: published ones, and those of past days."""

from datetime import date, timedelta

import pandas as pd
import pytest
from sqlmodel import select

from db import clock, migrations
from db.authorities.scope import NATION
from db.corrections import actions as corrections
from db.figures import summaries
from db.figures.past import keep_past_day
from db.figures.queries import cells_frame, day_of_cells, trend_frame
from db.ledger.queries import ledger_frame
from db.periods import actions as periods
from db.plans import actions as plans, task_actions
from db.site.thresholds import read_light_rule
from db.store import NotFound, Store
from db.tables import PastDay, Task
from db.tasks.past_tasks import task_frame_at
from db.tasks.queries import TASK_COLUMNS, task_frame
from db.tasks.sheets import task_sheet, updates_frame
from db.thresholds import actions as thresholds
from db.traces.actuals import actuals_frame
from db.updates import reviews
from db.updates.task_updates import standing_report
from tests.conftest import lend
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    reported,
    small_country,
)
from tracking.figures.lights import LightRule
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope
from tracking.vocabulary import Light, UpdateStatus

DAY = date(YEAR, 4, 10)
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
    cells = cells.sort_values(["unit_id", "measure_id"])
    return (cells["done"] // cells["weight_tenths"]).tolist()


def _freeze(store: Store) -> None:
    member = people().member
    periods.close_period(store, by=member, period_id=FIRST_QUARTER)
    periods.freeze_period(store, by=member, period_id=FIRST_QUARTER)


def _correct(store: Store) -> None:
    cast, figures = people(), fairs_held(4)
    correction_id = corrections.propose_correction(
        store, by=cast.officer, update_id=1, figures=figures, reason="多报一场"
    )
    corrections.sign_correction(store, by=cast.signatory, correction_id=correction_id)
    corrections.approve_correction(store, by=cast.member, correction_id=correction_id)


def test_what_was_published_stays_whatever_is_corrected_later(store):
    _freeze(store)
    _correct(store)
    assert (_done(store, NEWEST), _done(store, PUBLISHED)) == ([400], [500])
    published = cells_frame(store, NATION, period_id=FIRST_QUARTER, vintage=PUBLISHED)
    assert day_of_cells(published) == date(YEAR, 3, 31)


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
    monkeypatch.setattr("db.figures.past.known_at_instant", lambda *_, **__: pytest.fail("read again"))
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)


def test_two_who_ask_for_a_day_at_once_keep_it_once(store, monkeypatch):
    day, known = date(YEAR, 3, 20), summaries.known_at_instant

    def beaten(session, **asked):
        monkeypatch.setattr("db.figures.past.known_at_instant", known)
        keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
        return known(session, **asked)

    monkeypatch.setattr("db.figures.past.known_at_instant", beaten)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    assert _done(store, Vintage(known_on=day)) == [500]


def test_a_day_read_under_thresholds_that_hold_no_longer_is_read_again(store, monkeypatch):
    day, known, read_under = date(YEAR, 3, 20), summaries.known_at_instant, []
    rule = LightRule(amber_behind_permille=1)

    def changed(session, **asked):
        read_under.append(read_light_rule(session))
        if len(read_under) == 1:
            thresholds.set_thresholds(store, by=people().member, rule=rule)
        return known(session, **asked)

    monkeypatch.setattr("db.figures.past.known_at_instant", changed)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    assert read_under == [LightRule(), rule]
    assert _done(store, Vintage(known_on=day)) == [500]


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_day_that_is_not_over_is_not_kept(store, ahead):
    with pytest.raises(ValueError, match="not over"):
        keep_past_day(store, notice_id=1, year=YEAR, known_on=clock.today() + timedelta(ahead))


def test_other_thresholds_make_past_days_anew_and_leave_what_was_published(store):
    day = date(YEAR, 3, 20)
    _freeze(store)
    keep_past_day(store, notice_id=1, year=YEAR, known_on=day)
    thresholds.set_thresholds(store, by=people().member, rule=LightRule(amber_behind_permille=1))
    with store.read() as session:
        assert session.exec(select(PastDay)).all() == []
        assert session.exec(select(Task)).one().in_force
    assert _done(store, PUBLISHED) == [500]


@pytest.fixture
def moved(store):
    """Since then: the update is reopened and reported anew, the task amended, another one added."""
    cast = people()
    reviews.reopen_progress_update(store, by=cast.member, update_id=1, reason="多报")
    accepted(store, 1, fairs_held(4))
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=1, reason="调整")
    draft = fair_task(title="组织线上参展", measure_id=2, targets=())
    task_actions.add_task(store, by=cast.officer, revision_id=revision_id, draft=draft)
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id)
    return store


THEN, BEFORE = date(YEAR, 3, 15), date(YEAR, 3, 14)


def test_the_tasks_of_a_past_day_stand_as_they_stood(moved):
    asked = {"notice_id": 1, "year": YEAR}
    now = task_frame_at(moved, NATION, known_on=None, **asked)
    then = task_frame_at(moved, NATION, known_on=THEN, **asked)
    assert now["completion_permille"].tolist() == [400, 0]
    assert then["completion_permille"].tolist() == [500]
    assert then["last_reported_on"].tolist() == [THEN]
    assert then["deviation_permille"].tolist() == (500 - then["expected_permille"]).tolist()
    assert list(then.columns) == list(TASK_COLUMNS)
    assert task_frame_at(moved, NATION, known_on=BEFORE, **asked).empty
    assert task_frame_at(moved, NATION, known_on=THEN, light=Light.RED, **asked).empty
    assert task_frame_at(moved, NATION, known_on=THEN, measure_id=2, **asked).empty


def test_the_light_of_a_past_day_is_the_one_the_page_showed_that_day(databases, tmp_path):
    for store in lend(databases, databases.fresh(one_task, tmp_path / "data")):
        shown = {}
        for day in (THEN, date(YEAR, 5, 1), date(YEAR, 12, 20), date(YEAR + 1, 1, 5)):
            with at(day):
                shown[day] = task_frame(store, NATION, notice_id=1, year=YEAR)
        with at(date(YEAR + 1, 2, 1)):
            for day, frame in shown.items():
                then = task_frame_at(store, NATION, known_on=day, notice_id=1, year=YEAR)
                pd.testing.assert_frame_equal(then, frame, check_dtype=False, check_categorical=False)


def test_the_ledger_of_a_past_day_has_its_lines_texts_and_states(moved):
    now = ledger_frame(moved, NATION, period_id=FIRST_QUARTER)
    then = ledger_frame(moved, NATION, period_id=FIRST_QUARTER, vintage=Vintage(known_on=THEN))
    assert now["completed_value"].tolist() == ["展会4场", ""]
    assert then["completed_value"].tolist() == ["展会5场"]
    assert then["review_status"].tolist() == [UpdateStatus.ACCEPTED]
    assert then["progress"].tolist() == ["已办5场"]
    assert then["quarter_nodes"].tolist() == ["2026-06-30 展会5场；2026-12-31 展会10场"]
    assert ledger_frame(moved, NATION, period_id=FIRST_QUARTER, vintage=Vintage(known_on=BEFORE)).empty


def test_the_published_ledger_is_that_of_the_freezing(store):
    _freeze(store)
    with at(DAY, hour=11):
        _correct(store)
        assert ledger_frame(store, NATION, period_id=FIRST_QUARTER)["completion"].tolist() == [40]
        published = ledger_frame(store, NATION, period_id=FIRST_QUARTER, vintage=PUBLISHED)
        assert published["completion"].tolist() == [50]
        newest = ledger_frame(store, NATION, period_id=SECOND_QUARTER, vintage=PUBLISHED)
        assert newest["completion"].tolist() == [40]


def test_the_values_of_a_past_day_are_those_accepted_by_then(moved):
    asked = {"notice_id": 1, "year": YEAR, "measure_id": 1}
    assert actuals_frame(moved, NATION, **asked)["hundredths"].tolist() == [400]
    assert actuals_frame(moved, NATION, known_on=THEN, **asked)["hundredths"].tolist() == [500]
    assert actuals_frame(moved, NATION, known_on=BEFORE, **asked).empty


def test_the_sheet_of_a_past_day_says_what_the_plan_said(moved):
    assert task_sheet(moved, NATION, 1, THEN).row["completion_permille"] == 500
    for task_id, day in ((1, BEFORE), (2, THEN), (9, THEN)):
        with pytest.raises(NotFound):
            task_sheet(moved, NATION, task_id, day)
    assert standing_report(moved, NATION, task_id=1).actuals == {FAIRS: 4}
    assert standing_report(moved, NATION, task_id=1, known_on=THEN).actuals == {FAIRS: 5}
    assert standing_report(moved, NATION, task_id=1, known_on=BEFORE).actuals == {}


def test_an_update_of_a_past_day_does_not_know_what_became_of_it(moved):
    versions = updates_frame(moved, NATION, 1)
    assert versions["status"].tolist() == [UpdateStatus.ACCEPTED, UpdateStatus.RETURNED]
    (then,) = updates_frame(moved, NATION, 1, THEN).to_dict("records")
    assert (then["status"], then["returned_at"], then["reason"]) == (UpdateStatus.ACCEPTED, None, "")
    assert updates_frame(moved, NATION, 1, BEFORE).empty
    assert updates_frame(moved, NATION, 1, DAY)["status"].tolist() == versions["status"].tolist()


def test_an_update_that_waited_on_a_past_day_is_shown_waiting(store):
    waited = date(YEAR, 4, 5)
    with at(waited):
        update_id = reported(store, 1, fairs_held(6), SECOND_QUARTER)
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="补充")
    then = updates_frame(store, NATION, 1, waited)
    ledger = ledger_frame(store, NATION, period_id=SECOND_QUARTER, vintage=Vintage(known_on=waited))
    assert then["status"].tolist() == [UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED]
    assert ledger["review_status"].tolist() == [UpdateStatus.SUBMITTED]
