"""The days and instants of sample history: office hours in Asia/Shanghai, nothing on or after today."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from db.clock import OFFICE_ZONE
from db.seed.draws import Draw

OPENS = time(9)
OFFICE_MINUTES = 8 * 60
# A year's work is wound up until this many days into the next; only then does the next year's begin.
DAYS_TO_WIND_UP = 45
# Before the end of the year, when hardly anything can fall due any more.
LAST_DAYS = 20


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days, both ends included; empty if the last is before the first."""

    first: date
    last: date

    def part(self, permille: int) -> date:
        """The day at this fraction of the span; the first day if empty."""
        return self.first + timedelta(max(0, (self.last - self.first).days) * permille // 1000)


def year_of(year: int) -> Days:
    """A calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def year_in_hand(today: date) -> int:
    """The plan year that offices are working on."""
    return (today - timedelta(DAYS_TO_WIND_UP)).year


def winds_up(today: date) -> bool:
    """Whether the current plan year is about to end, or over."""
    return today > year_of(year_in_hand(today)).last - timedelta(LAST_DAYS)


def moments(draw: Draw, span: Days, number: int) -> list[datetime]:
    """This many instants within office hours of the span, earliest first."""
    opened, office_minutes = _opening(span.first), ((span.last - span.first).days + 1) * OFFICE_MINUTES
    minutes = sorted([draw.randrange(office_minutes) for _ in range(number)])
    # Shanghai keeps one time all year, so an office opens every 24 hours.
    return [opened + timedelta(minute // OFFICE_MINUTES, minute % OFFICE_MINUTES * 60) for minute in minutes]


def lived(draw: Draw, span: Days, stages: Sequence[str]) -> dict[str, datetime]:
    """An instant of the span for each stage, in order."""
    return dict(zip(stages, moments(draw, span, len(stages)), strict=True))


def moment(draw: Draw, day: date) -> datetime:
    """An instant within office hours of a day."""
    return moments(draw, Days(day, day), 1)[0]


@cache
def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS, OFFICE_ZONE).astimezone(UTC)


def deadlines(year: int) -> Sequence[date]:
    """The days a year's tasks usually fall due on: ends of months from June, and the middle of December."""
    ends = [date(year, month, monthrange(year, month)[1]) for month in range(6, 13)]
    return (*ends[:-1], date(year, 12, 15), ends[-1])
