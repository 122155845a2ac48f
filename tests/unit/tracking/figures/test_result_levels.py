"""Shares of weight by activity, output and outcome."""

import pandas as pd
import pytest

from tracking.figures.result_levels import rests_on
from tracking.vocabulary import ResultLevel

COLUMNS = ["unit_id", "measure_id", "indicator_id", "parts", "weight_tenths"]


def test_the_weight_of_a_task_is_shared_among_its_indicators_and_the_rest_rests_on_steps():
    weights = pd.DataFrame(
        [(1, 1, 7, 1, 30), (1, 1, 7, 2, 20), (1, 1, 8, 2, 20), (1, 2, 9, 1, 10)], columns=COLUMNS
    )
    levels = {7: ResultLevel.ACTIVITY, 8: ResultLevel.OUTCOME}
    shares = rests_on(weights, levels, 100)
    assert shares == {"activity": 400, "outcome": 100, "unlabelled": 100, "steps": 400}
    assert sum(shares.values()) == pytest.approx(1000)


def test_what_has_no_share_is_not_named():
    weights = pd.DataFrame([(1, 1, 7, 1, 30)], columns=COLUMNS)
    assert rests_on(weights, {7: ResultLevel.OUTPUT}, 30) == {"output": 1000}
