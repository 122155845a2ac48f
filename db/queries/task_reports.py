"""Owns reading what counts of one task: the figures of its latest accepted update, and the evidence of all."""

import pandas as pd
from sqlmodel import col

from db.queries.drafts import update_draft
from db.queries.frames import frame_of
from db.queries.tasks import left_or_own, within
from db.sql import select
from db.store import NotFound, Store
from db.tables import EvidenceFile, ProgressUpdate, Task
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import UpdateDraft


def standing_report(store: Store, scope: Scope, *, task_id: int) -> UpdateDraft:
    """What the latest accepted update says, nothing before the first. Raises `NotFound`, also outside the scope."""
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        update = session.get(ProgressUpdate, task.latest_update_id) if task.latest_update_id else None
        return UpdateDraft() if update is None else update_draft(session, update)


def evidence_frame(store: Store, scope: Scope, *, task_id: int) -> pd.DataFrame:
    """The files handed in with the updates of a task. Columns: evidence_id, update_id, name, size (bytes)."""
    rows = (
        select(
            col(EvidenceFile.id).label("evidence_id"),
            EvidenceFile.update_id,
            EvidenceFile.name,
            EvidenceFile.size,
        )
        .join(ProgressUpdate, ProgressUpdate.id == EvidenceFile.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(ProgressUpdate.task_id == task_id, *within(scope), *left_or_own(scope))
        .order_by(EvidenceFile.id)
    )
    return frame_of(store, rows)
