"""The reads of working copies, each for its author alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import select

from db.store import Store
from db.tables import WorkingCopy


@dataclass(frozen=True, slots=True)
class Copy:
    """What was typed in a form that began from `row_version`; `token` names the page that wrote last."""

    row_version: int | None
    token: str
    content: Any
    saved_at: datetime


def copies_of(store: Store, *, officer_id: int) -> Mapping[str, Copy]:
    """Form → what this officer has typed in it and not saved."""
    with store.read() as session:
        rows = session.exec(select(WorkingCopy).where(WorkingCopy.officer_id == officer_id)).all()
    return {row.form: Copy(row.row_version, row.token, row.content, row.saved_at) for row in rows}
