"""The period an officer reports for, and whether it takes reports today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.periods.rows import PeriodRow
from db.typed_rows import rows_as
from pages.shared.choices import begun_periods, name_of
from pages.shared.filters import pick
from pages.shared.reads import Reads
from tracking.messages import Message, refusal
from tracking.periods import check_open, taken_until


@dataclass(frozen=True, slots=True)
class Window:
    """A period that has begun, until when it accepts reports, and why it accepts none today."""

    period_id: int
    name: str
    closes_on: date
    refused: Message | None


def pick_window(reads: Reads, notice_id: int, *, note: str = "") -> Window | None:
    """The picker of periods; defaults to the newest that accepts reports, else the newest. None before the first."""
    windows = _windows(reads, notice_id)
    if not windows:
        return None
    names = {period_id: window.name for period_id, window in windows.items()}
    takes = [period_id for period_id, window in windows.items() if window.refused is None]
    chosen = pick("period", names, default=next(iter(takes or windows)), note=note)
    return windows[chosen]


def _windows(reads: Reads, notice_id: int) -> Mapping[int, Window]:
    return {
        row.period_id: Window(
            period_id=row.period_id,
            name=name_of(row),
            closes_on=taken_until(row.closes_on, row.closed_on),
            refused=refusal(
                check_open,
                status=row.status,
                today=reads.today,
                opens_on=row.opens_on,
                closes_on=taken_until(row.closes_on, row.closed_on),
            ),
        )
        for row in rows_as(PeriodRow, begun_periods(reads, notice_id))
    }
