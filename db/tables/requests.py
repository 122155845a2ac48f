"""What authorities ask for their tasks, with the rulings, and the register of every move of a date.

`DateMove` is derived from filed revisions and granted extensions by `db.plans.moved_dates` and by nothing else.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import MoveKind, RequestKind, RequestStatus

_OPEN = text("status IN ('draft', 'requested')")


class TaskRequest(SQLModel, table=True):
    """A request to extend, suspend or resume a task, and the ruling on it.

    Only an extension has days: `due_on` was in force when it was requested, its ruling fixes
    `granted_due_on`. `ruling` is the text of whoever ruled on the request or sent it back.
    """

    __tablename__ = "task_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("status", RequestStatus),
        CheckConstraint(
            "(kind IN ('suspension', 'resumption')) = (due_on IS NULL) AND (due_on IS NULL) = (requested_due_on IS NULL)",
            name="extension_has_its_days",
        ),
        CheckConstraint("requested_due_on > due_on", name="asks_for_a_later_day"),
        CheckConstraint(
            "(status = 'granted' AND kind = 'extension') = (granted_due_on IS NOT NULL)",
            name="granted_has_its_date",
        ),
        CheckConstraint(
            "granted_due_on IS NULL OR (granted_due_on > due_on AND granted_due_on <= requested_due_on)",
            name="granted_within_request",
        ),
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR requested_at IS NOT NULL", name="requested_has_its_instant"
        ),
        CheckConstraint(
            "(status IN ('granted', 'refused')) = (ruled_at IS NOT NULL)", name="ruled_has_its_instant"
        ),
        Index("one_open_request_a_task", "task_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("request_by_status", "status", "ruled_at"),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    kind: RequestKind = Field(sa_type=Word(RequestKind))
    due_on: date | None = None
    requested_due_on: date | None = None
    reason: str = Field(max_length=1000)
    progress: str = Field(default="", max_length=1000)
    status: RequestStatus = Field(default=RequestStatus.DRAFT, sa_type=Word(RequestStatus))
    written_at: datetime = Field(sa_type=Instant)
    written_by_id: int | None = Field(default=None, foreign_key="officer.id")
    requested_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    granted_due_on: date | None = None
    ruled_at: datetime | None = Field(default=None, sa_type=Instant)
    ruled_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ruling: str = Field(default="", max_length=1000)


class DateMove(SQLModel, table=True):
    """A date of a task that was moved by a filed amendment or a granted extension.

    `part` names the milestone or the interim target. A goal that an amendment made smaller is no date: `part` says what
    became of it.
    """

    __tablename__ = "date_move"
    __table_args__ = (
        one_of("kind", MoveKind),
        CheckConstraint("to_on <> from_on", name="moves_a_date"),
        CheckConstraint("(kind IN ('lowered', 'dropped')) = (days IS NULL)", name="has_days"),
        CheckConstraint(
            "(days IS NULL) = (from_on IS NULL) AND (days IS NULL) = (to_on IS NULL)", name="has_both_dates"
        ),
        CheckConstraint("(plan_revision_id IS NULL) <> (request_id IS NULL)", name="has_one_cause"),
        CheckConstraint("request_id IS NULL OR kind = 'due'", name="request_moves_the_due_date"),
        Index("date_move_of_task", "task_id", "moved_at"),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    kind: MoveKind = Field(sa_type=Word(MoveKind))
    part: str = Field(default="", max_length=200)
    from_on: date | None = None
    to_on: date | None = None
    days: int | None = None
    moved_at: datetime = Field(sa_type=Instant)
    plan_revision_id: int | None = Field(default=None, foreign_key="plan_revision.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="task_request.id", index=True)
