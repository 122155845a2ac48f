"""What the store keeps about itself: audit trail, notifications and summary cells."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant


class AuditEvent(SQLModel, table=True):
    """Who did what, chained by HMAC to the previous event; `number` counts without gaps."""

    __tablename__ = "audit_event"
    number: int = Field(primary_key=True)
    happened_at: datetime = Field(sa_type=Instant, index=True)
    officer_id: int | None = Field(default=None, index=True)
    authority_id: int | None = Field(default=None, index=True)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(max_length=60)
    subject_id: int | None = None
    detail: Any = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class AuditHead(SQLModel, table=True):
    """The newest link of the chain, locked by every write; its number doubles as the data version.

    `key_fingerprint` identifies the key that seals the chain, "" until recorded.
    """

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one_head"),)
    id: int = Field(default=1, primary_key=True)
    number: int = 0
    hash: str = Field(default="", max_length=64)
    key_fingerprint: str = Field(default="", max_length=16, sa_column_kwargs={"server_default": ""})


class Notification(SQLModel, table=True):
    """A message to an officer: its catalogue name and its values."""

    __tablename__ = "notification"
    __table_args__ = (Index("notification_unread", "officer_id", "read_at"),)
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    message: str = Field(max_length=60)
    details: Any = Field(default_factory=dict, sa_type=JSON)
    link: str = Field(default="", max_length=200)
    created_at: datetime = Field(sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)


class CellFigures(SQLModel):
    """The figures of one reporting unit, measure and period.

    `done` and `expected` are sums of weight (tenths) × permille over the unit's tasks, including those of
    authorities below it; suspended tasks are left out of both and counted separately. Lights are as of
    `as_of_on`.
    """

    period_id: int = Field(foreign_key="reporting_period.id", primary_key=True)
    unit_id: int = Field(foreign_key="authority.id", primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", primary_key=True)
    as_of_on: date
    tasks: int
    weight_tenths: int = Field(sa_type=BigInteger)
    done: int = Field(sa_type=BigInteger)
    expected: int = Field(sa_type=BigInteger)
    reported: int
    accepted: int
    suspended: int
    red: int
    amber: int
    green: int
    blue: int
    grey: int


class SummaryCell(CellFigures, table=True):
    """The figures as known now, maintained by the writing transaction."""

    __tablename__ = "summary_cell"


class SubmissionCell(SQLModel, table=True):
    """How the reports of one unit, measure and period stand, maintained by the writing transaction; none where all are 0.

    `later` tasks begin after the period and have no report for it; `late` reports were first submitted after the window,
    `returned` ones not submitted again; `handed` are with the signatory for the first time.
    """

    __tablename__ = "submission_cell"
    period_id: int = Field(foreign_key="reporting_period.id", primary_key=True)
    unit_id: int = Field(foreign_key="authority.id", primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", primary_key=True)
    later: int
    late: int
    returned: int
    handed: int


class PublishedCell(CellFigures, table=True):
    """The official figures of a frozen period, as known when it was frozen; never changed."""

    __tablename__ = "published_cell"


class PastDay(SQLModel, table=True):
    """A past day for which a plan year's figures are stored as known at its end."""

    __tablename__ = "past_day"
    known_on: date = Field(primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", primary_key=True)
    year: int = Field(primary_key=True)


class PastRed(SQLModel, table=True):
    """A task that was red at the end of a past day."""

    __tablename__ = "past_red"
    known_on: date = Field(primary_key=True)
    task_id: int = Field(foreign_key="task.id", primary_key=True)


class PastCell(CellFigures, table=True):
    """The figures as known at the end of a past day, stored once somebody asked for them."""

    __tablename__ = "past_cell"
    __table_args__ = (PrimaryKeyConstraint("known_on", "period_id", "unit_id", "measure_id"),)
    known_on: date = Field(primary_key=True)
