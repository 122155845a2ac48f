from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from tracking.figures.expected import expected_line
from tracking.figures.lights import LightRule, delay_counts_from, light_of, light_reason, turning_days
from tracking.messages import text
from tracking.vocabulary import Language, Light, TaskStatus

# 100 days: one day of the line is 10 permille
START, DUE = date(2026, 1, 1), date(2026, 4, 11)
LINE = expected_line(START, DUE)
IN_PROGRESS = TaskStatus.IN_PROGRESS
SEVERITY = {Light.GREEN: 0, Light.AMBER: 1, Light.RED: 2}


def light_on(today, completion, status=IN_PROGRESS, *, line=LINE, starts_on=START, due_on=DUE):
    turns = turning_days(line, completion, due_on)
    return light_of(
        status=status,
        today=today,
        starts_on=starts_on,
        amber_on=turns.amber_on,
        red_on=turns.red_on,
        completion_permille=completion,
    )


def reason_on(today, completion, status=IN_PROGRESS, language=Language.ZH_CN):
    message = light_reason(
        light=light_on(today, completion, status),
        today=today,
        starts_on=START,
        due_on=DUE,
        completion_permille=completion,
        expected_permille=LINE.at(today),
    )
    return text(message.key, language, **message.values)


@pytest.mark.parametrize(
    ("day", "completion", "light"),
    [
        (0, 0, "green"),
        (9, 0, "green"),  # 9.0 points behind
        (10, 0, "amber"),  # 10.0 points behind
        (30, 0, "amber"),  # 30.0: not more than 30
        (31, 0, "red"),
        (59, 500, "green"),
        (60, 500, "amber"),
        (80, 500, "amber"),
        (81, 500, "red"),
        (85, 999, "green"),
        (86, 999, "amber"),  # 14 days before its due date
        (100, 999, "amber"),  # the due day itself is in time
        (101, 999, "red"),
        (400, 1000, "green"),  # finished in time or not, it is no longer behind
        (400, 1200, "green"),
    ],
)
def test_lights_by_hand(day, completion, light):
    assert light_on(START + timedelta(day), completion) == light


@pytest.mark.parametrize(
    ("status", "day", "completion", "light"),
    [
        (TaskStatus.NOT_STARTED, -1, 0, "grey"),
        (TaskStatus.NOT_STARTED, 0, 0, "green"),
        (TaskStatus.NOT_STARTED, -1, 10, "green"),
        (TaskStatus.NOT_STARTED, 50, 0, "red"),
        (IN_PROGRESS, -1, 0, "green"),
        (TaskStatus.COMPLETION_REQUESTED, 50, 0, "red"),
        (TaskStatus.COMPLETED, 500, 0, "blue"),
        (TaskStatus.SUSPENDED, 500, 0, "suspended"),
        (TaskStatus.SUSPENDED, -1, 0, "suspended"),
    ],
)
def test_status_comes_before_dates(status, day, completion, light):
    assert light_on(START + timedelta(day), completion, status) == light


def test_thresholds_are_settings():
    turns = turning_days(LINE, 200, DUE, LightRule(50, 100, 5))
    assert (turns.amber_on, turns.red_on) == (date(2026, 1, 26), date(2026, 2, 1))


def test_a_light_that_can_no_longer_fall_behind_turns_by_its_due_day_only():
    turns = turning_days(LINE, 950, DUE)
    assert (turns.amber_on, turns.red_on) == (DUE - timedelta(14), DUE + timedelta(1))


def test_a_due_day_at_the_end_of_time_turns_no_later():
    assert turning_days(LINE, 200, date.max).amber_on == turning_days(LINE, 200, DUE).amber_on
    assert turning_days(expected_line(DUE, date.max), 999, date.max).red_on == date.max


def test_delay_counts_from_the_baseline_unless_an_extension_was_granted():
    later = DUE + timedelta(30)
    assert delay_counts_from(DUE) == DUE
    assert delay_counts_from(DUE, [later, DUE + timedelta(10)]) == later


@pytest.mark.parametrize(
    ("status", "day", "completion", "sentence"),
    [
        (TaskStatus.COMPLETED, 50, 1000, "已办结销号。"),
        (TaskStatus.SUSPENDED, 50, 0, "任务已中止，不计入完成率。"),
        (TaskStatus.NOT_STARTED, -3, 0, "尚未到开始时间（2026-01-01）。"),
        (IN_PROGRESS, 50, 1000, "已达到年度目标，尚未办结。"),
        (IN_PROGRESS, 105, 877, "已过完成时限 5 天，距目标还差 12.3 个百分点。"),
        (IN_PROGRESS, 50, 100, "落后序时进度 40.0 个百分点。"),
        (IN_PROGRESS, 50, 377, "落后序时进度 12.3 个百分点。"),
        (IN_PROGRESS, 91, 900, "距完成时限 9 天。"),
        (IN_PROGRESS, 91, 700, "落后序时进度 21.0 个百分点，距完成时限 9 天。"),
        (IN_PROGRESS, 50, 495, "落后序时进度 0.5 个百分点。"),
        (IN_PROGRESS, 50, 515, "超过序时进度 1.5 个百分点。"),
        (IN_PROGRESS, 50, 500, "与序时进度一致。"),
    ],
)
def test_a_light_says_why_with_its_figures(status, day, completion, sentence):
    today = START + timedelta(day)
    assert reason_on(today, completion, status) == sentence
    assert reason_on(today, completion, status, Language.EN)


starts = st.dates(date(2025, 1, 1), date(2027, 1, 1))
spans = st.integers(0, 400)
completions = st.integers(0, 1100)
offsets = st.integers(-50, 500)


@given(starts, spans, offsets, completions, st.integers(0, 500))
def test_more_completion_never_worsens_a_light(starts_on, span, offset, completion, more):
    due_on = starts_on + timedelta(span)
    line, today = expected_line(starts_on, due_on), starts_on + timedelta(offset)
    before, after = (
        SEVERITY[light_on(today, permille, line=line, starts_on=starts_on, due_on=due_on)]
        for permille in (completion, completion + more)
    )
    assert after <= before


@given(starts, spans, offsets, completions, st.integers(0, 500))
def test_without_a_report_a_light_only_worsens_with_time(starts_on, span, offset, completion, later):
    due_on = starts_on + timedelta(span)
    line, today = expected_line(starts_on, due_on), starts_on + timedelta(offset)
    before, after = (
        SEVERITY[light_on(day, completion, line=line, starts_on=starts_on, due_on=due_on)]
        for day in (today, today + timedelta(later))
    )
    assert before <= after


@given(starts, spans, offsets, completions)
def test_the_turning_days_give_the_light_of_the_rule(starts_on, span, offset, completion):
    due_on = starts_on + timedelta(span)
    line, today = expected_line(starts_on, due_on), starts_on + timedelta(offset)
    behind = line.at(today) - completion
    if completion >= 1000:
        light = Light.GREEN
    elif today > due_on or behind > 300:
        light = Light.RED
    elif behind >= 100 or today >= due_on - timedelta(14):
        light = Light.AMBER
    else:
        light = Light.GREEN
    assert light_on(today, completion, line=line, starts_on=starts_on, due_on=due_on) == light
