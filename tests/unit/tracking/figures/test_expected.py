from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracking.figures.expected import Schedule, expected_line, expected_steps, interim_points

START, DUE = date(2026, 1, 1), date(2026, 12, 31)

days = st.dates(date(2025, 12, 1), date(2027, 1, 31))
points = st.lists(st.tuples(days, st.integers(-100, 1200)), max_size=4)


@st.composite
def lines(draw):
    starts_on = draw(days)
    of = draw(st.sampled_from([expected_line, expected_steps]))
    shares = st.lists(st.tuples(days, st.integers(1, 600)), max_size=4)
    inner = draw(points if of is expected_line else shares)
    return of(starts_on, starts_on + timedelta(draw(st.integers(0, 500))), inner)


# A quarter of the work by the end of March, half by the end of June, the rest by the due day.
STEPS = [(date(2026, 6, 30), 250), (date(2026, 3, 31), 250), (DUE, 500)]


@pytest.mark.parametrize(
    ("day", "permille"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 2), 2),  # 1/364 = 2.7 permille, rounded down
        (date(2026, 7, 2), 500),  # 182/364
        (date(2026, 12, 30), 997),  # 363/364
        (date(2026, 12, 31), 1000),
        (date(2027, 5, 1), 1000),
    ],
)
def test_a_straight_line_from_start_to_due(day, permille):
    assert expected_line(START, DUE).at(day) == permille


def test_a_line_goes_through_its_interim_points():
    line = expected_line(date(2026, 1, 1), date(2026, 4, 11), [(date(2026, 1, 11), 500)])
    assert [line.at(date(2026, 1, day)) for day in (1, 6, 11)] == [0, 250, 500]
    assert line.at(date(2026, 1, 20)) == 550  # 500 + 500 × 9/90


def test_a_task_of_one_day_is_expected_whole_on_that_day():
    line = expected_line(START, START)
    assert (line.at(START - timedelta(1)), line.at(START)) == (0, 1000)
    assert line.first_day(1) == START


def test_a_point_outside_the_task_is_left_out_and_a_falling_one_is_raised():
    interim = [(START, 300), (date(2026, 4, 1), 400), (date(2026, 5, 1), 100), (DUE, 500)]
    assert expected_line(START, DUE, interim).points == (
        (START, 0),
        (date(2026, 4, 1), 400),
        (date(2026, 5, 1), 400),
        (DUE, 1000),
    )


def test_an_extension_takes_the_final_target_with_it():
    final = [(1, date(2026, 6, 30), Decimal(5)), (1, date(2026, 9, 30), Decimal(10))]
    extended = expected_line(START, DUE, interim_points(START, DUE, final))
    assert extended.points == ((START, 0), (date(2026, 6, 30), 500), (DUE, 1000))


def test_interim_targets_become_shares_of_the_final_target():
    targets = [
        (7, date(2026, 6, 30), Decimal(30)),
        (7, date(2026, 12, 20), Decimal(120)),
        (7, date(2026, 9, 30), Decimal(80)),
    ]
    assert interim_points(START, DUE, targets) == (
        (date(2026, 6, 30), 250),
        (date(2026, 9, 30), 666),
    )


def test_with_several_indicators_an_interim_point_is_the_mean_of_their_lines():
    targets = [
        (1, date(2026, 7, 2), Decimal(10)),
        (1, DUE, Decimal(50)),
        (2, DUE, Decimal(9)),
    ]
    assert interim_points(START, DUE, targets) == ((date(2026, 7, 2), 350),)  # (200 + 500) / 2


@pytest.mark.parametrize(
    ("day", "permille"),
    [
        (START, 0),
        (date(2026, 3, 30), 0),
        (date(2026, 3, 31), 250),
        (date(2026, 6, 29), 250),
        (date(2026, 6, 30), 500),
        (date(2026, 12, 30), 500),
        (DUE, 1000),
    ],
)
def test_a_task_with_milestones_is_to_have_reached_those_that_are_due_and_no_more(day, permille):
    assert Schedule(START, DUE, milestones=STEPS).line.at(day) == permille


def test_a_milestone_of_the_first_day_is_expected_on_it_and_one_after_the_due_day_when_the_task_is():
    line = Schedule(START, DUE, milestones=[(START, 400), (DUE + timedelta(9), 600)]).line
    assert [line.at(day) for day in (START - timedelta(1), START, DUE - timedelta(1), DUE)] == [
        0,
        400,
        400,
        1000,
    ]


def test_milestones_that_are_all_due_before_the_task_are_expected_whole_from_then_on():
    line = Schedule(START, DUE, milestones=[(date(2026, 3, 31), 700), (date(2026, 6, 30), 300)]).line
    assert [line.at(date(2026, 6, day)) for day in (29, 30)] == [700, 1000]
    assert line.first_day(701) == date(2026, 6, 30)


def test_an_extension_takes_the_last_step_with_it_and_leaves_the_others():
    extended = Schedule(START, date(2027, 3, 31), milestones=STEPS, planned_due_on=DUE).line
    days = (date(2026, 6, 30), DUE, date(2027, 3, 30), date(2027, 3, 31))
    assert [extended.at(day) for day in days] == [500, 500, 500, 1000]


def test_a_task_with_targets_is_counted_by_them_and_its_milestones_ask_nothing():
    schedule = Schedule(START, DUE, [(1, DUE, Decimal(10))], STEPS)
    assert schedule.line == Schedule(START, DUE).line == expected_line(START, DUE)


def test_a_task_without_interim_targets_has_no_interim_points():
    assert interim_points(START, DUE, []) == ()


@given(lines(), st.integers(-5, 1005))
def test_the_first_day_is_the_exact_inverse_of_the_line(line, permille):
    day = line.first_day(permille)
    if day is None:
        assert permille > 1000
    else:
        assert line.at(day) >= permille
        assert day == date.min or line.at(day - timedelta(1)) < permille


@given(lines(), days, st.integers(0, 200))
def test_a_line_never_falls(line, day, later):
    assert 0 <= line.at(day) <= line.at(day + timedelta(later)) <= 1000
