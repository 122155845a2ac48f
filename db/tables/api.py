"""Tables for programs acting for an officer: tokens, and answers kept for idempotency."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import TokenScope


class ApiToken(SQLModel, table=True):
    """What a program presents to act as an officer; only the SHA-256 of its secret is stored.

    It is valid up to the day `expires_on`, unless revoked earlier.
    """

    __tablename__ = "api_token"
    __table_args__ = (one_of("scope", TokenScope),)
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    name: str = Field(max_length=40)
    token_hash: str = Field(unique=True, max_length=64)
    scope: TokenScope = Field(default=TokenScope.READ, sa_type=Word(TokenScope))
    issued_at: datetime = Field(sa_type=Instant)
    expires_on: date
    last_used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


class ApiAnswer(SQLModel, table=True):
    """A request with an `Idempotency-Key`, and its answer; `status` is missing while it is in progress."""

    __tablename__ = "api_answer"
    __table_args__ = (UniqueConstraint("token_id", "key"),)
    id: int = Field(default=None, primary_key=True)
    token_id: int = Field(foreign_key="api_token.id")
    key: str = Field(max_length=100)
    request_hash: str = Field(max_length=64)
    asked_at: datetime = Field(sa_type=Instant, index=True)
    status: int | None = None
    answer: str = Field(default="", sa_type=Text)
