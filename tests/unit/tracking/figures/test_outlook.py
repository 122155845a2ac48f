from datetime import date
from decimal import Decimal

import pytest

from tracking.figures.expected import Schedule
from tracking.figures.outlook import outlook
from tracking.vocabulary import Light

START, DUE = date(2026, 1, 1), date(2026, 12, 31)
HALF_BY_JUNE = Schedule(START, DUE, [(1, date(2026, 6, 30), Decimal(5)), (1, DUE, Decimal(10))])


def seen(completion: int, today: date = date(2026, 6, 30), *, requested: bool = False):
    return outlook(
        completion_permille=completion,
        completion_requested=requested,
        today=today,
        schedule=HALF_BY_JUNE,
    )


@pytest.mark.parametrize(
    ("completion", "light", "reason"),
    [
        (500, Light.GREEN, "light_reason.on_schedule"),
        (400, Light.AMBER, "light_reason.behind"),
        (199, Light.RED, "light_reason.behind"),
        (1000, Light.GREEN, "light_reason.finished"),
    ],
)
def test_the_light_is_that_of_the_interim_targets(completion, light, reason):
    found = seen(completion)
    assert (found.expected_permille, found.light, found.reason.key) == (500, light, reason)


def test_who_has_met_every_due_milestone_is_on_schedule():
    steps = Schedule(START, DUE, milestones=[(date(2026, 3, 31), 300), (date(2026, 9, 30), 700)])
    found = outlook(
        completion_permille=300, completion_requested=False, today=date(2026, 8, 31), schedule=steps
    )
    assert (found.expected_permille, found.light) == (300, Light.GREEN)
    assert found.reason.key == "light_reason.on_schedule"


def test_completion_once_accepted_is_blue():
    assert seen(1000, requested=True).light is Light.BLUE


def test_a_task_that_is_reported_early_is_not_grey():
    assert seen(10, date(2025, 12, 1)).light is Light.GREEN
