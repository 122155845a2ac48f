"""What counts of one task, and for whom it is there."""

from datetime import date
from decimal import Decimal

import pytest

from db.store import NotFound, Store
from db.updates.task_updates import standing_report
from tests.support.factories import (
    FAIRS,
    SECOND_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    at,
    fairs_held,
    filed_plan,
    reported,
    small_country,
)
from tracking.permissions import Scope
from tracking.validation import UpdateDraft

EVERYTHING, THE_SOUTH = Scope(None), Scope(frozenset({SOUTH}))


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 1)):
        small_country(store)
        yield


def test_what_counts_of_a_task_is_its_latest_accepted_update(store: Store):
    (task_id,) = filed_plan(store)
    assert standing_report(store, EVERYTHING, task_id=task_id) == UpdateDraft()
    accepted(store, task_id, fairs_held(2))
    with at(date(YEAR, 5, 1)):
        reported(store, task_id, fairs_held(4), SECOND_QUARTER)
    assert standing_report(store, EVERYTHING, task_id=task_id).actuals == {FAIRS: Decimal(2)}


@pytest.mark.parametrize(("scope", "task_id"), [(THE_SOUTH, 1), (EVERYTHING, 999)])
def test_a_task_out_of_reach_is_not_there(store: Store, scope: Scope, task_id: int):
    filed_plan(store)
    with pytest.raises(NotFound):
        standing_report(store, scope, task_id=task_id)
