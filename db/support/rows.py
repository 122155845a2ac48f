"""The rows of the frames of support, as pages read them one by one."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.support import ContestStatus, ContestSubject, SupportRole


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of `parts_frame`."""

    task_id: int
    task_number: int
    title: str
    goal: str
    authority_id: int
    authority_name: str
    supporter_id: int
    supporter_name: str
    role: SupportRole
    due_on: date
    period_id: int | None
    year: int | None
    number: int | None
    cycle: str | None
    words: str | None
    submitted: bool


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """A row of `contributions_frame`."""

    authority_id: int
    authority_name: str
    period_id: int
    year: int
    number: int
    cycle: str
    words: str
    written_at: datetime
    author: str | None


@dataclass(frozen=True, slots=True)
class ContestRow:
    """A row of `contests_frame`."""

    contest_id: int
    task_id: int
    task_number: int
    title: str
    authority_id: int
    authority_name: str
    supporter_id: int
    supporter_name: str
    subject: ContestSubject
    period_id: int | None
    status: ContestStatus
    reason: str
    raised_at: datetime
    answer: str
    ruling: str
    year: int | None
    number: int | None
    cycle: str | None
