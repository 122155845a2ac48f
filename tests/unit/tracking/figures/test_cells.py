from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, strategies as st

from tracking.figures.cells import CELL_COLUMNS, cells_of, expected_column, light_column, word_codes
from tracking.figures.expected import expected_line, expected_steps
from tracking.figures.lights import light_of
from tracking.vocabulary import Light, TaskStatus

TODAY = date(2026, 6, 30)
near = st.dates(TODAY - timedelta(3), TODAY + timedelta(3))
maybe = st.none() | near


def facts_of(*rows):
    columns = "unit_id measure_id weight_tenths completion_permille expected_permille status light reported accepted"
    return pd.DataFrame(rows, columns=columns.split())


def test_cells_by_hand():
    facts = facts_of(
        (7, 2, 10, 400, 500, "in_progress", "amber", True, True),
        (7, 2, 30, 1250, 500, "in_progress", "green", True, False),  # capped at 1000
        (7, 2, 50, 0, 900, "suspended", "suspended", True, True),  # counted apart only
        (7, 1, 20, 1000, 1000, "completed", "blue", False, False),
        (3, 2, 15, 0, 0, "not_started", "grey", False, False),
        (3, 1, 15, 100, 800, "in_progress", "red", False, False),
        (4, 1, 15, 100, 800, "suspended", "suspended", False, False),
    )
    cells = cells_of(facts, as_of_on=TODAY)
    assert tuple(cells.columns) == CELL_COLUMNS
    assert (cells["as_of_on"] == TODAY).all()
    assert cells.drop(columns="as_of_on").to_numpy().tolist() == [
        # unit, measure, tasks, weight, done, expected, reported, accepted, suspended, red, amber, green, blue, grey
        [3, 1, 1, 15, 1500, 12000, 0, 0, 0, 1, 0, 0, 0, 0],
        [3, 2, 1, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        [4, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
        [7, 1, 1, 20, 20000, 20000, 0, 0, 0, 0, 0, 0, 1, 0],
        [7, 2, 2, 40, 34000, 20000, 2, 1, 1, 0, 1, 1, 0, 0],
    ]


def test_no_facts_make_no_cells():
    assert cells_of(facts_of(), as_of_on=TODAY).empty


def test_words_are_found_as_text_and_as_categories():
    words = ["red", "grey", "mauve"]
    assert word_codes(pd.Series(words), tuple(Light)).tolist() == [0, 4, -1]
    other = pd.Categorical(words, categories=["grey", "red", "mauve"])
    assert word_codes(other, tuple(Light)).tolist() == [0, 4, -1]
    assert word_codes(pd.Categorical(["red", "blue"], categories=list(Light)), tuple(Light)).tolist() == [
        0,
        3,
    ]


tasks = st.tuples(st.sampled_from(TaskStatus), near, maybe, maybe, st.sampled_from([0, 1, 500, 1000, 1200]))


@given(st.lists(tasks, min_size=1, max_size=30))
def test_lights_of_columns_are_those_of_the_rule(rows):
    names = ["status", "starts_on", "amber_on", "red_on", "completion_permille"]
    columns = {name: [row[index] for row in rows] for index, name in enumerate(names)}
    one_by_one = [light_of(today=TODAY, **dict(zip(names, row, strict=True))) for row in rows]
    assert list(light_column(today=TODAY, **columns)) == one_by_one


spans = st.tuples(
    st.dates(TODAY - timedelta(80), TODAY + timedelta(20)),
    st.integers(0, 90),
    st.lists(
        st.tuples(st.dates(TODAY - timedelta(80), TODAY + timedelta(60)), st.integers(0, 1000)), max_size=4
    ),
)


@given(st.lists(st.tuples(st.sampled_from([expected_line, expected_steps]), spans), min_size=1, max_size=8))
def test_expected_progress_of_columns_is_that_of_the_line(rows):
    lines = [of(start, start + timedelta(span), interim) for of, (start, span, interim) in rows]
    points = [(row, *point) for row, line in enumerate(lines) for point in line.points[1:-1]]
    found = expected_column(
        day=TODAY,
        starts_on=[line.points[0][0] for line in lines],
        due_on=[line.points[-1][0] for line in lines],
        point_rows=[row for row, _, _ in points],
        point_days=[day for _, day, _ in points],
        point_permilles=[permille for _, _, permille in points],
    )
    assert found.tolist() == [line.at(TODAY) for line in lines]


counts = st.integers(1, 40)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), counts, st.integers(0, 1300)), max_size=30))
def test_cells_add_up_to_the_tasks_exactly(rows):
    facts = facts_of(
        *(
            (unit, measure, weight, done, 500, "in_progress", "green", False, False)
            for unit, measure, weight, done in rows
        )
    )
    cells = cells_of(facts, as_of_on=TODAY)
    assert cells["done"].sum() == sum(weight * min(done, 1000) for _, _, weight, done in rows)
    assert cells["tasks"].sum() == len(rows)
    assert cells["done"].dtype == np.int64
