"""Registers: what each is and which fields it has, and the entries that units and the working group keep in them.

A version of an entry is never changed: a correction is a new row that names the one it `corrects_id`, and a withdrawal
only adds when, by whom and why.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import Body, FieldKind, Keeper


class Register(SQLModel, table=True):
    """A register under a notice: the measure or safeguard it serves, and the indicator that its entries count in."""

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("notice_id", "key"), one_of("keeper", Keeper))
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    number: int
    key: str = Field(max_length=40)
    title: str = Field(max_length=60)
    title_en: str = Field(default="", max_length=100)
    keeper: Keeper = Field(sa_type=Word(Keeper))
    single: bool = False
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    safeguard_id: int | None = Field(default=None, foreign_key="safeguard.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    retired_on: date | None = None
    starts_on: date | None = None


class RegisterField(SQLModel, table=True):
    """A field of a register, and the indicator that its sum counts in, over that of another field if it is a rate.

    What it means is `tracking.registers`.
    """

    __tablename__ = "register_field"
    __table_args__ = (
        UniqueConstraint("register_id", "key"),
        one_of("kind", FieldKind),
        CheckConstraint("longest > 0", name="longest_is_positive"),
    )
    id: int = Field(default=None, primary_key=True)
    register_id: int = Field(foreign_key="register.id")
    number: int
    key: str = Field(max_length=40)
    title: str = Field(max_length=60)
    title_en: str = Field(default="", max_length=100)
    kind: FieldKind = Field(sa_type=Word(FieldKind))
    required: bool = False
    listed: bool = True
    longest: int = 200
    unit: str = Field(default="", max_length=20)
    options: Any = Field(default_factory=list, sa_type=JSON)
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    retired_on: date | None = None
    starts_on: date | None = None
    denominator_id: int | None = Field(default=None, foreign_key="register_field.id")


class RegisterEntry(SQLModel, table=True):
    """One version of an entry, kept by an authority or, of the working group, by one of its bodies.

    `content` is what its fields hold (`tracking.registers.contents`); the day, the countries and the words are told from it.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        one_of("body", Body),
        CheckConstraint("(authority_id IS NULL) <> (body IS NULL)", name="has_one_keeper"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (length(withdrawal_reason) = 0)", name="withdrawn_has_its_reason"
        ),
    )
    id: int = Field(default=None, primary_key=True)
    register_id: int = Field(foreign_key="register.id", index=True)
    authority_id: int | None = Field(default=None, foreign_key="authority.id", index=True)
    body: Body | None = Field(default=None, sa_type=Word(Body))
    content: Any = Field(sa_type=JSON)
    happened_on: date | None = None
    countries: str = Field(default="", max_length=200)
    words: str = ""
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawal_reason: str = Field(default="", max_length=500)
    corrects_id: int | None = Field(default=None, foreign_key="register_entry.id")


class RegisterFile(SQLModel, table=True):
    """A file that entries of a keeper may carry in a register; its bytes lie in the evidence folder under their SHA-256."""

    __tablename__ = "register_file"
    __table_args__ = (
        one_of("body", Body),
        CheckConstraint("(authority_id IS NULL) <> (body IS NULL)", name="has_one_keeper"),
        CheckConstraint("size > 0", name="file_not_empty"),
    )
    id: int = Field(default=None, primary_key=True)
    register_id: int = Field(foreign_key="register.id", index=True)
    authority_id: int | None = Field(default=None, foreign_key="authority.id")
    body: Body | None = Field(default=None, sa_type=Word(Body))
    name: str = Field(max_length=120)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    uploaded_at: datetime = Field(sa_type=Instant)
    uploaded_by_id: int | None = Field(default=None, foreign_key="officer.id")
