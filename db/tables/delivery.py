"""Delivery outside the product: people's choices, webhooks, and messages on their way."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.webhooks import WebhookFormat


class Channel(StrEnum):
    """The ways a message leaves the product."""

    EMAIL = "email"
    WEBHOOK = "webhook"


class MessageChoice(SQLModel, table=True):
    """Whether, and at which address, an officer wants the daily digest by e-mail, less which kinds; never exported."""

    __tablename__ = "message_choice"
    __table_args__ = (CheckConstraint("NOT by_email OR email IS NOT NULL", name="email_has_its_address"),)
    officer_id: int = Field(primary_key=True, foreign_key="officer.id")
    by_email: bool = False
    email: str | None = Field(default=None, max_length=100)
    muted: Any = Field(default_factory=list, sa_type=JSON)


class WebhookTarget(SQLModel, table=True):
    """A group robot or other system that receives the national counts; its secret is never shown again."""

    __tablename__ = "webhook_target"
    __table_args__ = (one_of("format", WebhookFormat),)
    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=40)
    format: WebhookFormat = Field(sa_type=Word(WebhookFormat))
    address: str = Field(max_length=500)
    secret: str = Field(default="", max_length=200)
    active: bool = True


class Delivery(SQLModel, table=True):
    """An outgoing message: stored with its content, retried until sent, and never sent under two rows.

    `next_try_at` is None once it is sent or given up; a sender moves it first, so that nobody else sends it
    too.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        one_of("channel", Channel),
        CheckConstraint("(officer_id IS NULL) <> (target_id IS NULL)", name="goes_to_one"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index("delivery_due", "next_try_at"),
    )
    id: int = Field(default=None, primary_key=True)
    channel: Channel = Field(sa_type=Word(Channel))
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    target_id: int | None = Field(default=None, foreign_key="webhook_target.id")
    digest_key: str = Field(unique=True, max_length=80)
    details: Any = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    next_try_at: datetime | None = Field(default=None, sa_type=Instant)
    last_error: str = Field(default="", max_length=100)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
