"""The layouts of an authority's own ledgers, as its officers described them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from db.tables.types import Instant


class LedgerLayout(SQLModel, table=True):
    """The layouts last used by an authority, one per sheet, in the plain form of `tracking.documents.legacy_layout`.

    `names` are the titles that its officers matched by hand, each with its tasks.
    """

    __tablename__ = "ledger_layout"
    id: int = Field(default=None, primary_key=True)
    authority_id: int = Field(foreign_key="authority.id", unique=True)
    layouts: Any = Field(default_factory=list, sa_type=JSON)
    saved_by_id: int | None = Field(default=None, foreign_key="officer.id")
    saved_at: datetime = Field(sa_type=Instant)
    names: Any = Field(default=None, sa_type=JSON, nullable=True)
