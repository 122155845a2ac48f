"""Authorities, where each stands (by date) and their registers, the coordination mechanism among them.

A version of an entry is never changed: a correction is a new row that names the one it `corrects_id`, and a
withdrawal only adds when, by whom and why.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import AuthorityKind, Relation


class Authority(SQLModel, table=True):
    """An authority that reports, or one of the three that only appear on the tile grid."""

    __tablename__ = "authority"
    __table_args__ = (one_of("kind", AuthorityKind),)
    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=12)
    code_standard: str = Field(max_length=20)
    name: str = Field(max_length=100)
    short_name: str = Field(max_length=20)
    kind: AuthorityKind = Field(sa_type=Word(AuthorityKind))
    region_seven: str | None = Field(default=None, max_length=10)
    region_four: str | None = Field(default=None, max_length=10)
    official_order: int | None = Field(default=None, unique=True)
    tile_row: int | None = None
    tile_col: int | None = None
    reports: bool = True


class AuthorityParent(SQLModel, table=True):
    """The span of days on which an authority is under another; `ends_on` is the last such day."""

    __tablename__ = "authority_parent"
    __table_args__ = (
        UniqueConstraint("authority_id", "relation", "starts_on"),
        one_of("relation", Relation),
        CheckConstraint("authority_id <> parent_id", name="not_its_own_parent"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id")
    parent_id: int = Field(foreign_key="authority.id", index=True)
    relation: Relation = Field(sa_type=Word(Relation))
    starts_on: date
    ends_on: date | None = None


def _withdrawn_has_its_reason() -> CheckConstraint:
    return CheckConstraint(
        "(withdrawn_at IS NULL) = (length(withdrawal_reason) = 0)", name="withdrawn_has_its_reason"
    )


class CoordinationMechanism(SQLModel, table=True):
    """An authority's coordination mechanism as recorded at one moment; the newest row is current."""

    __tablename__ = "coordination_mechanism"
    __table_args__ = (UniqueConstraint("corrects_id"), _withdrawn_has_its_reason())
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id", index=True)
    notice_id: int = Field(foreign_key="notice.id")
    established_on: date | None = None
    document_number: str = Field(default="", max_length=60)
    lead_leader: str = Field(default="", max_length=40)
    member_units: str = Field(default="", max_length=500)
    ccpit_partner: str = Field(default="", max_length=100)
    liaison_officer_id: int | None = Field(default=None, foreign_key="officer.id")
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawal_reason: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})
    corrects_id: int | None = Field(default=None, foreign_key="coordination_mechanism.id")


class CooperationMechanism(SQLModel, table=True):
    """A bilateral or multilateral mechanism in an authority's register."""

    __tablename__ = "cooperation_mechanism"
    __table_args__ = (UniqueConstraint("corrects_id"), _withdrawn_has_its_reason())
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id", index=True)
    notice_id: int = Field(foreign_key="notice.id")
    partner_place: str = Field(max_length=60)
    partner_body: str = Field(max_length=100)
    multilateral: bool = False
    established_on: date | None = None
    standing: str = Field(default="", max_length=40)
    results: str = Field(default="", max_length=1000)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawal_reason: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})
    corrects_id: int | None = Field(default=None, foreign_key="cooperation_mechanism.id")


class PublicityItem(SQLModel, table=True):
    """A piece of publicity in an authority's register."""

    __tablename__ = "publicity_item"
    __table_args__ = (UniqueConstraint("corrects_id"), _withdrawn_has_its_reason())
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id", index=True)
    notice_id: int = Field(foreign_key="notice.id")
    published_on: date
    channel: str = Field(max_length=60)
    title: str = Field(max_length=200)
    link: str = Field(default="", max_length=300)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="officer.id")
    withdrawal_reason: str = Field(default="", max_length=500, sa_column_kwargs={"server_default": ""})
    corrects_id: int | None = Field(default=None, foreign_key="publicity_item.id")
