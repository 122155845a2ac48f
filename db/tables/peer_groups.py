"""Peer groups: units that the working group compares with each other, and since when each belongs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant

_STANDS = text("retired_at IS NULL")


class PeerGroup(SQLModel, table=True):
    """Comparable units, and a sentence on what they have in common; a retired group stays on record."""

    __tablename__ = "peer_group"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_is_given"),
        CheckConstraint("(retired_at IS NULL) = (retire_reason = '')", name="retired_with_reason"),
        Index(
            "one_standing_group_a_name",
            "name",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )
    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=20)
    likeness: str = Field(max_length=200)
    row_version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    created_by_id: int | None = Field(default=None, foreign_key="officer.id")
    retired_at: datetime | None = Field(default=None, sa_type=Instant)
    retired_by_id: int | None = Field(default=None, foreign_key="officer.id")
    retire_reason: str = Field(default="", max_length=200)


class PeerGroupMember(SQLModel, table=True):
    """The span of days on which a unit belongs to a group; `ends_on` is the last such day."""

    __tablename__ = "peer_group_member"
    __table_args__ = (
        UniqueConstraint("group_id", "authority_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    id: int = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="peer_group.id")
    authority_id: int = Field(foreign_key="authority.id", index=True)
    starts_on: date
    ends_on: date | None = None
