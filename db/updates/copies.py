"""Reads whether another authority has said the same, for the writer's eyes alone: nothing of it is kept."""

from collections.abc import Collection

from sqlmodel import col

from db.sql import select
from db.store import Store
from db.tables import ProgressUpdate, Task


def said_elsewhere(
    store: Store, *, authority_id: int, period_id: int, texts: Collection[str]
) -> frozenset[str]:
    """Those of the texts that another authority has submitted word for word as its progress in the period."""
    rows = (
        select(ProgressUpdate.progress)
        .join(Task, col(Task.id) == ProgressUpdate.task_id)
        .where(ProgressUpdate.period_id == period_id, col(ProgressUpdate.submitted_at).is_not(None))
        .where(col(ProgressUpdate.progress).in_(texts), Task.authority_id != authority_id)
    )
    with store.read() as session:
        return frozenset(session.scalars(rows.distinct()))
