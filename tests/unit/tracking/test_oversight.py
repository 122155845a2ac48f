"""Counts side by side, and ages in bands."""

import pandas as pd

from tracking.oversight import AGE_BANDS, AgeBand, side_by_side
from tracking.vocabulary import SlipLevel


def test_every_band_of_age_has_a_later_last_day_than_the_one_before_and_the_last_has_none():
    bands, lasts = zip(*AGE_BANDS, strict=True)
    assert (bands, lasts) == (tuple(AgeBand), (7, 30, None))


def test_counts_stand_side_by_side_in_the_order_in_which_they_come():
    lines = [(2, "南", SlipLevel.RED, 3), (1, "北", SlipLevel.BLUE, 1), (1, "北", SlipLevel.RED, 2)]
    frame = pd.DataFrame(lines, columns=["key", "name", "level", "slips"])
    wide = side_by_side(frame, SlipLevel, part="level", count="slips")
    assert wide.to_dict("records") == [
        {"key": 2, "name": "南", "blue": 0, "orange": 0, "red": 3},
        {"key": 1, "name": "北", "blue": 1, "orange": 0, "red": 2},
    ]
    assert side_by_side(frame.head(0), SlipLevel, part="level", count="slips").empty
