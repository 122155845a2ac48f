"""The notice that a thing opened by itself belongs to."""

from datetime import date

import pytest

from db.reference.notice_of import NARROWING, OPENED, notice_of, notices_of_measures
from db.store import Store
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
)
from tests.support.second_notice import Second, plan_under, second_notice

DAY = date(YEAR, 4, 2)
NOWHERE = 999


def fill(store: Store) -> None:
    """A task filed under each of two notices; that of the first is reported."""
    with at(DAY):
        small_country(store)
        (task_id,) = filed_plan(store, fair_task())
        reported(store, task_id, fairs_held(4))
        cast = {name: getattr(people(), name) for name in ("officer", "signatory", "member")}
        plan_under(store, second_notice(store, people().administrator), cast)


store = beginning(fill)


@pytest.fixture
def second() -> Second:
    return Second(notice_id=2, measure_id=4, indicator_id=3, period_id=3, year=YEAR)


def test_what_stands_under_a_plan_is_of_the_notice_of_that_plan(store: Store):
    for name in ("revision", "task"):
        assert [notice_of(store, name=name, key=key) for key in (1, 2)] == [1, 2], name
    assert notice_of(store, name="update", key=1) == 1


def test_a_period_a_measure_and_an_action_are_of_their_own_notice(store: Store, second: Second):
    asked = {"period": (FIRST_QUARTER, second.period_id), "measure": (1, second.measure_id)}
    for name, keys in asked.items():
        assert [notice_of(store, name=name, key=key) for key in keys] == [1, second.notice_id], name
    assert notice_of(store, name="action", key=1) == 1


@pytest.mark.parametrize("name", [*OPENED, *NARROWING])
def test_what_does_not_exist_is_of_no_notice(store: Store, name: str):
    assert notice_of(store, name=name, key=NOWHERE) is None


def test_every_measure_is_of_the_notice_in_whose_catalogue_it_stands(store: Store, second: Second):
    assert notices_of_measures(store) == {1: 1, 2: 1, 3: 1, second.measure_id: second.notice_id}
