"""How much weight rests on which indicators, and what they count as on a day."""

from datetime import date
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.reference.levels import label_indicator
from db.store import Store
from db.traces.result_levels import levels_on, measured_weights_frame
from tests.support.factories import (
    FAIRS,
    NORTH,
    VISITORS,
    YEAR,
    at,
    fair_task,
    filed_plan,
    people,
    small_country,
    suspended,
    typed_task,
)
from tracking.validation import TargetDraft
from tracking.vocabulary import ResultLevel

TODAY, END = date(YEAR, 3, 20), date(YEAR, 12, 31)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def test_weights_are_by_unit_measure_and_indicator_and_interim_targets_count_once(store: Store):
    both = (TargetDraft(FAIRS, END, Decimal(4)), TargetDraft(VISITORS, END, Decimal(9)))
    tasks = filed_plan(
        store, fair_task(), fair_task(targets=both, weight_tenths=25), typed_task(2), fair_task()
    )
    suspended(store, tasks[3])
    frame = measured_weights_frame(store, NATION, notice_id=1, year=YEAR)
    rows = sorted(frame.itertuples(index=False, name=None))
    assert rows == [(NORTH, 1, FAIRS, 1, 10), (NORTH, 1, FAIRS, 2, 25), (NORTH, 1, VISITORS, 2, 25)]


def test_an_indicator_counts_as_what_its_label_of_the_day_says(store: Store):
    by = people().administrator
    label_indicator(store, by=by, indicator_id=FAIRS, level=ResultLevel.OUTPUT, from_on=TODAY)
    assert levels_on(store, on=TODAY) == {FAIRS: ResultLevel.OUTPUT}
    assert levels_on(store, on=date(YEAR, 3, 19)) == {}
