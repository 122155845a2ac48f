"""The rule of coverage, worked out by hand: four elements a cell, three ways a cell can stand."""

import pandas as pd
import pytest

from tracking.coverage import (
    COUNTS,
    Cover,
    Coverage,
    Element,
    cover_of,
    coverage_by_unit,
    coverage_cells,
    coverage_of,
    missing_of,
)

UNITS = pd.DataFrame({"unit_id": [1, 2], "short_name": ["北省", "南市"]})
LINES = pd.DataFrame({"line_id": [11, 12], "number": [1, 2], "short_title": ["展览", "平台"]})


def cells(*counts: tuple[int, ...]) -> pd.DataFrame:
    """Cells from (unit, line, tasks, open, overdue, vacant, targeted)."""
    frame = pd.DataFrame(counts, columns=["unit_id", "line_id", *COUNTS])
    return coverage_cells(frame, UNITS, LINES)


@pytest.mark.parametrize(
    ("counts", "lacks"),
    [
        ((2, 2, 0, 0, 1), []),
        ((2, 2, 1, 0, 1), [Element.DATE]),
        ((2, 2, 0, 1, 1), [Element.OFFICER]),
        ((2, 2, 0, 0, 0), [Element.INDICATOR]),
        ((2, 2, 1, 2, 0), [Element.DATE, Element.OFFICER, Element.INDICATOR]),
        ((2, 0, 0, 0, 2), []),
        ((0, 0, 0, 0, 0), [Element.TASK]),
    ],
    ids=["all", "date", "officer", "indicator", "only a task", "all completed", "no task"],
)
def test_a_cell_lacks_what_one_of_its_open_tasks_lacks(counts, lacks):
    cell = cells((1, 11, *counts)).iloc[0]
    assert missing_of(cell) == lacks
    assert cell["met"] == (0 if lacks == [Element.TASK] else 4 - len(lacks))


@pytest.mark.parametrize(
    ("met", "cover"),
    [(0, Cover.EMPTY), (1, Cover.PARTLY), (2, Cover.PARTLY), (3, Cover.PARTLY), (4, Cover.FULL)],
)
def test_only_all_four_elements_cover_a_cell(met, cover):
    assert cover_of(met) == cover


def test_every_unit_has_every_line_also_without_tasks():
    frame = cells((1, 12, 1, 1, 0, 0, 1))
    assert frame[["unit_id", "line_id", "met"]].to_numpy().tolist() == [
        [1, 11, 0],
        [1, 12, 4],
        [2, 11, 0],
        [2, 12, 0],
    ]


def test_cells_are_counted_and_their_share_is_in_tenths_of_a_percent():
    """One of four covered is 25.0 %, one partly covered, two empty."""
    found = coverage_of(cells((1, 11, 1, 1, 0, 0, 1), (2, 12, 1, 1, 0, 1, 0)))
    assert found == Coverage(cells=4, full=1, partly=1, empty=2)
    assert found.full_permille == 250
    assert Coverage(0, 0, 0, 0).full_permille == 0


def test_a_unit_is_told_what_its_cells_with_tasks_lack():
    frame = coverage_by_unit(cells((1, 11, 2, 2, 1, 1, 0), (1, 12, 1, 1, 0, 1, 1)))
    north, south = frame.to_dict("records")
    assert north == {
        "unit_id": 1,
        "short_name": "北省",
        "full": 0,
        "partly": 2,
        "empty": 0,
        "lacks_date": 1,
        "lacks_officer": 2,
        "lacks_indicator": 1,
    }
    assert (south["empty"], south["lacks_date"], south["lacks_officer"]) == (2, 0, 0)
