"""The report page goes on by itself: after one task was handed over the next one opens."""

from datetime import date

import pytest

from db.store import Store
from tests.app.acting import press
from tests.app.conftest import Open
from tests.app.looping import OFFICER, every_word, items_of, person, typed


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


def _opened(seen) -> int:
    """The task in the address, which a test reads as a word or as a list of one."""
    asked = seen.query_params["task"]
    return int(asked if isinstance(asked, str) else asked[0])


def test_after_handing_over_the_next_open_task_opens_by_itself(open_page: Open, sample: Store):
    measured = next(item for item in items_of(sample, person(sample, OFFICER)) if item.facts.targets)
    numbers = [item.task.id for item in items_of(sample, person(sample, OFFICER))]
    seen = open_page("report", OFFICER, task=str(measured.task.id))
    stays = press(typed(seen, "本期进展", ""), "送审签")
    assert _opened(stays) == measured.task.id
    seen = press(typed(stays, "本期进展", "已办结两场"), "送审签")
    after = numbers[numbers.index(measured.task.id) + 1 :] + numbers
    assert _opened(seen) == after[0]
    assert "已送审签" in every_word(seen)
    seen = press(seen, "本期无变化")
    assert _opened(seen) == after[1]
