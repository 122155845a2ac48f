"""What becomes of a task in the next year's plan: every date by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tracking.next_year import gone_on_with, planned_again, year_later
from tracking.validation import MilestoneDraft, PlanFacts, TargetDraft, TaskDraft, check_task

TASK = TaskDraft(
    measure_id=1,
    title="组织参展",
    starts_on=date(2028, 2, 29),
    due_on=date(2028, 12, 31),
    goal="十场",
    targets=(
        TargetDraft(1, date(2028, 12, 31), Decimal(10)),
        TargetDraft(1, date(2028, 6, 30), Decimal(5)),
        TargetDraft(2, date(2028, 11, 30), Decimal(7)),
    ),
    milestones=(MilestoneDraft(1, "招展", date(2028, 2, 29), 1000),),
)
FACTS = PlanFacts(2029, {}, {1: 1, 2: 1})


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_day_moves_by_a_year(day, later):
    assert year_later(day) == later


def test_a_task_planned_again_is_a_year_later_and_asks_for_the_same():
    again = planned_again(TASK)
    assert (again.starts_on, again.due_on, again.goal) == (date(2029, 2, 28), date(2029, 12, 31), "十场")
    assert [target.due_on for target in again.targets] == [
        date(2029, 12, 31),
        date(2029, 6, 30),
        date(2029, 11, 30),
    ]
    assert [target.value for target in again.targets] == [Decimal(10), Decimal(5), Decimal(7)]
    assert again.milestones == (MilestoneDraft(1, "招展", date(2029, 2, 28), 1000),)
    assert check_task(again, FACTS, complete=False) == []


def test_a_task_that_goes_on_keeps_what_was_due_on_the_way():
    on = gone_on_with(TASK)
    assert (on.starts_on, on.due_on, on.goes_on) == (date(2028, 2, 29), date(2029, 12, 31), True)
    assert on.targets == (
        TargetDraft(1, date(2028, 6, 30), Decimal(5)),
        TargetDraft(1, date(2029, 12, 31), Decimal(10)),
        TargetDraft(2, date(2029, 12, 31), Decimal(7)),
    )
    assert on.milestones == TASK.milestones
    assert check_task(on, FACTS, complete=False) == []


def test_a_task_without_dates_goes_on_without():
    bare = TaskDraft(measure_id=1, title="组织参展", starts_on=None, due_on=None)
    assert planned_again(bare).due_on is gone_on_with(bare).due_on is None
