from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracking.figures.expected import expected_line
from tracking.figures.lights import delay_counts_from, light_of, turning_days
from tracking.moves.comparison import (
    Dates,
    Goals,
    Move,
    changes_light,
    effective_delay,
    moves_between,
    reductions_between,
)
from tracking.vocabulary import Light, MoveCause, MoveKind, TaskStatus

JANUARY, JUNE, AUGUST, DECEMBER = date(2026, 1, 1), date(2026, 6, 30), date(2026, 8, 31), date(2026, 12, 31)
BASELINE = Dates(
    JANUARY, JUNE, (("招展", date(2026, 3, 1)), ("开展", date(2026, 5, 1))), (("展会 5 场", JUNE),)
)
SEVERITY = {Light.GREEN: 0, Light.AMBER: 1, Light.RED: 2}


def test_what_stays_was_not_moved():
    assert moves_between(BASELINE, BASELINE) == []


def test_a_task_s_own_dates_are_told_with_the_days_between():
    moved = Dates(date(2026, 2, 1), AUGUST, BASELINE.milestones, BASELINE.targets)
    assert moves_between(BASELINE, moved) == [
        Move(MoveKind.START, "", JANUARY, date(2026, 2, 1)),
        Move(MoveKind.DUE, "", JUNE, AUGUST),
    ]
    assert [move.days for move in moves_between(BASELINE, moved)] == [31, 62]
    assert [move.days for move in moves_between(moved, BASELINE)] == [-31, -62]


def test_milestones_and_targets_are_known_by_their_names_wherever_they_stand():
    moved = Dates(
        JANUARY, JUNE, (("开展", date(2026, 5, 11)), ("招展", date(2026, 3, 1))), (("展会 5 场", AUGUST),)
    )
    assert moves_between(BASELINE, moved) == [
        Move(MoveKind.MILESTONE, "开展", date(2026, 5, 1), date(2026, 5, 11)),
        Move(MoveKind.TARGET, "展会 5 场", JUNE, AUGUST),
    ]


def test_one_that_was_renamed_is_known_by_its_place():
    renamed = Dates(
        JANUARY, JUNE, (("招展", date(2026, 3, 1)), ("开幕", date(2026, 5, 21))), BASELINE.targets
    )
    assert moves_between(BASELINE, renamed) == [
        Move(MoveKind.MILESTONE, "开幕", date(2026, 5, 1), date(2026, 5, 21))
    ]


def test_one_that_is_new_or_dropped_was_not_moved():
    dropped = Dates(JANUARY, JUNE, BASELINE.milestones[:1], BASELINE.targets)
    assert moves_between(BASELINE, dropped) == moves_between(dropped, BASELINE) == []


def test_two_of_one_name_are_told_apart_by_their_order():
    twice = [("调度", date(2026, 2, 1)), ("调度", date(2026, 4, 1))]
    later = [twice[0], ("调度", date(2026, 4, 8))]
    assert moves_between(Dates(JANUARY, JUNE, twice), Dates(JANUARY, JUNE, later)) == [
        Move(MoveKind.MILESTONE, "调度", date(2026, 4, 1), date(2026, 4, 8))
    ]


def test_a_plan_that_catches_up_with_a_ruling_moves_nothing_again():
    caught_up = Dates(JANUARY, AUGUST, BASELINE.milestones, BASELINE.targets)
    assert moves_between(BASELINE, caught_up, granted=[AUGUST]) == []
    assert moves_between(BASELINE, caught_up, granted=[DECEMBER])


def test_only_what_is_granted_changes_a_light():
    assert changes_light(MoveCause.EXTENSION)
    assert not changes_light(MoveCause.AMENDMENT)
    assert not changes_light(MoveCause.AMENDMENT, MoveKind.LOWERED)
    assert changes_light(MoveCause.AMENDMENT, MoveKind.LOWERED, granted=True)
    assert not changes_light(MoveCause.AMENDMENT, MoveKind.DUE, granted=True)


def test_a_goal_is_smaller_by_a_lower_target_one_that_is_gone_a_milestone_less_or_none_at_all():
    fairs, visits = ("展会", "场"), ("观众", "人次")
    filed = Goals({fairs: Decimal(10), visits: Decimal(1200)}, ["签约", "开工"])
    fewer = Goals({fairs: Decimal(8)}, ["开工"])
    assert reductions_between(filed, fewer) == [
        Move(MoveKind.LOWERED, part) for part in ("展会 10 → 8 场", "观众 1,200 → — 人次", "签约 → —")
    ]
    assert reductions_between(filed, None) == [Move(MoveKind.DROPPED, "")]
    assert reductions_between(fewer, filed) == []
    assert reductions_between(filed, replace(filed, milestones=["签约", "投产"])) == []  # renamed
    assert Move(MoveKind.LOWERED, "").days is None


@pytest.mark.parametrize(
    ("carried", "today", "finished", "delay"),
    [
        (JUNE, date(2026, 3, 1), None, 0),
        (JUNE, JUNE, None, 0),
        (AUGUST, date(2026, 3, 1), None, 62),  # moved by 62 days, whatever the light says
        (AUGUST, date(2026, 9, 10), None, 72),  # and ten days over that
        (AUGUST, date(2026, 9, 10), date(2026, 6, 20), 0),  # it was moved, but came in time
        (AUGUST, date(2026, 9, 10), date(2026, 7, 5), 5),
        (date(2026, 5, 31), date(2026, 5, 1), None, 0),  # brought forward
    ],
)
def test_delay_counts_from_the_baseline_whatever_was_moved(carried, today, finished, delay):
    assert effective_delay(JUNE, carried_due_on=carried, today=today, finished_on=finished) == delay


def light_on(day: date, completion: int, due_on: date) -> Light:
    turns = turning_days(expected_line(JANUARY, due_on), completion, due_on)
    return light_of(
        status=TaskStatus.IN_PROGRESS,
        today=day,
        starts_on=JANUARY,
        amber_on=turns.amber_on,
        red_on=turns.red_on,
        completion_permille=completion,
    )


days = st.dates(JANUARY + timedelta(30), date(2027, 12, 31))


@given(
    baseline=days,
    ruled=st.lists(days, max_size=3),
    amended=st.lists(days),
    today=days,
    completion=st.integers(0, 999),
)
def test_moving_dates_by_amendments_never_improves_a_light(baseline, ruled, amended, today, completion):
    moves = [*((MoveCause.EXTENSION, day) for day in ruled), *((MoveCause.AMENDMENT, day) for day in amended)]
    counted = delay_counts_from(baseline, [day for cause, day in moves if changes_light(cause)])
    unmoved = delay_counts_from(baseline, ruled)
    assert light_on(today, completion, counted) is light_on(today, completion, unmoved)
    assert effective_delay(baseline, carried_due_on=max([counted, *amended]), today=today) >= max(
        0, (today - baseline).days
    )


@given(baseline=days, later=st.integers(1, 400), today=days, completion=st.integers(0, 999))
def test_a_granted_extension_counts_from_exactly_the_date_ruled(baseline, later, today, completion):
    ruled = baseline + timedelta(later)
    counted = delay_counts_from(baseline, [ruled])
    assert counted == ruled
    assert SEVERITY[light_on(today, completion, counted)] <= SEVERITY[light_on(today, completion, baseline)]
    assert light_on(ruled + timedelta(1), completion, counted) is Light.RED
    assert turning_days(expected_line(JANUARY, counted), 999, counted).red_on == ruled + timedelta(1)
