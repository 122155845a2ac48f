"""The layouts of an authority's own plans, as its officers confirmed them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from db.tables.types import Instant


class PlanFileLayout(SQLModel, table=True):
    """The layouts last confirmed by an authority, one per sheet, in the plain form of `tracking.documents.plan_layout`."""

    __tablename__ = "plan_file_layout"
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id", unique=True)
    layouts: Any = Field(default_factory=list, sa_type=JSON)
    saved_by_id: int | None = Field(default=None, foreign_key="officer.id")
    saved_at: datetime = Field(sa_type=Instant)
