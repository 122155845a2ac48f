"""Fair comparison, worked out by hand: four units with 80, 60, 60 and 40 percent, and one without tasks."""

import numpy as np
import pandas as pd
import pytest

from tests.unit.tracking.frames import cell, cells, cube
from tracking.figures.cube import Cube
from tracking.messages import text
from tracking.peer_groups import by_measure, compared, places_of, why_withheld, with_unnamed, without_names
from tracking.site_settings import SiteSettings
from tracking.vocabulary import Language

OFF, ON = SiteSettings(), SiteSettings(ranking=True)
A, B, C, D, IDLE = 1, 2, 3, 4, 5


def _cells(*completions: int, reported: int = 5, measure_id: int = 1) -> pd.DataFrame:
    """A cell a unit with five tasks of weight 1.0, so Σ weight is 50 tenths."""
    return cells(
        *(
            cell(unit, measure_id, 50, 50 * permille, tasks=5, reported=reported)
            for unit, permille in enumerate(completions, start=1)
        )
    )


def _units(*ids: int) -> pd.DataFrame:
    names = [f"单位{number}" for number in ids]
    return pd.DataFrame({"unit_id": ids, "short_name": names, "name": names, "reports": True})


MEASURES = pd.DataFrame({"measure_id": [1, 2, 3], "number": [1, 2, 3]})
FOUR, FIVE_UNITS = _cells(800, 600, 600, 400), _units(A, B, C, D, IDLE)


def _cube(frame: pd.DataFrame, units: pd.DataFrame = FIVE_UNITS) -> Cube:
    return cube(frame, units, measures=MEASURES)


def test_the_gap_is_the_distance_to_the_median_of_the_units_with_tasks():
    found = compared(_cube(FOUR), OFF)
    assert (found.median_permille, found.counted) == (600, 4)
    assert found.units["gap_permille"].tolist()[:4] == [200, 0, 0, -200]
    assert np.isnan(found.units["gap_permille"].iloc[4]), "no tasks, no gap"


def test_positions_are_given_only_where_the_site_has_switched_them_on():
    off, on = compared(_cube(FOUR), OFF), compared(_cube(FOUR), ON)
    assert not off.ranked
    assert off.withheld is None
    assert off.units["place"].isna().all()
    assert on.ranked
    assert on.units["place"].tolist()[:4] == [1, 2, 2, 4]


def test_units_that_read_alike_share_a_place_and_the_next_counts_them_all():
    assert places_of([624.4, 624.0, 700.0, 100.0]) == [2, 2, 1, 4], "62.4 percent, both"
    assert places_of([624.6, 624.4]) == [1, 2], "62.5 and 62.4"
    assert str(places_of([500.0, np.nan])) == "[1.0, nan]"


def test_a_change_of_place_is_against_the_period_before():
    before = _cells(100, 300, 200, 400)
    changes = compared(_cube(FOUR), ON, before=_cube(before)).units["place_change"]
    assert changes.tolist()[:4] == [3, 0, 1, -3], "places were 4, 2, 3, 1"


def test_no_change_is_told_where_too_few_had_reported_before():
    before = _cells(100, 300, 200, 400, reported=3)
    found = compared(_cube(FOUR), ON, before=_cube(before))
    assert found.ranked
    assert found.units["place_change"].isna().all()
    assert compared(_cube(FOUR), ON).units["place_change"].isna().all(), "no period before"


@pytest.mark.parametrize(("reported", "given"), [(4, True), (3, False)])
def test_a_rank_is_withheld_while_less_than_the_share_has_reported(reported: int, given: bool):
    found = compared(_cube(_cells(800, 600, 600, 400, reported=reported)), ON)
    assert found.ranked is given, f"{reported} of 5 tasks each, 80 percent asked for"
    if not given:
        assert found.withheld is not None
        said = text(found.withheld.key, Language.ZH_CN, **found.withheld.values)
        assert "60.0%" in said
        assert "12 / 20" in said
        assert "80%" in said


def test_the_share_is_a_setting():
    half = SiteSettings(ranking=True, ranking_share=60)
    assert compared(_cube(_cells(800, 600, 600, 400, reported=3)), half).ranked


def test_a_share_just_missed_never_reads_as_reached():
    frame = pd.DataFrame(
        {"completion_permille": [1.0, 2.0, 3.0], "reported": [7999, 0, 0], "tasks": [10_000, 0, 0]}
    )
    withheld = why_withheld(frame, ON)
    assert withheld is not None
    assert withheld.values["share"] == "79.9"


def test_two_units_have_neither_median_nor_places():
    found = compared(_cube(_cells(800, 600)), ON)
    assert (found.median_permille, found.counted, found.ranked) == (None, 2, False)
    assert found.units["gap_permille"].isna().all()
    assert found.withheld is not None
    assert found.withheld.key == "comparison.withheld_few"


def test_each_measure_is_compared_for_itself():
    both = pd.concat([FOUR, _cells(100, 200, 300, measure_id=2)])
    rows = by_measure(_cube(both), ON, A).to_dict("records")
    assert [(row["completion_permille"], row["gap_permille"], row["place"]) for row in rows[:2]] == [
        (800, 200, 1),
        (100, -100, 3),
    ]
    assert [row["counted"] for row in rows] == [4, 3, 0]
    assert np.isnan(rows[2]["completion_permille"])


def test_units_out_of_reach_lose_their_names_but_not_their_figures():
    hidden = without_names(FOUR, frozenset({B}))
    assert sorted(hidden["unit_id"]) == [-3, -2, -1, B]
    assert hidden[hidden["unit_id"] == -1]["done"].iloc[0] == 40_000, "counted down by completion"
    units = with_unnamed(_units(B), hidden, "其他单位")
    assert units["name"].tolist() == ["单位2", "其他单位", "其他单位", "其他单位"]
    found = compared(_cube(hidden, units), ON)
    assert found.median_permille == 600
    assert found.units.set_index("unit_id")["place"].to_dict() == {B: 2, -1: 1, -2: 2, -3: 4}
