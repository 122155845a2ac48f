"""Corrections to the published figures of frozen periods."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import CorrectionStatus


class Correction(SQLModel, table=True):
    """A correction to an update of a frozen period: the proposed figures, the reason, the author and the approver.

    `figures` are those of `tracking.validation.UpdateDraft` as plain JSON. The published figures stay in the
    corrected update; `corrected_update_id` is the one that replaces it.
    """

    __tablename__ = "correction"
    __table_args__ = (
        one_of("status", CorrectionStatus),
        CheckConstraint(
            "(status = 'approved') = (corrected_update_id IS NOT NULL)", name="approved_has_its_update"
        ),
        CheckConstraint("length(reason) > 0", name="reason_given"),
        Index(
            "one_open_correction_an_update",
            "update_id",
            unique=True,
            sqlite_where=text("status IN ('draft', 'requested')"),
            postgresql_where=text("status IN ('draft', 'requested')"),
        ),
    )
    id: int = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="progress_update.id", index=True)
    status: CorrectionStatus = Field(default=CorrectionStatus.DRAFT, sa_type=Word(CorrectionStatus))
    figures: Any = Field(default_factory=dict, sa_type=JSON)
    published_permille: int
    corrected_permille: int
    reason: str = Field(max_length=1000)
    written_at: datetime = Field(sa_type=Instant)
    written_by_id: int | None = Field(default=None, foreign_key="officer.id")
    requested_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ruled_at: datetime | None = Field(default=None, sa_type=Instant)
    ruled_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ruling: str = Field(default="", max_length=1000)
    corrected_update_id: int | None = Field(default=None, foreign_key="progress_update.id")
