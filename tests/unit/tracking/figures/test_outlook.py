from datetime import date
from decimal import Decimal

import pytest

from tracking.figures.outlook import outlook
from tracking.vocabulary import Light

SPAN = {"starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 31)}
HALF_BY_JUNE = [(1, date(2026, 6, 30), Decimal(5)), (1, date(2026, 12, 31), Decimal(10))]


def seen(completion: int, today: date = date(2026, 6, 30), *, requested: bool = False):
    return outlook(
        completion_permille=completion,
        completion_requested=requested,
        today=today,
        targets=HALF_BY_JUNE,
        **SPAN,
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


def test_completion_once_accepted_is_blue():
    assert seen(1000, requested=True).light is Light.BLUE


def test_a_task_that_is_reported_early_is_not_grey():
    assert seen(10, date(2025, 12, 1)).light is Light.GREEN
