"""When a task may be urged, at which level, and until when: hand-worked days."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tracking.messages import Refusal
from tracking.urging import (
    LastWindow,
    check_answer_by,
    check_can_issue,
    ground_of,
    is_unmet,
    next_level,
    usual_answer_by,
)
from tracking.vocabulary import SlipGround, SlipLevel, SlipStatus, TaskStatus

TODAY = date(2026, 11, 23)
# The third quarter was to be reported from 16 July, the day after the window before it closed.
WINDOW = LastWindow(awaited_from=date(2026, 7, 16), ends_on=date(2026, 9, 30))
ASKED = {"today": TODAY, "window": WINDOW}


@dataclass(frozen=True)
class Urged:
    in_force: bool = True
    status: TaskStatus = TaskStatus.IN_PROGRESS
    starts_on: date | None = date(2026, 1, 1)
    due_on: date | None = date(2026, 12, 31)
    red_on: date | None = date(2026, 12, 20)
    latest_permille: int = 600
    last_reported_on: date | None = date(2026, 10, 10)


@dataclass(frozen=True)
class Slip:
    level: SlipLevel
    status: SlipStatus
    answer_by: date


FINE = Urged()
LATE = replace(FINE, due_on=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("changed", "ground"),
    [
        ({}, None),
        ({"due_on": date(2026, 11, 22)}, SlipGround.OVERDUE),
        ({"due_on": TODAY}, None),
        ({"red_on": TODAY}, SlipGround.BEHIND),
        ({"red_on": date(2026, 11, 24)}, None),
        ({"red_on": None, "due_on": None}, None),
        ({"due_on": date(2026, 11, 22), "red_on": date(2026, 10, 1)}, SlipGround.OVERDUE),
        ({"last_reported_on": date(2026, 7, 15)}, SlipGround.SILENT),
        ({"last_reported_on": date(2026, 7, 16)}, None),
        ({"last_reported_on": None}, SlipGround.SILENT),
        ({"last_reported_on": None, "starts_on": date(2026, 9, 30)}, SlipGround.SILENT),
        ({"last_reported_on": None, "starts_on": date(2026, 10, 1)}, None),
        ({"last_reported_on": None, "starts_on": None}, None),
    ],
)
def test_a_task_is_urged_when_it_is_overdue_red_or_silent(changed, ground):
    assert ground_of(replace(FINE, **changed), **ASKED) is ground


@pytest.mark.parametrize(
    "changed",
    [
        {"status": TaskStatus.COMPLETED},
        {"status": TaskStatus.SUSPENDED},
        {"latest_permille": 1000},
        {"in_force": False},
    ],
)
def test_what_is_settled_is_not_urged_however_late(changed):
    task = replace(LATE, **changed)
    assert ground_of(task, **ASKED) is None
    with pytest.raises(Refusal, match=r"已完成|不符合"):
        check_can_issue(task, None, **ASKED)


def test_nobody_is_silent_before_the_first_window_is_over():
    assert ground_of(replace(FINE, last_reported_on=None), today=TODAY, window=None) is None


def _slip(level: SlipLevel, status: SlipStatus, answer_by: date = date(2026, 11, 22)) -> Slip:
    return Slip(level, status, answer_by)


def test_the_first_slip_is_blue_and_so_is_one_after_a_closed_one():
    assert next_level(None, TODAY) is SlipLevel.BLUE
    for status in (SlipStatus.MET, SlipStatus.WITHDRAWN, SlipStatus.ESCALATED):
        assert next_level(_slip(SlipLevel.RED, status), TODAY) is SlipLevel.BLUE


@pytest.mark.parametrize("status", [SlipStatus.ISSUED, SlipStatus.ACKNOWLEDGED, SlipStatus.ANSWERED])
def test_orange_follows_blue_and_red_follows_orange_the_day_after_it_went_unmet(status):
    assert next_level(_slip(SlipLevel.BLUE, status), TODAY) is SlipLevel.ORANGE
    assert next_level(_slip(SlipLevel.ORANGE, status), TODAY) is SlipLevel.RED
    with pytest.raises(Refusal, match="已是最高等级"):
        next_level(_slip(SlipLevel.RED, status), TODAY)
    for level in SlipLevel:
        with pytest.raises(Refusal, match="2026-11-23；期满未落实方可"):
            next_level(_slip(level, status, TODAY), TODAY)


def test_a_slip_goes_unmet_the_day_after_its_answer_was_due_unless_it_is_closed():
    assert is_unmet(_slip(SlipLevel.BLUE, SlipStatus.ANSWERED), TODAY)
    assert not is_unmet(_slip(SlipLevel.BLUE, SlipStatus.ANSWERED, TODAY), TODAY)
    assert not is_unmet(_slip(SlipLevel.BLUE, SlipStatus.MET), TODAY)


def test_one_rule_gives_level_and_ground_or_says_why_not():
    assert check_can_issue(LATE, None, **ASKED) == (SlipLevel.BLUE, SlipGround.OVERDUE)
    unmet = _slip(SlipLevel.BLUE, SlipStatus.ACKNOWLEDGED)
    assert check_can_issue(LATE, unmet, **ASKED) == (SlipLevel.ORANGE, SlipGround.OVERDUE)
    with pytest.raises(Refusal, match="不符合催办条件"):
        check_can_issue(FINE, unmet, **ASKED)


def test_an_answer_is_asked_by_tomorrow_at_the_earliest_and_within_ninety_days():
    for day in (date(2026, 11, 24), date(2027, 2, 21), usual_answer_by(TODAY)):
        check_answer_by(day, TODAY)
    for day in (TODAY, date(2027, 2, 22)):
        with pytest.raises(Refusal, match="2026-11-24 至 2027-02-21") as refused:
            check_answer_by(day, TODAY)
        assert refused.value.fields == ("answer_by",)
