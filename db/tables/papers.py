"""Papers as they were issued."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import PaperKind


class IssuedPaper(SQLModel, table=True):
    """A paper as it was issued, a Word file; never changed, so that every download gives the same bytes.

    `subject_id` is the key of the briefing, urging slip, handover or attestation it is about, depending on
    `kind`. `sha256` is that of `content`, and is recorded in its audit event as well.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (one_of("kind", PaperKind), UniqueConstraint("kind", "subject_id"))
    id: int = Field(default=None, primary_key=True)
    kind: PaperKind = Field(sa_type=Word(PaperKind))
    subject_id: int
    content: bytes = Field(sa_type=LargeBinary)
    sha256: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=Instant)
    made_by_id: int | None = Field(default=None, foreign_key="officer.id")
