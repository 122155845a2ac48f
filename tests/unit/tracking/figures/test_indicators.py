import math
from statistics import mean, median

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from tests.unit.tracking.frames import MEASURES, UNITS, cell, cells, cube
from tracking.figures.axes import GROUPINGS, Axes
from tracking.figures.indicators import (
    completion_by_area,
    completion_by_measure,
    completion_by_region,
    completion_by_unit,
    headline,
    in_provinces,
    province_units,
    region_measure_matrix,
    trend_by_area,
    unit_tiles,
)
from tracking.figures.rollup import RATIOS, WHOLE
from tracking.vocabulary import Light

# Unit 1: 60.0 and 20.0 %, together (6000 + 6000) / (10 + 30) = 30.0 %. Unit 2: 80.0 %. Unit 3: 100.0 % and 50.0 %.
# Unit 4 has nothing but a suspended task.
CELLS = cells(
    cell(1, 11, 10, 6_000, 5_000, tasks=1, reported=1, accepted=1, amber=1),
    cell(1, 12, 30, 6_000, 15_000, tasks=3, reported=2, red=2, grey=1),
    cell(2, 11, 20, 16_000, 10_000, tasks=2, reported=2, green=2),
    cell(3, 11, 10, 10_000, 5_000, tasks=1, reported=1, blue=1),
    cell(3, 13, 20, 10_000, 10_000, tasks=2, reported=2, suspended=1, green=2),
    cell(4, 11, 0, 0, tasks=0, suspended=1),
)


def rows_of(frame, *columns):
    return [
        tuple(None if isinstance(value, float) and math.isnan(value) else value for value in row)
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]


def test_a_measure_is_the_mean_over_the_units_that_have_tasks_there():
    frame = completion_by_measure(cube(CELLS))
    assert rows_of(frame, "measure_id", "units", "units_complete", "units_total", "completion_permille") == [
        (11, 3, 3, 4, 800.0),  # (600 + 800 + 1000) / 3, never (6000 + 16000 + 10000) / 40
        (12, 1, 0, 4, 200.0),
        (13, 1, 1, 4, 500.0),
    ]
    assert rows_of(frame, "done", "weight_tenths", "completion_sum") == [
        (32_000, 40, 2400.0),
        (6_000, 30, 200.0),
        (10_000, 20, 500.0),
    ]
    assert rows_of(frame, "expected_permille", "deviation_permille", "median_permille")[0] == (
        500.0,
        300.0,
        800.0,
    )


def test_the_columns_of_a_roll_up_come_after_its_own():
    frame = completion_by_measure(cube(CELLS))
    assert tuple(frame.columns) == (*MEASURES.columns, *WHOLE, *RATIOS)
    assert (frame[list(WHOLE)].dtypes == np.int64).all()


def test_a_unit_in_a_key_area_is_weighed_over_its_tasks_there():
    frame = completion_by_area(cube(CELLS))
    assert rows_of(frame, "key_area_id", "units", "completion_permille", "median_permille") == [
        (91, 3, 700.0, 800.0),  # (300 + 800 + 1000) / 3
        (92, 1, 500.0, 500.0),
    ]
    assert frame["units_complete"].tolist() == [2, 1]  # unit 1 owes a report under measure 12


def test_each_unit_by_its_own_weights_and_a_unit_without_tasks_by_nothing():
    frame = completion_by_unit(cube(CELLS))
    assert rows_of(frame, "unit", "units", "units_total", "completion_permille", "suspended") == [
        ("甲", 1, 1, 300.0, 0),
        ("乙", 1, 1, 800.0, 0),
        ("丙", 1, 1, pytest.approx(666.667, abs=0.001), 1),
        ("丁", 0, 1, None, 1),
    ]


def test_tiles_have_the_authorities_that_do_not_report_too():
    frame = unit_tiles(cube(CELLS))
    assert rows_of(frame, "unit_id", "reports", "units_total", "completion_permille")[-1] == (
        5,
        False,
        0,
        None,
    )
    assert len(frame) == 5


def test_regions_are_means_over_their_units_in_either_grouping():
    seven = completion_by_region(cube(CELLS))
    assert rows_of(seven, "region", "units", "units_complete", "units_total", "completion_permille") == [
        ("北区", 1, 0, 2, 300.0),
        ("南区", 2, 2, 2, pytest.approx((800 + 20_000 / 30) / 2)),
    ]
    four = completion_by_region(cube(CELLS, grouping="region_four"))
    assert rows_of(four, "region", "units", "completion_permille") == [
        ("东部", 3, pytest.approx((300 + 800 + 20_000 / 30) / 3)),
        ("西部", 0, None),
    ]
    assert four["median_permille"].tolist()[0] == pytest.approx(20_000 / 30)


def test_the_matrix_has_every_region_and_measure():
    frame = region_measure_matrix(cube(CELLS))
    assert rows_of(
        frame, "region", "measure_number", "measure_short_title", "units", "completion_permille"
    ) == [
        ("北区", 1, "展览", 1, 600.0),
        ("北区", 2, "平台", 1, 200.0),
        ("北区", 3, "培训", 0, None),
        ("南区", 1, "展览", 2, 900.0),
        ("南区", 2, "平台", 0, None),
        ("南区", 3, "培训", 1, 500.0),
    ]


def test_the_headline_is_the_nation_with_its_change_and_its_lights():
    before = cells(cell(1, 11, 10, 3_000), cell(2, 11, 10, 5_000))
    found = headline(cube(CELLS), cube(before))
    assert found.completion_permille == pytest.approx((300 + 800 + 20_000 / 30) / 3)
    assert found.change_points == pytest.approx(((300 + 800 + 20_000 / 30) / 3 - 400) / 10)
    assert (found.units, found.units_complete, found.units_total) == (3, 2, 4)
    assert found.units_reported == 3, "one of them owes a report and has reported others"
    assert (found.tasks, found.suspended, found.done, found.weight_tenths) == (9, 2, 48_000, 90)
    assert found.lights == {
        Light.RED: 2,
        Light.AMBER: 1,
        Light.GREEN: 4,
        Light.BLUE: 1,
        Light.GREY: 1,
        Light.SUSPENDED: 2,
    }


def test_with_nothing_to_say_the_headline_says_none():
    found = headline(cube(cells()), cube(cells()))
    assert (found.completion_permille, found.expected_permille, found.change_points) == (None, None, None)
    assert (found.units, found.units_total) == (0, 4)
    assert headline(cube(CELLS), None).change_points is None
    assert headline(cube(CELLS), cube(cells())).change_points is None


def test_the_trend_has_a_line_a_key_area_through_every_period():
    later, earlier = CELLS.assign(period_id=78, number=2), CELLS[:1].assign(period_id=77, number=1)
    frame = trend_by_area(pd.concat([later, earlier], ignore_index=True), Axes(UNITS, MEASURES))
    assert rows_of(
        frame, "period_id", "number", "key_area_number", "key_area_title", "units", "completion_permille"
    ) == [
        (77, 1, 1, "贸易", 1, 600.0),
        (77, 1, 2, "服务", 0, None),
        (78, 2, 1, "贸易", 3, 700.0),
        (78, 2, 2, "服务", 1, 500.0),
    ]


def test_a_trend_of_no_periods_is_empty():
    assert trend_by_area(cells().assign(period_id=0, number=0), Axes(UNITS, MEASURES)).empty


def test_in_provinces_a_host_speaks_for_its_guest_as_well():
    provinces = province_units(UNITS)
    frame = completion_by_unit(cube(in_provinces(CELLS, UNITS), provinces))
    assert rows_of(frame, "unit", "weight_tenths", "done", "completion_permille") == [
        ("甲", 40, 12_000, 300.0),
        ("乙", 50, 36_000, 720.0),  # (16000 + 20000) / (20 + 30)
        ("丁", 0, 0, None),
    ]


def test_cells_of_an_unknown_unit_or_measure_are_a_fault():
    with pytest.raises(KeyError, match="99"):
        cube(cells(cell(99, 11, 10, 0)))
    with pytest.raises(KeyError, match="10"):
        cube(cells(cell(1, 10, 10, 0)))


def test_cells_of_a_unit_that_does_not_report_are_a_fault():
    with pytest.raises(KeyError, match="5"):
        cube(cells(cell(5, 11, 10, 0)))


def test_rows_of_one_place_add_up():
    twice = cube(cells(cell(1, 11, 10, 6_000), cell(1, 11, 30, 6_000)))
    assert rows_of(completion_by_unit(twice), "done", "weight_tenths", "completion_permille")[0] == (
        12_000,
        40,
        300.0,
    )


def test_under_one_measure_nothing_else_counts():
    frame = completion_by_unit(cube(CELLS).under(12))
    assert rows_of(frame, "unit", "tasks", "completion_permille") == [
        ("甲", 3, 200.0),
        ("乙", 0, None),
        ("丙", 0, None),
        ("丁", 0, None),
    ]


def test_with_no_units_there_is_nothing_to_say():
    nobody = cube(cells(), UNITS.head(0))
    assert headline(nobody, None).units_total == 0
    assert rows_of(completion_by_measure(nobody), "units", "completion_permille") == [(0, None)] * 3
    assert completion_by_unit(nobody).empty


def test_units_for_which_nothing_is_filed_are_without_a_plan():
    assert headline(cube(CELLS[:-1]), None).without_plan == (4,)
    assert headline(cube(CELLS), None).without_plan == (), "what is suspended has been filed"


some_cells = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 4]),
        st.sampled_from([11, 12, 13]),
        st.integers(0, 50),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    max_size=12,
    unique_by=lambda row: row[:2],
).map(lambda rows: cells(*(cell(u, m, w, w * d, w * e, tasks=int(w > 0)) for u, m, w, d, e in rows)))


@given(some_cells)
def test_the_sums_of_both_views_agree(frame):
    folded = completion_by_unit(cube(in_provinces(frame, UNITS), province_units(UNITS)))
    apart = completion_by_unit(cube(frame))
    for name in ("tasks", "weight_tenths", "done", "expected", "green"):
        assert folded[name].sum() == apart[name].sum() == frame[name].sum()


@given(some_cells, st.sampled_from(GROUPINGS))
def test_every_mean_and_median_is_that_of_its_units(frame, grouping):
    units = completion_by_unit(cube(frame))
    for row in completion_by_region(cube(frame, grouping=grouping)).itertuples():
        own = units.loc[units[grouping] == row.region, "completion_permille"].dropna().tolist()
        assert row.units == len(own)
        if own:
            assert row.completion_permille == pytest.approx(mean(own))
            assert row.median_permille == pytest.approx(median(own))
        else:
            assert math.isnan(row.completion_permille)
            assert math.isnan(row.median_permille)


@given(some_cells)
def test_completion_is_between_nothing_and_all_and_never_beyond_its_units(frame):
    values = completion_by_area(cube(frame))["completion_permille"].dropna()
    assert values.between(0, 1000 + 1e-9).all()
