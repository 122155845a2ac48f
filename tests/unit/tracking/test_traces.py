"""Figures taken apart, worked out by hand: two units, one with 600 of weight 1.0 and 2.0, one with 300 of 1.0."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.unit.tracking.frames import UNITS, cell, cells, cube
from tracking.figures.cells import COUNTS, cells_of
from tracking.figures.indicators import completion_by_measure, completion_by_unit
from tracking.traces import TracedFigure, explains, indicator_parts, task_parts, trace_parts, trace_units

CELLS = cells(
    cell(1, 11, 10, 10 * 600, 10 * 500, reported=1, red=1),
    cell(1, 12, 20, 20 * 900, 20 * 500, tasks=2, reported=1),
    cell(2, 11, 10, 10 * 300, 10 * 500, suspended=3),
)
EACH = completion_by_unit(cube(CELLS))
OWN = completion_by_measure(cube(CELLS[CELLS["unit_id"] == 1], UNITS[UNITS["unit_id"] == 1]))


def test_a_ratio_over_units_is_the_mean_of_the_units_with_tasks():
    trace = trace_units(EACH, TracedFigure.COMPLETION)
    assert trace.rows["value_permille"].tolist()[:2] == [800, 300], "(600 × 1 + 900 × 2) ÷ 3, and 300"
    assert (trace.numerator, trace.denominator, trace.value) == (1100, 2, 550)
    assert np.isnan(trace.rows["value_permille"].iloc[2]), "no tasks"
    assert trace.rows["completion_permille"].equals(trace.rows["value_permille"])


def test_a_ratio_of_a_unit_is_weight_by_weight():
    trace = trace_parts(OWN, TracedFigure.COMPLETION)
    assert trace.rows["product"].tolist() == [60, 180, 0], "weight 1.0 × 60 percent, 2.0 × 90 percent"
    assert trace.rows["weights"].tolist() == [1, 2, 0]
    assert (trace.numerator, trace.denominator, trace.value) == (24_000, 30, 800)


def test_counts_are_added_up_and_reported_units_are_counted():
    assert trace_units(EACH, TracedFigure.RED).value == 1
    assert trace_units(EACH, TracedFigure.SUSPENDED).value == 3
    reported = trace_units(EACH, TracedFigure.REPORTED)
    assert (reported.value, reported.denominator) == (1, 4), "one of four units has reported anything"
    own = trace_parts(OWN, TracedFigure.REPORTED)
    assert (own.value, own.denominator) == (2, 3), "of its tasks"


def test_where_nobody_has_tasks_there_is_nothing_to_divide():
    empty = completion_by_unit(cube(CELLS.iloc[:0]))
    assert trace_units(empty, TracedFigure.COMPLETION).value is None


FACTS = pd.DataFrame(
    {
        "unit_id": [1, 1],
        "measure_id": [11, 11],
        "weight_tenths": [10, 30],
        "completion_permille": [1200, 500],
        "expected_permille": [400, 400],
        "status": ["in_progress", "suspended"],
        "light": ["green", "suspended"],
        "reported": [True, False],
        "accepted": [True, False],
        "suspended": [False, True],
    }
)


def test_each_task_puts_in_what_its_cell_adds_up():
    parts = task_parts(FACTS)
    assert parts["done"].tolist() == [10_000, 0], "capped at the whole; suspended counts nowhere"
    assert parts["suspended"].tolist() == [0, 1]
    day = pd.Timestamp(2026, 6, 30).date()
    (whole,) = cells_of(FACTS, as_of_on=day)[list(COUNTS)].to_dict("records")
    assert parts[list(COUNTS)].sum().to_dict() == whole


def test_the_share_of_each_indicator_is_capped_where_there_are_several():
    actuals, targets = {1: Decimal(15), 2: Decimal(1)}, {1: Decimal(10), 2: Decimal(4)}
    assert indicator_parts(actuals, targets) == {1: 1000, 2: 250}
    assert indicator_parts(actuals, {1: Decimal(10)}) == {1: 1500}


@pytest.mark.parametrize(
    ("completion", "given", "explained"),
    [
        (1500, {"targets": {1: Decimal(10)}}, True),
        (750, {"targets": {1: Decimal(10)}}, False),
        (300, {"milestones": {1: 300, 2: 700}}, True),
        (700, {"milestones": {1: 300, 2: 700}}, False),
        (123, {}, True),
    ],
)
def test_a_plan_amended_since_may_not_explain_a_completion(completion, given, explained):
    asked = {"targets": {}, "milestones": {}, **given}
    actuals = {1: Decimal(15)}
    assert explains(completion, actuals=actuals, reached=frozenset({1}), **asked) is explained
