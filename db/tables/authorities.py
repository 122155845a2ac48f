"""Authorities, and where each stands (by date)."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Word, one_of
from tracking.vocabulary import AuthorityKind, Relation


class Authority(SQLModel, table=True):
    """An authority that reports, or one of the three that only appear on the tile grid.

    Its names and kind are those of today. It stands from `founded_on`, or always did, until the day before
    `dissolved_on`.
    """

    __tablename__ = "authority"
    __table_args__ = (
        one_of("kind", AuthorityKind),
        CheckConstraint("dissolved_on > founded_on", name="dissolved_after_founding"),
    )
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
    founded_on: date | None = None
    dissolved_on: date | None = None


class AuthorityName(SQLModel, table=True):
    """What an authority is called and what kind it is from a day on; kept only for those that ever changed."""

    __tablename__ = "authority_name"
    __table_args__ = (UniqueConstraint("authority_id", "starts_on"), one_of("kind", AuthorityKind))
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id")
    name: str = Field(max_length=100)
    short_name: str = Field(max_length=20)
    kind: AuthorityKind = Field(sa_type=Word(AuthorityKind))
    starts_on: date


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
