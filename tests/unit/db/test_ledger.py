"""The ledger read in part: its first lines, and how many there are without reading them."""

from datetime import date

import pytest

from db.queries.ledger import ledger_counts, ledger_frame
from db.queries.scope import NATION
from db.store import Store
from tests.support.factories import (
    FIRST_QUARTER,
    SOUTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    small_country,
    typed_task,
)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def test_the_first_lines_are_those_of_the_whole_ledger(store: Store):
    first, _ = filed_plan(store, fair_task(), typed_task(2))
    accepted(store, first, fairs_held(3))
    whole = ledger_frame(store, NATION, period_id=FIRST_QUARTER)
    for count in (1, 2, 9):
        part = ledger_frame(store, NATION, period_id=FIRST_QUARTER, first=count)
        assert part.to_dict("records") == whole.head(count).to_dict("records")


def test_the_lines_are_counted_without_being_read(store: Store):
    filed_plan(store, fair_task(), typed_task(2))
    assert ledger_counts(store, NATION, period_id=FIRST_QUARTER) == (2, 1)
    assert ledger_counts(store, NATION, period_id=FIRST_QUARTER, measure_id=2) == (1, 1)
    assert ledger_counts(store, NATION, period_id=FIRST_QUARTER, unit_id=SOUTH) == (0, 0)
    assert ledger_counts(store, NATION, period_id=FIRST_QUARTER, region="华南") == (0, 0)
