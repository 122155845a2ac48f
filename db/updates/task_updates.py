"""Reads what counts of one task: what its latest accepted update says."""

from datetime import date

from db.store import NotFound, Store
from db.tables import ProgressUpdate, Task
from db.tasks.past_tasks import facts_known
from db.updates.standing import update_draft
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import UpdateDraft


def standing_report(store: Store, scope: Scope, *, task_id: int, known_on: date | None = None) -> UpdateDraft:
    """The content of the latest accepted update, now or as known at the end of a past day; empty before the first.

    Raises `NotFound`, also if outside the scope.
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
    return int(facts["update_id"].sum())  # for the one task, or for none
