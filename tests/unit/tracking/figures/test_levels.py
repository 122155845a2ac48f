"""Level by level: whatever the tree, the lines of a level add up to the place above them."""

import pandas as pd
from hypothesis import given, strategies as st

from tracking.figures.cells import COUNTS
from tracking.figures.levels import cells_at, level_of

UNIT = 0
# Authority → its parent, an earlier one, so that there is no circle.
TREES = st.lists(st.integers(0, 30), min_size=1, max_size=12).map(
    lambda picks: {number: pick % number for number, pick in enumerate(picks, start=1)}
)


def cells_of_all(parents: dict[int, int], weights: list[int]) -> pd.DataFrame:
    keys = [UNIT, *parents]
    rows = [
        {"unit_id": key, "measure_id": 1, **dict.fromkeys(COUNTS, weights[place % len(weights)])}
        for place, key in enumerate(keys)
    ]
    return pd.DataFrame(rows)


@given(TREES, st.lists(st.integers(0, 50), min_size=1, max_size=5))
def test_the_lines_of_every_level_add_up_to_the_place_above(parents: dict[int, int], weights: list[int]):
    cells = cells_of_all(parents, weights)
    whole = cells_at(cells, parents, UNIT)
    assert whole["tasks"].sum() == cells["tasks"].sum()
    for place, parent in parents.items():
        above = cells_at(cells, parents, parent)
        line = above[above["unit_id"] == place]["tasks"].sum()
        assert cells_at(cells, parents, place)["tasks"].sum() == line
        beneath = {child for child, parent in parents.items() if parent == place}
        assert set(cells_at(cells, parents, place)["unit_id"]) == beneath | {place}


def test_who_is_elsewhere_or_in_a_circle_is_under_no_place():
    assert level_of({2: 1, 3: 2}, 1, 3) == 2
    assert level_of({2: 1}, 1, 1) == 1
    assert level_of({2: 1}, 1, 9) is None
    assert level_of({2: 3, 3: 2}, 1, 3) is None
