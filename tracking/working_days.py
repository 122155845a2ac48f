"""When these offices work: the State Council's yearly notice, working hours, and an estimate for other years.

A year that an administrator has entered goes first. One kept calendar knows the years announced when it was made. For
any other year another one works out the statutory holidays, those of the lunar year included, with the days off for
those that fall on a weekend. Which weekends will be worked in exchange nobody can work out, so `is_estimated` tells
it, and whoever relies on it can say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import groupby

import chinese_calendar

# Hour and minute.
STARTS_AT, ENDS_AT = (9, 0), (17, 30)
_SATURDAY = 5


class CalendarSource(StrEnum):
    """How the working days of a year are known."""

    ENTERED = "entered"
    PACKAGED = "packaged"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class AnnouncedYear:
    """The days of a year's notice: `off` with their weekends, `worked` weekends in exchange.

    A notice may begin with the last days of the year before.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of the offices; `entered` are the years that an administrator has entered."""

    entered: Mapping[int, AnnouncedYear] = field(default_factory=dict)

    def source(self, year: int) -> CalendarSource:
        """How the working days of a year are known."""
        if year in self.entered:
            return CalendarSource.ENTERED
        return CalendarSource.PACKAGED if _is_packaged(year) else CalendarSource.ESTIMATED

    def is_estimated(self, year: int) -> bool:
        """Whether the working days of a year are only estimated."""
        return self.source(year) is CalendarSource.ESTIMATED

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on a day; make-up days for holidays count as working days."""
        for year in (self.entered.get(day.year), self.entered.get(day.year + 1)):
            if year and day in year.off | year.worked:
                return day in year.worked
        return self._is_working_day_else(day)

    def _is_working_day_else(self, day: date) -> bool:
        source = self.source(day.year)
        if source is CalendarSource.PACKAGED:
            return bool(chinese_calendar.is_workday(day))
        estimated = _estimated_holidays(day.year) if source is CalendarSource.ESTIMATED else ()
        return _in_the_week(day) and day not in estimated

    def may_disturb(self, at: datetime) -> bool:
        """Whether people may be messaged now: only within working hours, in office local time."""
        return self.is_working_day(at.date()) and STARTS_AT <= (at.hour, at.minute) < ENDS_AT

    def holidays(self, year: int) -> list[tuple[date, date]]:
        """First and last day of each run of days off that takes in more than a weekend."""
        runs = groupby(_days_of(year), self.is_working_day)
        off = [list(run) for works, run in runs if not works]
        return [(run[0], run[-1]) for run in off if any(map(_in_the_week, run))]

    def worked_weekends(self, year: int) -> list[date]:
        """The Saturdays and Sundays that are worked in exchange."""
        return [day for day in _days_of(year) if not _in_the_week(day) and self.is_working_day(day)]

    def words(self, year: int) -> tuple[str, str]:
        """The holidays and the worked weekends of a year, each in one line; "—" for none."""
        spans = (f"{first} — {last}" if first < last else f"{first}" for first, last in self.holidays(year))
        return "、".join(spans) or "—", "、".join(map(str, self.worked_weekends(year))) or "—"


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _in_the_week(day: date) -> bool:
    return day.weekday() < _SATURDAY


@cache
def _is_packaged(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _estimated_holidays(year: int) -> frozenset[date]:
    # Imports the calendars of every country: half a second, paid only for a year not yet announced.
    from holidays import country_holidays

    return frozenset(country_holidays("CN", years=year))
