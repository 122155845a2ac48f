"""When these offices work: the State Council's yearly notice, working hours, and an estimate for other years.

One kept calendar knows the years that have been announced. For any other year another one works out the statutory
holidays, those of the lunar year included, with the days off for those that fall on a weekend. Which weekends will be
worked in exchange nobody can work out, so `is_estimated` tells it, and whoever relies on it can say so.
"""

from datetime import date, datetime
from functools import cache

import chinese_calendar

# Hour and minute.
STARTS_AT, ENDS_AT = (9, 0), (17, 30)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether offices are open on a day; make-up days for holidays count as working days."""
    if is_estimated(day.year):
        return day.weekday() < _SATURDAY and day not in _estimated_holidays(day.year)
    return bool(chinese_calendar.is_workday(day))


@cache
def is_estimated(year: int) -> bool:
    """Whether the working days of a year are estimated because the bundled calendar does not have them yet."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return True
    return False


@cache
def _estimated_holidays(year: int) -> frozenset[date]:
    # Imports the calendars of every country: half a second, paid only for a year not yet announced.
    from holidays import country_holidays

    return frozenset(country_holidays("CN", years=year))


def may_disturb(at: datetime) -> bool:
    """Whether people may be messaged now: only within working hours, in office local time."""
    return is_working_day(at.date()) and STARTS_AT <= (at.hour, at.minute) < ENDS_AT
