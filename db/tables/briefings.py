"""Briefings of the working group, and every version of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.vocabulary import BriefingKind, BriefingStatus, Language


class Briefing(SQLModel, table=True):
    """A briefing on a period: for the nation, a region, one unit or one measure.

    `row_version` is the number of its newest version; for an issued briefing, that is the issued one.
    `published` briefings use the official figures of a frozen period.
    """

    __tablename__ = "briefing"
    __table_args__ = (
        one_of("kind", BriefingKind),
        one_of("status", BriefingStatus),
        CheckConstraint("(status = 'issued') = (issued_at IS NOT NULL)", name="issued_has_its_instant"),
        CheckConstraint("kind <> 'unit_sheet' OR unit_id IS NOT NULL", name="unit_sheet_has_its_unit"),
        CheckConstraint(
            "kind <> 'measure_sheet' OR measure_id IS NOT NULL", name="measure_sheet_has_its_measure"
        ),
        CheckConstraint("region IS NULL OR unit_id IS NULL", name="of_one_place"),
    )
    id: int = Field(default=None, primary_key=True)
    period_id: int = Field(foreign_key="reporting_period.id", index=True)
    kind: BriefingKind = Field(sa_type=Word(BriefingKind))
    region: str | None = Field(default=None, max_length=20)
    unit_id: int | None = Field(default=None, foreign_key="authority.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    published: bool = False
    status: BriefingStatus = Field(default=BriefingStatus.DRAFT, sa_type=Word(BriefingStatus))
    row_version: int = 1
    issued_at: datetime | None = Field(default=None, sa_type=Instant)
    issued_by_id: int | None = Field(default=None, foreign_key="officer.id")


class BriefingVersion(SQLModel, table=True):
    """One version of a briefing; never changed, only followed by another.

    `content` comes from `tracking.briefings.text.content_of`, `figures`, on which the text is based, from
    `tracking.briefings.figures.plain_figures`, as of `as_of_at`.
    """

    __tablename__ = "briefing_version"
    __table_args__ = (one_of("language", Language), UniqueConstraint("briefing_id", "number"))
    id: int = Field(default=None, primary_key=True)
    briefing_id: int = Field(foreign_key="briefing.id")
    number: int
    language: Language = Field(sa_type=Word(Language))
    content: Any = Field(sa_type=JSON)
    figures: Any = Field(sa_type=JSON)
    as_of_at: datetime = Field(sa_type=Instant)
    written_at: datetime = Field(sa_type=Instant)
    written_by_id: int | None = Field(default=None, foreign_key="officer.id")
