"""How reporting periods are named and when one takes reports.

A period has two pairs of days: what it observes (`starts_on` to `ends_on`) and when it may be reported
(`opens_on` to `closes_on`, both included).
"""

from datetime import date

from tracking.messages import Message, Refusal
from tracking.vocabulary import PeriodStatus

CYCLES = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}


def period_name(*, year: int, number: int, cycle: str) -> Message:
    """A period's name: 2026年第三季度, 2026 Q3; for an unknown cycle, its number in the year."""
    if number > CYCLES.get(cycle, 0):
        return Message("period.numbered", year=str(year), number=number)
    return Message(f"period.{cycle}.{number}", year=str(year))


def taken_until(closes_on: date, closed_on: date | None) -> date:
    """The last day on which a period took reports: the day it was closed, where that came before its window ended."""
    return closes_on if closed_on is None else min(closes_on, closed_on)


def check_open(*, status: PeriodStatus, today: date, opens_on: date, closes_on: date) -> None:
    """Refuse a report outside an open period and its window. Raises `Refusal`, saying when reporting is open."""
    if status is not PeriodStatus.OPEN:
        raise Refusal(Message(f"period.not_open.{status}", opens_on=opens_on, closes_on=closes_on))
    if today < opens_on:
        raise Refusal(Message("period.too_early", opens_on=opens_on))
    if today > closes_on:
        raise Refusal(Message("period.too_late", closes_on=closes_on))


def figures_as_of(*, ends_on: date, today: date) -> date:
    """The day a period's figures are as of: today while it runs, its last day once it is over."""
    return min(today, ends_on)
