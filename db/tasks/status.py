"""Keeping a task's derived columns, summary cells and status log true after a write."""

from collections.abc import Iterable

from sqlmodel import col

from db.figures import summaries
from db.identity import SignedIn
from db.sql import select
from db.store import Store, Transaction
from db.tables import Task, TaskStatusChange
from db.texts import required_reason
from tracking import permissions, workflow
from tracking.permissions import Right
from tracking.vocabulary import TaskStatus


def refresh_tasks(tx: Transaction, by: SignedIn, task_ids: Iterable[int]) -> None:
    """Recompute what is kept of these tasks and log each change of status."""
    touched = sorted(set(task_ids))
    before = _statuses(tx, touched)
    summaries.refresh(tx.session, touched, known_at=tx.now)
    for task_id, status in _statuses(tx, touched).items():
        if status is not before[task_id]:
            _log(tx, by, task_id, status, "")


def suspend_task(store: Store, *, by: SignedIn, task_id: int, reason: str) -> None:
    """Stop a task: it leaves numerators and denominators and is counted apart."""
    with store.write(by) as tx:
        _take_step(tx, by, task_id, "suspend", reason)


def resume_task(store: Store, *, by: SignedIn, task_id: int, reason: str) -> None:
    """Take a suspended task up again where it stood."""
    with store.write(by) as tx:
        _take_step(tx, by, task_id, "resume", reason)


def _take_step(tx: Transaction, by: SignedIn, task_id: int, verb: str, reason: str) -> None:
    task = tx.load(Task, task_id)
    permissions.check(by, Right.REVIEW, task.authority_id)
    written = required_reason(reason)
    status = workflow.step(workflow.TASK, task.status, verb)
    _log(tx, by, task_id, status, written)
    tx.audit(f"{verb}_task", task, task.authority_id, reason=written)
    summaries.refresh(tx.session, [task_id], known_at=tx.now)


def _log(tx: Transaction, by: SignedIn, task_id: int, status: TaskStatus, reason: str) -> None:
    tx.add(
        TaskStatusChange(
            task_id=task_id, status=status, changed_at=tx.now, changed_by_id=by.officer_id, reason=reason
        )
    )


def _statuses(tx: Transaction, task_ids: list[int]) -> dict[int, TaskStatus]:
    rows = select(col(Task.id), Task.status).where(col(Task.id).in_(task_ids))
    return {task_id: status for task_id, status in tx.session.execute(rows) if task_id is not None}
