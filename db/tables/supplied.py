"""Figures that the working group supplies for an authority, what is said against them, and how that is ruled."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.tables.types import Amount, Instant, Word, one_of
from tracking.supplied import SuppliedStatus

_STANDS = text("ended_at IS NULL")


class SuppliedFigure(SQLModel, table=True):
    """A cumulative value of an indicator that the working group supplies for an authority and a period.

    It counts until `ended_at`, when it was replaced by another row or withdrawn. `contested_at` outlives the ruling. The
    bytes of a proof lie in the evidence folder.
    """

    __tablename__ = "supplied_figure"
    __table_args__ = (
        one_of("status", SuppliedStatus),
        CheckConstraint("value >= 0", name="figure_not_negative"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="rate_has_both_parts"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="parts_not_negative"),
        CheckConstraint(
            "(status IN ('replaced', 'withdrawn')) = (ended_at IS NOT NULL)", name="ended_has_its_instant"
        ),
        CheckConstraint("(contested_at IS NULL) = (length(reason) = 0)", name="contest_has_its_reason"),
        CheckConstraint(
            "status NOT IN ('kept', 'replaced', 'withdrawn') OR length(ruling) > 0",
            name="ruling_has_its_words",
        ),
        Index(
            "one_standing_figure",
            "indicator_id",
            "authority_id",
            "period_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("supplied_by_status", "status"),
    )
    id: int = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    authority_id: int = Field(foreign_key="authority.id", index=True)
    period_id: int = Field(foreign_key="reporting_period.id")
    value: Decimal = Field(sa_type=Amount)
    numerator: Decimal | None = Field(default=None, sa_type=Amount)
    denominator: Decimal | None = Field(default=None, sa_type=Amount)
    source: str = Field(max_length=500)
    status: SuppliedStatus = Field(default=SuppliedStatus.SUPPLIED, sa_type=Word(SuppliedStatus))
    supplied_at: datetime = Field(sa_type=Instant)
    supplied_by_id: int | None = Field(default=None, foreign_key="officer.id")
    reason: str = Field(default="", max_length=1000)
    proof_name: str = Field(default="", max_length=120)
    proof_type: str = Field(default="", max_length=100)
    proof_sha256: str = Field(default="", max_length=64)
    contested_at: datetime | None = Field(default=None, sa_type=Instant)
    contested_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ruling: str = Field(default="", max_length=500)
    ruled_at: datetime | None = Field(default=None, sa_type=Instant)
    ruled_by_id: int | None = Field(default=None, foreign_key="officer.id")
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
