"""The reporting periods of a sample: calendar quarters or months, as they would stand on the day of loading."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col

from db.clock import end_of
from db.seed.days import DAYS_TO_WIND_UP, Days, year_in_hand
from db.seed.rows import Rows
from db.tables import ReportingPeriod
from tracking.messages import Message
from tracking.periods import CYCLES, period_name
from tracking.vocabulary import PeriodStatus

# Submitted while the period runs and for this many days after it; the last of a year until the year is wound up.
DAYS_TO_SUBMIT = 15
DAYS_TO_FREEZE = 10
# How long the last period of the previous year waits to be frozen, when there is no other to freeze yet.
DAYS_TO_WAIT = 60


@dataclass(frozen=True, slots=True)
class Period:
    """A stored period: its name, the days it covers and the days it is open."""

    id: int
    name: Message
    observed: Days
    window: Days


def add_periods(
    rows: Rows, notice_id: int, years: Sequence[int], cycle: str, today: date
) -> Mapping[int, Sequence[Period]]:
    """Add the periods of each year in order; earlier years are frozen once closed."""
    numbers = range(1, CYCLES[cycle] + 1)
    return {
        year: [
            _add(rows, today, notice_id=notice_id, year=year, number=number, cycle=cycle)
            for number in numbers
        ]
        for year in years
    }


def _add(rows: Rows, today: date, *, notice_id: int, year: int, number: int, cycle: str) -> Period:
    observed = _observed(year, number, 12 // CYCLES[cycle])
    days = DAYS_TO_WIND_UP if number == CYCLES[cycle] else DAYS_TO_SUBMIT
    window = Days(observed.first, observed.last + timedelta(days))
    status = _status(window, year, today)
    key = rows.add(
        ReportingPeriod,
        notice_id=notice_id,
        year=year,
        number=number,
        cycle=cycle,
        starts_on=observed.first,
        ends_on=observed.last,
        opens_on=window.first,
        closes_on=window.last,
        status=status,
        frozen_at=end_of(window.last + timedelta(DAYS_TO_FREEZE)) if status is PeriodStatus.FROZEN else None,
    )
    return Period(key, period_name(year=year, number=number, cycle=cycle), observed, window)


def _observed(year: int, number: int, months: int) -> Days:
    last = number * months
    return Days(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]))


def _status(window: Days, year: int, today: date) -> PeriodStatus:
    if today < window.first:
        return PeriodStatus.UPCOMING
    if today <= window.last:
        return PeriodStatus.OPEN
    over = year < year_in_hand(today) and window.last < today - timedelta(DAYS_TO_WAIT)
    return PeriodStatus.FROZEN if over else PeriodStatus.CLOSED


def frozen_by(day: date) -> ColumnElement[bool]:
    """Condition on a reporting period: its figures were published by the end of this day."""
    return col(ReportingPeriod.frozen_at) <= end_of(day)
