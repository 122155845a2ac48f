"""The row of an urging slip, as its frame holds it."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.vocabulary import SlipGround, SlipLevel, SlipStatus


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A row of `slips_frame`."""

    slip_id: int
    task_id: int
    task_number: int
    title: str
    authority_id: int
    authority_name: str
    unit_id: int
    unit_name: str
    notice_id: int
    measure_number: int
    measure_short_title: str
    level: SlipLevel
    status: SlipStatus
    ground: SlipGround
    issued_at: datetime
    answer_by: date
    acknowledged_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
