"""Thresholds, once set, move every light at once."""

from datetime import date

import pytest

from db import clock
from db.figures.summaries import differences
from db.site.queries import thresholds
from db.store import Store
from db.tables import AuditEvent, SummaryCell, Task
from db.thresholds.actions import set_thresholds
from tests.support.factories import YEAR, accepted, at, fairs_held, filed_plan, people, small_country
from tests.support.trail import everything, only, refusal_of, row
from tracking.figures.lights import LightRule

DAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(DAY):
        small_country(store)
        yield


def _cell(store: Store) -> SummaryCell:
    return row(store, SummaryCell, (1, 1, 1))


def test_nobody_having_set_anything_the_defaults_hold(store):
    assert thresholds(store) == LightRule()


def test_thresholds_once_set_are_in_force_and_the_trail_says_what_was_before(store):
    rule = LightRule(50, 200, 7)
    set_thresholds(store, by=people().member, rule=rule)
    assert thresholds(store) == rule
    event = only(store, AuditEvent, action="set_thresholds")
    assert event.detail["before"]["amber_behind_permille"] == 100
    assert event.detail["after"] == {
        "amber_behind_permille": 50,
        "red_behind_permille": 200,
        "due_soon_days": 7,
    }


def test_stricter_thresholds_turn_lights(store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(1))
    before = _cell(store)
    assert (before.amber, before.red) == (1, 0)
    red_on = row(store, Task, task_id).red_on
    set_thresholds(store, by=people().member, rule=LightRule(20, 50, 14))
    after = _cell(store)
    assert (after.amber, after.red) == (0, 1)
    assert row(store, Task, task_id).red_on < red_on
    with store.read() as session:
        assert differences(session, known_at=clock.now()).empty


def test_thresholds_out_of_order_change_nothing(store):
    before = everything(store)
    refused = refusal_of(set_thresholds, store, by=people().member, rule=LightRule(300, 100, 99))
    assert refused.fields == ("red_behind_permille", "due_soon_days")
    assert everything(store) == before
