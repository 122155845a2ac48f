"""What an authority has put in place, and which actions are taken up."""

from datetime import date, timedelta

import pytest

from db.obligations.safeguards import action_coverage_frame, mechanisms_frame
from db.store import Store
from db.tables import CooperationMechanism, CoordinationMechanism, Officer, PublicityItem
from tests.support.factories import (
    NORTH,
    SOUTH,
    YEAR,
    at,
    fair_task,
    filed_plan,
    small_country,
)
from tracking.permissions import Scope

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 1)):
        small_country(store)
        yield


def _record(store: Store, *rows) -> None:
    with store.write(None) as tx:
        for row in rows:
            tx.add(row)
        tx.audit("record", tx.load(Officer, 1))


def _mechanism(store: Store, number: str) -> CoordinationMechanism:
    return CoordinationMechanism(
        authority_id=NORTH,
        notice_id=1,
        established_on=date(YEAR, 1, 5),
        document_number=number,
        recorded_at=_now(store),
    )


def _now(store: Store):
    with store.write(None) as tx:
        tx.audit("look", tx.load(Officer, 1))
        return tx.now


def test_the_mechanism_recorded_last_stands_and_a_missing_one_shows(store: Store):
    _record(store, _mechanism(store, "1号"))
    _record(store, _mechanism(store, "2号"))
    frame = mechanisms_frame(store, EVERYTHING, notice_id=1).set_index("authority_id")
    assert frame.loc[NORTH, "document_number"] == "2号"
    assert frame.loc[SOUTH, "established_on"] is None


def test_registers_are_counted_by_authority_and_notice(store: Store):
    _record(
        store,
        CooperationMechanism(
            authority_id=NORTH,
            notice_id=1,
            partner_place="某国",
            partner_body="商会",
            recorded_at=_now(store),
        ),
        PublicityItem(
            authority_id=NORTH,
            notice_id=1,
            published_on=date(YEAR, 2, 1),
            channel="网站",
            title="报道",
            recorded_at=_now(store),
        ),
    )
    frame = mechanisms_frame(store, EVERYTHING, notice_id=1).set_index("authority_id")
    columns = ["cooperation_mechanisms", "publicity_items"]
    assert frame.loc[NORTH, columns].tolist() == [1, 1]
    assert frame.loc[SOUTH, columns].tolist() == [0, 0]


def test_on_a_past_day_stands_what_had_been_recorded_by_its_end(store: Store):
    day = date(YEAR, 3, 10)
    for number, recorded_on in (("1号", day), ("2号", day + timedelta(2))):
        with at(recorded_on):
            _record(store, _mechanism(store, number))
            entry = {"partner_place": "某国", "partner_body": "商会", "recorded_at": _now(store)}
            _record(store, CooperationMechanism(authority_id=NORTH, notice_id=1, **entry))
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
