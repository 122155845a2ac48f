"""When these offices work: the State Council's yearly notice, working hours, and an estimate for other years.

The kept calendar knows the years that the State Council has announced. For any other year weekends and the fixed
holidays stand in, and `is_estimated` tells it, so that whoever relies on it can say so.
"""

from datetime import date, datetime

import chinese_calendar

# Hour and minute.
STARTS_AT, ENDS_AT = (9, 0), (17, 30)
# Month and day of the holidays that fall on the same days every year: New Year, Labour Day, National Day.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the offices work on a day, days worked in exchange for a holiday included."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS


def is_estimated(year: int) -> bool:
    """Whether the working days of a year are estimated, since the kept calendar lacks them."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return True
    return False


def may_disturb(at: datetime) -> bool:
    """Whether people may be written to at this moment, told by the clock of the offices: in working hours only."""
    return is_working_day(at.date()) and STARTS_AT <= (at.hour, at.minute) < ENDS_AT
