"""A value that follows from level to level is what the report of the other level begins with: nobody types it again."""

from datetime import date
from decimal import Decimal

import pytest

from db.accounts.queries import identity_of
from db.authorities.scope import NATION
from db.hierarchy.levels import parents_on
from db.plans import actions as plans
from db.reference.actions import edit_indicator
from db.store import Store
from db.tables import Account, Task
from db.updates import reviews
from db.updates.queries import report_item
from tests.conftest import beginning
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    TOWN,
    YEAR,
    accepted,
    at,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tests.support.levels import Staff, plan_sent_up, report_sent_up, staffed
from tests.support.trail import last_event, only, refusal_of
from tracking.making import Making
from tracking.registers.feeding import Fed

DAY = date(YEAR, 3, 20)


def _fill(store: Store) -> None:
    with at(DAY):
        small_country(store)
        staffed(store, TOWN, "town")


store = beginning(_fill)


@pytest.fixture(autouse=True)
def _day(store: Store):
    with at(DAY):
        yield


def made(store: Store, making: Making) -> None:
    """Say how the fairs of a level follow from another."""
    asked = {"name": "展会", "unit": "场", "additive": making is not Making.AVERAGED, "headline": True}
    edit_indicator(store, by=people().administrator, indicator_id=FAIRS, **asked, making=making)


def town(store: Store) -> Staff:
    with store.read() as session:
        names = ("town.officer", "town.signatory")
        return Staff(*(identity_of(session, only(store, Account, sign_in_name=name)) for name in names))


def reported_by_town(store: Store, count: int) -> None:
    """The city's plan filed, and a report of it accepted."""
    plans.file_plan(store, by=people().member, revision_id=plan_sent_up(store, town(store)))
    sent = report_sent_up(store, town(store), only(store, Task, authority_id=TOWN).id, fairs_held(count))
    reviews.accept_progress_update(store, by=people().member, update_id=sent)


def fed(store: Store, task_id: int):
    return report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)


def test_the_province_begins_with_the_sum_of_its_cities(store: Store):
    made(store, Making.SUMMED)
    assert last_event(store).detail["changes"]["making"]["after"] == "summed"
    (task_id,) = filed_plan(store)
    assert fed(store, task_id).facts.fed == {}
    reported_by_town(store, 3)
    item = fed(store, task_id)
    assert item.facts.fed == {FAIRS: Fed(Decimal(3), 1, "", Making.SUMMED)}
    assert item.draft.actuals == {FAIRS: Decimal(3)}
    assert fed(store, only(store, Task, authority_id=TOWN).id).facts.fed == {}
    assert parents_on(store, on=DAY) == {TOWN: NORTH}


def test_what_is_entered_at_each_level_is_made_of_nothing(store: Store):
    (task_id,) = filed_plan(store)
    reported_by_town(store, 3)
    assert fed(store, task_id).facts.fed == {}
    refused = refusal_of(made, store, Making.SUMMED)
    assert refused.messages[0].key == "reference.indicator_in_use"


def test_an_average_is_of_the_newest_values(store: Store):
    made(store, Making.AVERAGED)
    (task_id,) = filed_plan(store)
    reported_by_town(store, 4)
    assert fed(store, task_id).facts.fed == {FAIRS: Fed(Decimal(4), 1, "", Making.AVERAGED)}


def test_the_city_takes_the_value_of_its_province(store: Store):
    made(store, Making.TAKEN_OVER)
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(5))
    plans.file_plan(store, by=people().member, revision_id=plan_sent_up(store, town(store)))
    item = fed(store, only(store, Task, authority_id=TOWN).id)
    assert item.facts.fed == {FAIRS: Fed(Decimal(5), 1, "", Making.TAKEN_OVER)}
    assert item.draft.actuals == {FAIRS: Decimal(5)}
    assert fed(store, task_id).facts.fed == {}


def test_a_sum_takes_nothing_from_the_level_above(store: Store):
    made(store, Making.SUMMED)
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(5))
    plans.file_plan(store, by=people().member, revision_id=plan_sent_up(store, town(store)))
    item = fed(store, only(store, Task, authority_id=TOWN).id)
    assert (item.facts.fed, item.draft.actuals) == ({}, {})
