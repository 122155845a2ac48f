"""The row of a correction, as its frame holds it."""

from dataclasses import dataclass
from datetime import datetime

from tracking.vocabulary import CorrectionStatus


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A row of `corrections_frame`."""

    correction_id: int
    update_id: int
    task_id: int
    notice_id: int
    period_id: int
    year: int
    number: int
    cycle: str
    unit_name: str
    authority_name: str
    task_number: int
    title: str
    correction_status: CorrectionStatus
    published_permille: int
    corrected_permille: int
    reason: str
    written_at: datetime
    author: str
    signatory: str | None
    requested_at: datetime | None
    approver: str | None
    ruled_at: datetime | None
    ruling: str
