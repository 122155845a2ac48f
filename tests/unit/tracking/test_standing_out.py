"""Which unchanged tasks call for a sentence."""

from datetime import date

import pytest

from tracking.standing_out import StandsOut, stands_out
from tracking.validation import MilestoneDraft
from tracking.vocabulary import Light

DAY = date(2026, 6, 30)
STEPS = (MilestoneDraft(1, "招展", date(2026, 6, 30), 500), MilestoneDraft(2, "开展", date(2026, 7, 1), 500))


@pytest.mark.parametrize(
    ("light", "reached", "why"),
    [
        (Light.RED, {1}, StandsOut.RED),
        (Light.AMBER, {1}, StandsOut.AMBER),
        (Light.GREEN, set(), StandsOut.MILESTONE_DUE),
        (Light.GREEN, {1}, None),
        (Light.GREY, {1, 2}, None),
    ],
)
def test_behind_or_with_a_milestone_due_a_task_stands_out(light, reached, why):
    assert stands_out(light, STEPS, reached, by=DAY) is why
