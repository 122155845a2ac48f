"""Reads evidence: one file for whoever may read it, the files of a task, and those of updates."""

from collections.abc import Iterable

import pandas as pd
from sqlmodel import Session, col

from db.figures.lineage import line_of
from db.frames import frame_of
from db.sql import among, select
from db.store import NotFound, Store
from db.tables import EvidenceFile, ProgressUpdate, Task
from db.tasks.queries import left_or_own, tasks_within
from tracking.messages import Message
from tracking.permissions import Scope

_OF_UPDATES = (
    select(EvidenceFile).where(among(EvidenceFile.update_id, "update_ids")).order_by(col(EvidenceFile.id))
)


def evidence_file(store: Store, scope: Scope, *, evidence_id: int) -> EvidenceFile:
    """An evidence file of a task in the scope; other authorities' only once it was submitted.

    What an authority has not signed off is nobody else's. Raises `NotFound`, the same for a file there is
    not and for one that may not be read.
    """
    chosen = [EvidenceFile.id == evidence_id, *tasks_within(scope), *left_or_own(scope)]
    statement = (
        select(EvidenceFile)
        .join(ProgressUpdate, ProgressUpdate.id == EvidenceFile.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(*chosen)
    )
    with store.read() as session:
        found: EvidenceFile | None = session.scalars(statement).first()
    if found is None:
        raise NotFound(Message("store.not_found"))
    return found


def evidence_frame(store: Store, scope: Scope, *, task_id: int) -> pd.DataFrame:
    """The files handed in with the updates of a task and of those it goes on for.

    Columns: evidence_id, update_id, name, size (bytes).
    """
    with store.read() as session:
        line = line_of(session, task_id)
    rows = (
        select(
            col(EvidenceFile.id).label("evidence_id"),
            EvidenceFile.update_id,
            EvidenceFile.name,
            EvidenceFile.size,
        )
        .join(ProgressUpdate, ProgressUpdate.id == EvidenceFile.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .where(col(ProgressUpdate.task_id).in_(line), *tasks_within(scope), *left_or_own(scope))
        .order_by(EvidenceFile.id)
    )
    return frame_of(store, rows)


def evidence_of(session: Session, update_ids: Iterable[int]) -> dict[int, list[EvidenceFile]]:
    """Update → the files submitted with it, in order."""
    found: dict[int, list[EvidenceFile]] = {key: [] for key in update_ids}
    for file in session.scalars(_OF_UPDATES, {"update_ids": list(found)}):
        found[file.update_id].append(file)
    return found
