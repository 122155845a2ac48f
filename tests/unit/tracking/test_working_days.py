"""When people may be written to."""

from datetime import date, datetime

import pytest

from tracking.working_days import AnnouncedYear, CalendarSource, WorkingDays

KEPT = WorkingDays()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 2, 17), False),  # the first day of the lunar year, a Tuesday
        (date(2026, 2, 14), True),  # a Saturday worked in exchange
        (date(2026, 2, 28), True),  # another
        (date(2026, 2, 23), False),  # the Monday before, still off
        (date(2026, 9, 20), True),  # a Sunday worked for National Day
        (date(2026, 10, 1), False),
    ],
)
def test_the_working_days_are_those_that_were_announced(day: date, works: bool):
    assert KEPT.is_working_day(day) is works
    assert not KEPT.is_estimated(day.year)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),
        (date(2027, 1, 4), True),
        (date(2027, 1, 9), False),  # an ordinary Saturday
        (date(2027, 2, 4), True),
        (date(2027, 2, 5), False),  # a Friday, the last day of the lunar year
        (date(2027, 2, 6), False),  # the first of the new one, a Saturday
        (date(2027, 2, 7), False),
        (date(2027, 2, 8), False),  # the third, a Monday
        (date(2027, 2, 9), False),  # for the Saturday
        (date(2027, 2, 10), False),  # for the Sunday
        (date(2027, 2, 15), True),
        (date(2027, 4, 5), False),  # 清明
        (date(2027, 5, 3), False),  # for Labour Day, a Saturday
        (date(2027, 6, 9), False),  # 端午
        (date(2027, 9, 15), False),  # 中秋
        (date(2027, 9, 30), True),
        (date(2027, 10, 1), False),
        (date(2027, 10, 5), False),  # for 3 October, a Sunday
        (date(2027, 10, 11), True),
        (date(2099, 10, 1), False),
        (date(2150, 10, 4), False),  # a Sunday, beyond every table
        (date(2150, 10, 5), True),
    ],
)
def test_a_year_that_nobody_has_announced_is_estimated_and_says_so(day: date, works: bool):
    assert KEPT.is_working_day(day) is works
    assert KEPT.is_estimated(day.year)


@pytest.mark.parametrize(
    ("hour", "minute", "may"), [(8, 59, False), (9, 0, True), (17, 29, True), (17, 30, False), (23, 0, False)]
)
def test_people_are_left_alone_outside_working_hours(hour: int, minute: int, may: bool):
    assert KEPT.may_disturb(datetime(2026, 11, 23, hour, minute)) is may  # noqa: DTZ001 -- a clock on a wall
    assert not KEPT.may_disturb(datetime(2026, 11, 22, hour, minute))  # noqa: DTZ001 -- as above


def test_a_year_that_was_entered_goes_before_everything_else():
    year = AnnouncedYear(
        off=frozenset({date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 5)}),
        worked=frozenset({date(2027, 2, 7)}),
    )
    entered = WorkingDays({2027: year})
    assert entered.source(2027) is CalendarSource.ENTERED
    assert entered.source(2026) is CalendarSource.PACKAGED
    assert not entered.is_working_day(date(2026, 12, 31))  # told by the notice of the year after
    assert entered.is_working_day(date(2027, 2, 7))
    assert entered.is_working_day(date(2027, 2, 8))  # off by the estimate
    assert entered.holidays(2027) == [
        (date(2027, 1, 1), date(2027, 1, 3)),
        (date(2027, 2, 5), date(2027, 2, 6)),
    ]
    assert entered.worked_weekends(2027) == [date(2027, 2, 7)]
