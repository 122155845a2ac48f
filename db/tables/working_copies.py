"""What is being typed and is not saved yet: no part of history, and of no export."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import KEPT_IN, Instant


class WorkingCopy(SQLModel, table=True):
    """What its author has typed in one form; `row_version` is what the form began from, `token` who wrote last."""

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("officer_id", "form"), {"info": KEPT_IN})
    id: int = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id")
    form: str = Field(max_length=120)
    row_version: int | None = None
    token: str = Field(max_length=40)
    content: Any = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime = Field(sa_type=Instant, index=True)
