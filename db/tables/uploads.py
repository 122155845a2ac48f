"""Owns ledgers that were uploaded: the user's own file, what was found in it, until when it is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from db.tables.types import Instant


class Upload(SQLModel, table=True):
    """An uploaded ledger with its preview, its uploader's alone; `result` as `tracking.ledger_results` makes it."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("expires_at > uploaded_at", name="expires_after_upload"),)
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    authority_id: int = Field(foreign_key="authority.id")
    period_id: int = Field(foreign_key="reporting_period.id")
    name: str = Field(max_length=120)
    content: bytes = Field(sa_type=LargeBinary)
    result: Any = Field(default_factory=dict, sa_type=JSON)
    uploaded_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    committed_at: datetime | None = Field(default=None, sa_type=Instant)
