"""The days of reporting periods: a year's proposal, and what must hold for any others."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.messages import Message
from tracking.periods import CYCLES
from tracking.validation import Problem

# Longer periods have longer reporting windows: days before and after the last day observed.
WINDOWS = {"month": (4, 10), "quarter": (9, 15), "half_year": (14, 20), "year": (14, 31)}


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """A period of a year with its two pairs of days, both ends included."""

    year: int
    number: int
    cycle: str
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date


def dates_of_year(year: int, cycle: str) -> list[PeriodDates]:
    """The periods of a calendar year, with the usual windows for their cycle."""
    return [_dates(year, number, cycle) for number in range(1, CYCLES[cycle] + 1)]


def _dates(year: int, number: int, cycle: str) -> PeriodDates:
    months = 12 // CYCLES[cycle]
    last = number * months
    ends_on = date(year, last, monthrange(year, last)[1])
    before, after = (timedelta(days) for days in WINDOWS[cycle])
    starts_on = date(year, last - months + 1, 1)
    return PeriodDates(year, number, cycle, starts_on, ends_on, ends_on - before, ends_on + after)


def check_dates(dates: PeriodDates, others: Iterable[PeriodDates]) -> list[Problem]:
    """Every fault of a period, also against the notice's other periods, each by its field."""
    kept = list(others)
    return [*_own_faults(dates), *_faults_beside(dates, kept)]


def _own_faults(dates: PeriodDates) -> Iterator[Problem]:
    if dates.cycle not in CYCLES:
        yield Problem("cycle", Message("period_action.unknown_cycle"))
    elif not 1 <= dates.number <= CYCLES[dates.cycle]:
        yield Problem("number", Message("period_action.number_range", most=CYCLES[dates.cycle]))
    if dates.starts_on.year != dates.year or dates.ends_on.year != dates.year:
        yield Problem("starts_on", Message("period_action.outside_year", year=str(dates.year)))
    if dates.ends_on < dates.starts_on:
        yield Problem("ends_on", Message("period_action.ends_before_start", day=dates.starts_on))
    if dates.opens_on < dates.starts_on:
        yield Problem("opens_on", Message("period_action.opens_before_start", day=dates.starts_on))
    if dates.closes_on < dates.opens_on:
        yield Problem("closes_on", Message("period_action.closes_before_open", day=dates.opens_on))


def _faults_beside(dates: PeriodDates, others: Iterable[PeriodDates]) -> Iterator[Problem]:
    """Within a year: a single cycle, each number once, and days in number order without overlaps."""
    of_year = [other for other in others if other.year == dates.year]
    if any(other.number == dates.number for other in of_year):
        yield Problem("number", Message("period_action.number_taken", number=dates.number))
    if any(other.cycle != dates.cycle for other in of_year):
        yield Problem("cycle", Message("period_action.other_cycle"))
    for other in of_year:
        earlier, later = sorted((dates, other), key=lambda period: period.number)
        if later.starts_on <= earlier.ends_on and other.number != dates.number:
            day = {"starts_on": other.starts_on, "ends_on": other.ends_on, "number": other.number}
            yield Problem("starts_on", Message("period_action.overlaps", **day))
