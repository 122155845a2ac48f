"""Handovers of posts, with what each listed when it was entered.

Who is responsible on a day is the appointments' alone; a handover tells how one followed the other.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import HandoverKind


class Handover(SQLModel, table=True):
    """A post passing from one tenure to the next; if cancelled before its day, it refers to neither.

    `outgoing_until_on` is when the outgoing tenure was to end before this, so that cancelling can restore it.
    """

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint(
            "(cancelled_at IS NULL) = (outgoing_appointment_id IS NOT NULL AND incoming_appointment_id IS NOT NULL)",
            name="stands_or_is_cancelled",
        ),
        CheckConstraint("(cancelled_at IS NULL) = (length(cancel_reason) = 0)", name="cancelled_with_reason"),
    )
    id: int = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    outgoing_id: int = Field(foreign_key="officer.id")
    outgoing_appointment_id: int | None = Field(default=None, foreign_key="appointment.id")
    outgoing_until_on: date | None = None
    incoming_id: int = Field(foreign_key="officer.id")
    incoming_appointment_id: int | None = Field(default=None, foreign_key="appointment.id")
    effective_on: date = Field(index=True)
    note: str = Field(default="", max_length=500)
    made_at: datetime = Field(sa_type=Instant)
    made_by_id: int | None = Field(default=None, foreign_key="officer.id")
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
    cancelled_by_id: int | None = Field(default=None, foreign_key="officer.id")
    cancel_reason: str = Field(default="", max_length=500)


class HandoverItem(SQLModel, table=True):
    """One item that went with the post, in its state when the handover was entered.

    `item_id` is the key of a task, an update or an urging slip, depending on `kind`.
    """

    __tablename__ = "handover_item"
    __table_args__ = (one_of("kind", HandoverKind),)
    id: int = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    kind: HandoverKind = Field(sa_type=Word(HandoverKind))
    item_id: int
    task_number: int
    title: str = Field(max_length=200)
    state: str = Field(max_length=40)
    due_on: date | None = None
    period_id: int | None = Field(default=None, foreign_key="reporting_period.id")
