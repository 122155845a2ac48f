"""Who may read which evidence file."""

from db.sql import select
from db.store import NotFound, Store
from db.tables import EvidenceFile, ProgressUpdate, Task
from db.tasks.queries import left_or_own, tasks_within
from tracking.messages import Message
from tracking.permissions import Scope


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
