"""What an authority has put in place, and which actions are taken up."""

from datetime import date, timedelta

import pytest

from db.obligations.safeguards import action_coverage_frame, mechanisms_frame
from db.registers.actions import correct_entry
from db.store import Store
from tests.support.factories import (
    NORTH,
    SOUTH,
    YEAR,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
)
from tests.support.register_cases import ABROAD, MECHANISM, PRESS, add_registers, recorded
from tracking.permissions import Scope

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 1)):
        small_country(store)
        add_registers(store)
        yield


def _mechanism(number: str) -> dict:
    return {**MECHANISM, "document_number": number}


def test_the_current_version_of_the_mechanism_stands_and_a_missing_one_shows(store: Store):
    entry_id = recorded(store, people().officer, "coordination", _mechanism("1号"))
    correct_entry(store, by=people().officer, entry_id=entry_id, content=_mechanism("2号"))
    frame = mechanisms_frame(store, EVERYTHING, notice_id=1).set_index("authority_id")
    assert frame.loc[NORTH, "document_number"] == "2号"
    assert frame.loc[NORTH, "member_units"] == ""
    assert frame.loc[SOUTH, ["established_on", "member_units"]].tolist() == [None, None]


def test_registers_are_counted_by_authority(store: Store):
    recorded(store, people().officer, "cooperation", ABROAD)
    recorded(store, people().officer, "publicity", PRESS)
    frame = mechanisms_frame(store, EVERYTHING, notice_id=1).set_index("authority_id")
    columns = ["cooperation_mechanisms", "publicity_items"]
    assert frame.loc[NORTH, columns].tolist() == [1, 1]
    assert frame.loc[SOUTH, columns].tolist() == [0, 0]


def test_on_a_past_day_stands_what_had_been_recorded_by_its_end(store: Store):
    day, by = date(YEAR, 3, 10), people().officer
    with at(day):
        entry_id = recorded(store, by, "coordination", _mechanism("1号"))
        recorded(store, by, "cooperation", ABROAD)
    with at(day + timedelta(2)):
        correct_entry(store, by=by, entry_id=entry_id, content=_mechanism("2号"))
        recorded(store, by, "cooperation", ABROAD)
    for known_on, number, count in (
        (day - timedelta(1), None, 0),
        (day, "1号", 1),
        (day + timedelta(2), "2号", 2),
    ):
        frame = mechanisms_frame(store, EVERYTHING, notice_id=1, known_on=known_on).set_index("authority_id")
        north = frame.loc[NORTH]
        assert (north["document_number"], north["cooperation_mechanisms"]) == (number, count)


def test_an_action_of_a_past_day_counts_what_the_plans_said_then(store: Store):
    day = date(YEAR, 3, 10)
    with at(day):
        filed_plan(store, fair_task(measure_action_id=1))
    with at(day + timedelta(2)):
        asked = {"notice_id": 1, "year": YEAR, "measure_id": 1}
        for known_on, tasks in ((day - timedelta(1), 0), (day, 1), (None, 1)):
            frame = action_coverage_frame(store, EVERYTHING, **asked, known_on=known_on)
            assert frame["tasks"].tolist() == [tasks]


def test_nobody_reads_the_safeguards_of_others(store: Store):
    assert mechanisms_frame(store, THE_SOUTH, notice_id=1)["authority_id"].tolist() == [SOUTH]


def test_an_action_counts_the_tasks_in_force_that_take_it_up(store: Store):
    filed_plan(store, fair_task(measure_action_id=1), fair_task(title="再组织参展"))
    frame = action_coverage_frame(store, EVERYTHING, notice_id=1, year=YEAR, measure_id=1)
    assert frame[["number", "units", "tasks"]].values.tolist() == [[1, 1, 1]]
    unseen = action_coverage_frame(store, THE_SOUTH, notice_id=1, year=YEAR, measure_id=1)
    assert unseen["tasks"].tolist() == [0]
