"""The row of an update that waits for somebody, as the frames of the queues hold it."""

from dataclasses import dataclass
from datetime import datetime

from tracking.vocabulary import UpdateStatus


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of `sign_off_frame`, `submission_frame`, `checking_frame`, `review_queue_frame` and `queued_frame`."""

    update_id: int
    task_id: int
    authority_id: int
    authority_name: str
    notice_id: int
    measure_number: int
    task_number: int
    title: str
    period_id: int
    version: int
    status: UpdateStatus
    completion_permille: int
    last_permille: int
    no_change: bool
    completion_requested: bool
    progress: str
    author: str | None
    post_title: str | None
    officer_name: str | None
    written_at: datetime
    sign_off_requested_at: datetime | None
    signed_off_at: datetime | None
    submitted_at: datetime | None
    checker_id: int | None
    received_at: datetime | None
    evidence: int
