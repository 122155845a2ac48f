from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.period_years import PeriodDates, check_dates, dates_of_year
from tracking.periods import CYCLES

QUARTERS = dates_of_year(2026, "quarter")
SECOND = QUARTERS[1]


def found(dates, others=()):
    return [
        (problem.field, problem.message.key.removeprefix("period_action."))
        for problem in check_dates(dates, others)
    ]


def test_a_quarter_is_observed_to_its_end_and_reported_around_it():
    assert (
        PeriodDates(
            2026, 2, "quarter", date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 21), date(2026, 7, 15)
        )
        == SECOND
    )


def test_february_of_a_leap_year_has_its_last_day():
    assert dates_of_year(2028, "month")[1].ends_on == date(2028, 2, 29)


@given(st.integers(2000, 2100), st.sampled_from(sorted(CYCLES)))
def test_the_periods_of_a_year_follow_one_another_without_gap_or_fault(year, cycle):
    periods = dates_of_year(year, cycle)
    assert (periods[0].starts_on, periods[-1].ends_on) == (date(year, 1, 1), date(year, 12, 31))
    for index, period in enumerate(periods):
        assert check_dates(period, periods[:index] + periods[index + 1 :]) == []
        if index:
            assert period.starts_on == periods[index - 1].ends_on + timedelta(1)


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"cycle": "week"}, [("cycle", "unknown_cycle")]),
        ({"number": 0}, [("number", "number_range")]),
        ({"number": 5}, [("number", "number_range")]),
        ({"starts_on": date(2025, 12, 31)}, [("starts_on", "outside_year")]),
        ({"ends_on": date(2026, 3, 31)}, [("ends_on", "ends_before_start")]),
        ({"opens_on": date(2026, 3, 31)}, [("opens_on", "opens_before_start")]),
        ({"closes_on": date(2026, 6, 20)}, [("closes_on", "closes_before_open")]),
    ],
)
def test_each_fault_of_a_period_is_found_at_its_field(changed, faults):
    assert found(replace(SECOND, **changed)) == faults


def test_within_a_year_periods_share_their_cycle_and_neither_number_nor_days():
    assert found(SECOND, [SECOND]) == [("number", "number_taken")]
    assert found(replace(SECOND, ends_on=date(2026, 7, 1)), QUARTERS[2:]) == [("starts_on", "overlaps")]
    assert found(SECOND, dates_of_year(2026, "half_year")[:1]) == [
        ("cycle", "other_cycle"),
        ("starts_on", "overlaps"),
    ]
    assert found(SECOND, dates_of_year(2025, "month")) == []
