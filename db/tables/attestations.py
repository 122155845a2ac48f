"""Attestations as printed, so that a code on paper leads back to what the paper said."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import AttestationKind


class Attestation(SQLModel, table=True):
    """An authority's attestation of a revision of its plan, or of its reports for a period.

    `content` is the full content of the page, in the form `tracking.attestations.comparison` compares; `code`
    seals the whole row.
    """

    __tablename__ = "attestation"
    __table_args__ = (
        one_of("kind", AttestationKind),
        CheckConstraint("(kind = 'plan') = (revision_id IS NOT NULL)", name="plan_has_its_revision"),
        CheckConstraint("(kind = 'period') = (period_id IS NOT NULL)", name="period_has_its_period"),
    )
    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=10)
    kind: AttestationKind = Field(sa_type=Word(AttestationKind))
    authority_id: int = Field(foreign_key="authority.id", index=True)
    revision_id: int | None = Field(default=None, foreign_key="plan_revision.id")
    period_id: int | None = Field(default=None, foreign_key="reporting_period.id")
    content: Any = Field(sa_type=JSON)
    made_at: datetime = Field(sa_type=Instant)
    made_by_id: int = Field(foreign_key="officer.id")
