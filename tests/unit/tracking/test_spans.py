from datetime import date

import pytest

from tracking.messages import Refusal
from tracking.spans import Span, span_of
from tracking.validation.days import FIRST_DAY

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("since", "until", "span"),
    [
        (None, None, Span(date(2026, 4, 20), TODAY)),
        (date(2026, 5, 1), None, Span(date(2026, 5, 1), TODAY)),
        (None, date(2026, 3, 31), Span(date(2026, 3, 1), date(2026, 3, 31))),
        (date.min, None, Span(FIRST_DAY, TODAY)),
        (date(2026, 1, 1), date(2026, 1, 2), Span(date(2026, 1, 1), date(2026, 1, 2))),
    ],
)
def test_what_is_not_given_is_up_to_today_and_a_month_back(since, until, span):
    assert span_of(since, until, today=TODAY) == span


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (TODAY, TODAY, "since"),
        (date(2026, 5, 2), date(2026, 5, 1), "since"),
        (date(2026, 5, 1), date(2026, 5, 21), "until"),
        (None, date.min, "since"),
    ],
)
def test_days_out_of_order_or_to_come_are_refused(since, until, field):
    with pytest.raises(Refusal) as refused:
        span_of(since, until, today=TODAY)
    assert refused.value.fields == (field,)
