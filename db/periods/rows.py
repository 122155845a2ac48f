"""The row of a reporting period, as its frame holds it."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.vocabulary import PeriodStatus


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A row of `periods_frame`."""

    period_id: int
    year: int
    number: int
    cycle: str
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    status: PeriodStatus
    frozen_at: datetime | None
    closed_on: date | None
