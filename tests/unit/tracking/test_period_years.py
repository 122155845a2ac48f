from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tracking.period_years import PeriodDates, check_dates, dates_of_year
from tracking.periods import CYCLES

SECOND = PeriodDates(
    2026, 2, "quarter", date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 21), date(2026, 7, 15)
)


def _faults(dates, *others):
    return [
        (problem.field, problem.message.key.removeprefix("period_action."))
        for problem in check_dates(dates, others)
    ]


@pytest.mark.parametrize("cycle", CYCLES)
def test_the_periods_of_a_year_cover_it_day_by_day(cycle):
    periods = dates_of_year(2028, cycle)
    assert (periods[0].starts_on, periods[-1].ends_on) == (date(2028, 1, 1), date(2028, 12, 31))
    for earlier, later in pairwise(periods):
        assert later.starts_on.toordinal() == earlier.ends_on.toordinal() + 1


def test_february_ends_when_it_does():
    assert dates_of_year(2028, "month")[1].ends_on == date(2028, 2, 29)
    assert dates_of_year(2027, "month")[1].ends_on == date(2027, 2, 28)


def test_a_quarter_is_reported_around_its_last_day():
    assert dates_of_year(2026, "quarter")[1] == SECOND


@pytest.mark.parametrize("cycle", CYCLES)
def test_proposed_periods_have_no_fault_beside_each_other(cycle):
    periods = dates_of_year(2026, cycle)
    for period in periods:
        assert _faults(period, *(other for other in periods if other != period)) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"cycle": "week"}, ("cycle", "unknown_cycle")),
        ({"number": 5}, ("number", "number_range")),
        ({"number": 0}, ("number", "number_range")),
        ({"starts_on": date(2025, 12, 31)}, ("starts_on", "outside_year")),
        ({"ends_on": date(2027, 1, 1)}, ("starts_on", "outside_year")),
        ({"ends_on": date(2026, 3, 31)}, ("ends_on", "ends_before_start")),
        ({"opens_on": date(2026, 3, 31)}, ("opens_on", "opens_before_start")),
        ({"closes_on": date(2026, 6, 20)}, ("closes_on", "closes_before_open")),
    ],
)
def test_a_fault_of_a_period_is_told_beside_its_field(changed, fault):
    assert _faults(replace(SECOND, **changed)) == [fault]


def test_every_fault_is_told_at_once():
    wrong = replace(SECOND, number=9, ends_on=date(2026, 3, 1), closes_on=date(2026, 1, 1))
    assert [field for field, _ in _faults(wrong)] == ["number", "ends_on", "closes_on"]


def test_a_number_is_taken_once_a_year():
    assert _faults(SECOND, SECOND) == [("number", "number_taken")]
    assert _faults(SECOND, dates_of_year(2025, "quarter")[1]) == []


def test_a_year_has_one_cycle():
    may = replace(SECOND, number=1, cycle="month", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    assert _faults(SECOND, may) == [("cycle", "other_cycle")]


def test_no_day_is_observed_twice():
    first = replace(SECOND, number=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 4, 1))
    assert _faults(SECOND, first) == [("starts_on", "overlaps")]
    assert _faults(SECOND, replace(first, ends_on=date(2026, 3, 31))) == []


def test_periods_stand_in_the_order_of_their_numbers():
    third = replace(SECOND, number=3, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    assert _faults(SECOND, third) == [("starts_on", "overlaps")]
