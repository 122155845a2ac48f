"""Reads what counts of one task: the figures of its latest accepted update, and all its evidence."""

from datetime import date

import pandas as pd
from sqlmodel import col

from db.frames import frame_of
from db.sql import select
from db.store import NotFound, Store
from db.tables import EvidenceFile, ProgressUpdate, Task
from db.tasks.past_tasks import facts_known
from db.tasks.queries import left_or_own, tasks_within
from db.updates.standing import update_draft
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import UpdateDraft


def standing_report(store: Store, scope: Scope, *, task_id: int, known_on: date | None = None) -> UpdateDraft:
    """What the latest accepted update says, now or as known at the end of a past day; nothing before the first.

    Raises `NotFound`, also outside the scope.
    """
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        latest_id = task.latest_update_id if known_on is None else _latest_id(store, task_id, known_on)
        update = session.get(ProgressUpdate, latest_id) if latest_id else None
        return UpdateDraft() if update is None else update_draft(session, update)


def _latest_id(store: Store, task_id: int, known_on: date) -> int:
    """The accepted update that counted at the end of a past day, 0 before the first."""
    facts = facts_known(store, [Task.id == task_id], known_on=known_on)
    return int(facts["update_id"].sum())  # of the one task, or of none


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
        .where(ProgressUpdate.task_id == task_id, *tasks_within(scope), *left_or_own(scope))
        .order_by(EvidenceFile.id)
    )
    return frame_of(store, rows)
