"""Counts side by side, and ages in bands."""

import pandas as pd
import pytest

from tracking.oversight import AgeBand, age_band, side_by_side
from tracking.vocabulary import SlipLevel


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, AgeBand.FRESH), (7, AgeBand.FRESH), (8, AgeBand.WEEKS), (30, AgeBand.WEEKS), (31, AgeBand.LONG)],
)
def test_an_age_falls_into_its_band(days, band):
    assert age_band(days) is band


def test_counts_stand_side_by_side_in_the_order_in_which_they_come():
    lines = [(2, "南", SlipLevel.RED, 3), (1, "北", SlipLevel.BLUE, 1), (1, "北", SlipLevel.RED, 2)]
    frame = pd.DataFrame(lines, columns=["key", "name", "level", "slips"])
    wide = side_by_side(frame, SlipLevel, part="level", count="slips")
    assert wide.to_dict("records") == [
        {"key": 2, "name": "南", "blue": 0, "orange": 0, "red": 3},
        {"key": 1, "name": "北", "blue": 1, "orange": 0, "red": 2},
    ]
    assert side_by_side(frame.head(0), SlipLevel, part="level", count="slips").empty
