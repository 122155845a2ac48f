"""How many statements a report takes on its way: each is a trip to the database, and time in which nobody else writes."""

from datetime import date

import pytest

from db.store import Store
from db.updates import actions as updates, reviews
from tests.support.factories import (
    YEAR,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    signed_off,
    small_country,
)
from tests.support.statements import counted


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def test_reports_sent_in_and_accepted_by_one_click_take_the_statements_of_one(store: Store):
    first, *others = filed_plan(store, *(fair_task() for _ in range(6)))
    one = [signed_off(store, first, fairs_held(1))]
    many = [signed_off(store, key, fairs_held(1)) for key in others]
    cast = people()
    taken = []
    for update_ids in (one, many):
        with counted(store) as submitted:
            updates.submit_progress_updates(store, by=cast.officer, update_ids=update_ids)
        with counted(store) as ruled:
            reviews.accept_progress_updates(store, by=cast.member, update_ids=update_ids)
        taken.append((_apart_from_rows_kept(submitted), _apart_from_rows_kept(ruled)))
    for alone, together in zip(*taken, strict=True):
        assert together == alone < 56


def _apart_from_rows_kept(told: list[str]) -> int:
    """A review and a change of status are rows that nobody reads back: SQLite takes them one by one."""
    return len([statement for statement in told if not statement.startswith("INSERT INTO")])
