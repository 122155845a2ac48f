"""People: officers, their posts by date, accounts, roles and server-side sign-ins."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import Body, Language, Role


class Officer(SQLModel, table=True):
    """A person: only name and office phone are stored; `body` is the one that a member of the working group belongs to."""

    __tablename__ = "officer"
    __table_args__ = (one_of("body", Body),)
    id: int = Field(default=None, primary_key=True)
    authority_id: int | None = Field(default=None, foreign_key="authority.id", index=True)
    name: str = Field(max_length=40)
    office_phone: str = Field(default="", max_length=30)
    body: Body | None = Field(default=None, sa_type=Word(Body))


class Post(SQLModel, table=True):
    """A post at an authority: tasks belong to posts, and whoever holds the post is responsible."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("authority_id", "title"),)
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id")
    title: str = Field(max_length=60)


class Appointment(SQLModel, table=True):
    """An officer's tenure of a post; `ends_on` is the last day, missing while it continues."""

    __tablename__ = "appointment"
    __table_args__ = (
        UniqueConstraint("post_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index(
            "one_open_appointment_a_post",
            "post_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    officer_id: int = Field(foreign_key="officer.id", index=True)
    starts_on: date
    ends_on: date | None = None


class Account(SQLModel, table=True):
    """An officer's sign-in account."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("language", Language),
        CheckConstraint("failed_sign_ins >= 0", name="failed_sign_ins_counted"),
    )
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", unique=True)
    sign_in_name: str = Field(unique=True, max_length=40)
    password_hash: str = Field(max_length=200)
    must_change_password: bool = True
    language: Language = Field(default=Language.ZH_CN, sa_type=Word(Language))
    failed_sign_ins: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Instant)
    active: bool = True


class RoleGrant(SQLModel, table=True):
    """A role granted to an officer, and its end once revoked; grants are never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", Role),
        Index(
            "one_standing_grant_a_role",
            "officer_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    role: Role = Field(sa_type=Word(Role))
    granted_at: datetime = Field(sa_type=Instant)
    granted_by_id: int | None = Field(default=None, foreign_key="officer.id")
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class SignIn(SQLModel, table=True):
    """A server-side session; only the SHA-256 of its token is stored."""

    __tablename__ = "sign_in"
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    started_at: datetime = Field(sa_type=Instant)
    last_action_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class Remit(SQLModel, table=True):
    """What a member of the working group looks after: a measure, a unit, or a measure of a unit; `ends_on` is its last day."""

    __tablename__ = "remit"
    __table_args__ = (
        CheckConstraint("measure_id IS NOT NULL OR authority_id IS NOT NULL", name="is_of_something"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    authority_id: int | None = Field(default=None, foreign_key="authority.id")
    starts_on: date
    ends_on: date | None = None
