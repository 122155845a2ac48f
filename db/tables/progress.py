"""Reporting periods, progress updates with their actuals, evidence and reviews."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Index,
    UniqueConstraint,
    false,
    literal_column,
    text,
)
from sqlmodel import Field, SQLModel

from db.tables.types import (
    Amount,
    Instant,
    Word,
    handed_over_has_its_instant,
    one_of,
    who_checks_since_when,
)
from tracking.vocabulary import Decision, PeriodStatus, UpdateStatus

# What lies with somebody, in the words of its index and in those of a query: SQLite finds the one by the other.
_IN_HANDS = text("status <> 'accepted' AND NOT followed")
IN_HANDS: ColumnElement[bool] = literal_column(
    "progress_update.status <> 'accepted' AND NOT progress_update.followed"
)


class ReportingPeriod(SQLModel, table=True):
    """A range of days observed and the window in which it is reported; number counts within the year.

    `closed_on` is the day on which it was closed, which may be earlier than its window said.
    """

    __tablename__ = "reporting_period"
    __table_args__ = (
        UniqueConstraint("notice_id", "year", "number"),
        one_of("status", PeriodStatus),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("closes_on >= opens_on", name="closes_after_open"),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    year: int
    number: int
    cycle: str = Field(default="quarter", max_length=10)
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    status: PeriodStatus = Field(default=PeriodStatus.UPCOMING, sa_type=Word(PeriodStatus))
    frozen_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_on: date | None = None


class ProgressUpdate(SQLModel, table=True):
    """A task's report for a period; each return or reopening is followed by a new version.

    It stands as reported from `submitted_at` and counts from `accepted_at`, each until `returned_at`.
    `sent_back_because` is what the signatory last gave it back for, `opened_at` since when whoever it lies with has seen
    it, `confirmed` the findings of `tracking.checks` that its writer has looked at and let stand. One that corrects
    another was not reported anew: `reported_at` is when the first of them was. `followed` once its next version is begun.

    `checker_id` is the authority above that checks it before the working group, or gave it back; None once the last has
    passed it on. `received_at` is since when that one, or after it the working group, has it; None where nobody checked.
    """

    __tablename__ = "progress_update"
    __table_args__ = (
        UniqueConstraint("task_id", "period_id", "version"),
        one_of("status", UpdateStatus),
        CheckConstraint("completion_permille >= 0", name="completion_not_negative"),
        CheckConstraint("status <> 'accepted' OR accepted_at IS NOT NULL", name="accepted_has_its_instant"),
        CheckConstraint("(status = 'returned') = (returned_at IS NOT NULL)", name="returned_has_its_instant"),
        handed_over_has_its_instant(),
        who_checks_since_when(),
        Index(
            "one_open_update_a_task_and_period",
            "task_id",
            "period_id",
            unique=True,
            sqlite_where=text("status <> 'returned'"),
            postgresql_where=text("status <> 'returned'"),
        ),
        Index("update_by_status", "status", "submitted_at"),
        Index("update_by_period", "period_id", "submitted_at"),
        Index(
            "update_in_hands",
            "status",
            "version",
            "task_id",
            "period_id",
            "sign_off_requested_at",
            "signed_off_at",
            "submitted_at",
            "returned_at",
            "received_at",
            "checker_id",
            sqlite_where=_IN_HANDS,
            postgresql_where=_IN_HANDS,
        ),
    )
    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    period_id: int = Field(foreign_key="reporting_period.id")
    version: int = 1
    status: UpdateStatus = Field(default=UpdateStatus.DRAFT, sa_type=Word(UpdateStatus))
    row_version: int = 1
    completion_permille: int = 0
    no_change: bool = False
    completion_requested: bool = False
    progress: str = Field(default="", max_length=2000)
    difficulties: str = Field(default="", max_length=1000)
    next_steps: str = Field(default="", max_length=1000)
    explanation: str = Field(default="", max_length=1000)
    written_at: datetime = Field(sa_type=Instant)
    written_by_id: int | None = Field(default=None, foreign_key="officer.id")
    sign_off_requested_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_by_id: int | None = Field(default=None, foreign_key="officer.id")
    submitted_at: datetime | None = Field(default=None, sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    returned_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_back_because: str = Field(default="", max_length=1000, sa_column_kwargs={"server_default": ""})
    confirmed: Any = Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"})
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    reported_at: datetime | None = Field(default=None, sa_type=Instant)
    followed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    checker_id: int | None = Field(default=None, foreign_key="authority.id")
    received_at: datetime | None = Field(default=None, sa_type=Instant)


class IndicatorActual(SQLModel, table=True):
    """The cumulative value of an indicator that an update reports; only a rate has the two parts it is made of."""

    __tablename__ = "indicator_actual"
    __table_args__ = (
        CheckConstraint("value >= 0", name="actual_not_negative"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="rate_has_both_parts"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="parts_not_negative"),
    )
    update_id: int = Field(foreign_key="progress_update.id", primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", primary_key=True)
    value: Decimal = Field(sa_type=Amount)
    numerator: Decimal | None = Field(default=None, sa_type=Amount)
    denominator: Decimal | None = Field(default=None, sa_type=Amount)


class MilestoneReached(SQLModel, table=True):
    """A milestone that an update reports as reached, by its number in the task."""

    __tablename__ = "milestone_reached"
    update_id: int = Field(foreign_key="progress_update.id", primary_key=True)
    milestone_number: int = Field(primary_key=True)


class EvidenceFile(SQLModel, table=True):
    """Evidence for an update; the file is stored in the evidence folder under its SHA-256."""

    __tablename__ = "evidence_file"
    __table_args__ = (CheckConstraint("size > 0", name="file_not_empty"),)
    id: int = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="progress_update.id", index=True)
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    uploaded_at: datetime = Field(sa_type=Instant)
    uploaded_by_id: int | None = Field(default=None, foreign_key="officer.id")


class PassingOn(SQLModel, table=True):
    """An authority above has checked a plan revision or an update, and passed it on."""

    __tablename__ = "passing_on"
    __table_args__ = (
        CheckConstraint("(plan_revision_id IS NULL) <> (update_id IS NULL)", name="passes_one_thing"),
    )
    id: int = Field(default=None, primary_key=True)
    plan_revision_id: int | None = Field(default=None, foreign_key="plan_revision.id", index=True)
    update_id: int | None = Field(default=None, foreign_key="progress_update.id", index=True)
    authority_id: int = Field(foreign_key="authority.id")
    received_at: datetime = Field(sa_type=Instant)
    passed_at: datetime = Field(sa_type=Instant)
    passed_by_id: int | None = Field(default=None, foreign_key="officer.id")


class Review(SQLModel, table=True):
    """A decision of the working group, or of the authority above that checks, on a plan revision or on an update."""

    __tablename__ = "review"
    __table_args__ = (
        one_of("decision", Decision),
        CheckConstraint("(plan_revision_id IS NULL) <> (update_id IS NULL)", name="reviews_one_thing"),
        CheckConstraint("decision IN ('filed', 'accepted') OR length(reason) > 0", name="reason_given"),
    )
    id: int = Field(default=None, primary_key=True)
    plan_revision_id: int | None = Field(default=None, foreign_key="plan_revision.id", index=True)
    update_id: int | None = Field(default=None, foreign_key="progress_update.id", index=True)
    decision: Decision = Field(sa_type=Word(Decision))
    reason: str = Field(default="", max_length=1000)
    reviewed_at: datetime = Field(sa_type=Instant)
    reviewed_by_id: int | None = Field(default=None, foreign_key="officer.id")
