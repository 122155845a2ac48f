"""When a difficulty may be raised, and how long one is open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from tracking.difficulties import check_can_raise, days_open
from tracking.messages import Refusal

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


@dataclass
class Update:
    difficulties: str = "签证办理时间较长"
    submitted_at: datetime | None = NOON


@pytest.mark.parametrize(
    ("update", "open_already", "raised_before", "why"),
    [
        (Update(submitted_at=None), False, False, "报送后方可提请"),
        (Update(difficulties=" "), False, False, "没有填写"),
        (Update(), False, True, "重新提请"),
        (Update(), True, True, "重新提请"),
        (Update(), True, False, "已有未办结"),
    ],
)
def test_what_is_not_submitted_empty_or_raised_already_is_refused(update, open_already, raised_before, why):
    with pytest.raises(Refusal, match=why):
        check_can_raise(update, open_already=open_already, raised_before=raised_before)


def test_a_submitted_update_that_names_a_difficulty_may_be_raised():
    check_can_raise(Update(), open_already=False, raised_before=False)


def test_days_count_to_the_day_it_was_closed_or_to_today():
    raised_on, today = date(2026, 11, 2), date(2026, 11, 23)
    assert days_open(raised_on=raised_on, closed_on=None, today=today) == 21
    assert days_open(raised_on=raised_on, closed_on=date(2026, 11, 9), today=today) == 7
    assert days_open(raised_on=today, closed_on=None, today=today) == 0
