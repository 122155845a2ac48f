"""The rows of plans and of their revisions, as their frames hold them."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.vocabulary import Decision, PlanStatus, TaskStatus


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of `plans_frame`."""

    plan_id: int
    notice_id: int
    year: int
    authority_id: int
    authority_name: str
    revision_id: int
    number: int
    status: PlanStatus
    sign_off_requested_at: datetime | None
    signed_off_at: datetime | None
    submitted_at: datetime | None
    checker_id: int | None
    received_at: datetime | None
    filed_at: datetime | None
    tasks: int


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A row of `revisions_frame`."""

    revision_id: int
    number: int
    status: PlanStatus
    reason: str
    author: str | None
    created_at: datetime
    signatory: str | None
    signed_off_at: datetime | None
    submitted_at: datetime | None
    filed_at: datetime | None
    decision: Decision | None
    review_reason: str | None
    reviewer: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastYearRow:
    """A row of `db.plans.last_year.last_year_frame`."""

    task_id: int
    number: int
    title: str
    status: TaskStatus
    latest_permille: int
    due_on: date | None
    goes_on: bool
