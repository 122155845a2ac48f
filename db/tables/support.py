"""Authorities that take part in tasks of others: as the words of a task name them, what they add, what they contest."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.support import ContestStatus, ContestSubject, SupportRole

_OPEN = text("status IN ('raised', 'answered', 'maintained')")


class TaskSupport(SQLModel, table=True):
    """An authority that the lead or supporting units of a task name; told from those words at every write."""

    __tablename__ = "task_support"
    __table_args__ = (
        UniqueConstraint("task_revision_id", "authority_id"),
        one_of("role", SupportRole),
        Index("support_by_authority", "authority_id", "task_revision_id"),
    )
    id: int = Field(default=None, primary_key=True)
    task_revision_id: int = Field(foreign_key="task_revision.id")
    authority_id: int = Field(foreign_key="authority.id")
    role: SupportRole = Field(sa_type=Word(SupportRole))


class Contribution(SQLModel, table=True):
    """What a supporting authority says it did for a task in a period; the newest of its rows stands."""

    __tablename__ = "contribution"
    __table_args__ = (Index("contribution_of_task", "task_id", "period_id", "authority_id"),)
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    period_id: int = Field(foreign_key="reporting_period.id")
    authority_id: int = Field(foreign_key="authority.id")
    words: str = Field(max_length=1000)
    written_at: datetime = Field(sa_type=Instant)
    written_by_id: int | None = Field(default=None, foreign_key="officer.id")


class Contest(SQLModel, table=True):
    """What a supporting authority contests, the answer to it, and the ruling where it stands nevertheless.

    Only one about a report names its period. `closed_at` is when it was ruled on or withdrawn.
    """

    __tablename__ = "contest"
    __table_args__ = (
        one_of("subject", ContestSubject),
        one_of("status", ContestStatus),
        CheckConstraint("(subject = 'report') = (period_id IS NOT NULL)", name="report_has_its_period"),
        CheckConstraint(
            "(status IN ('upheld', 'dismissed', 'withdrawn')) = (closed_at IS NOT NULL)",
            name="closed_has_its_instant",
        ),
        Index(
            "one_open_contest",
            "task_id",
            "authority_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("contest_by_status", "status"),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    authority_id: int = Field(foreign_key="authority.id", index=True)
    subject: ContestSubject = Field(sa_type=Word(ContestSubject))
    period_id: int | None = Field(default=None, foreign_key="reporting_period.id")
    status: ContestStatus = Field(default=ContestStatus.RAISED, sa_type=Word(ContestStatus))
    reason: str = Field(max_length=1000)
    raised_at: datetime = Field(sa_type=Instant)
    raised_by_id: int | None = Field(default=None, foreign_key="officer.id")
    answer: str = Field(default="", max_length=1000)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ruling: str = Field(default="", max_length=1000)
    ruled_by_id: int | None = Field(default=None, foreign_key="officer.id")
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
