"""Days and years that cannot be meant: a slip of the hand is refused at its field."""

from datetime import date

import pytest

from tracking.messages import Refusal
from tracking.validation.days import FIRST_DAY, check_days, check_year, last_day

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize("day", [date.min, date(1949, 9, 30), date(2032, 1, 1), date.max])
def test_a_day_far_off_is_refused_at_its_field(day):
    with pytest.raises(Refusal) as refused:
        check_days(TODAY, starts_on=TODAY, ends_on=day)
    assert refused.value.fields == ("ends_on",)


def test_the_first_and_the_last_day_are_taken():
    check_days(TODAY, starts_on=FIRST_DAY, ends_on=last_day(TODAY))
    assert last_day(TODAY) == date(2031, 12, 31)


@pytest.mark.parametrize("year", [2021, 2031])
def test_a_year_near_this_one_is_taken(year):
    check_year(year, TODAY)


@pytest.mark.parametrize("year", [2000, 2020, 2032, 2100])
def test_a_year_far_off_is_refused(year):
    with pytest.raises(Refusal) as refused:
        check_year(year, TODAY)
    assert refused.value.fields == ("year",)
