"""Keeping a task's derived columns, summary cells and status log true after a write."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.figures import summaries
from db.figures.lineage import with_heirs
from db.identity import SignedIn
from db.sql import select
from db.store import Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task, TaskStatusChange
from tracking import workflow
from tracking.vocabulary import TaskStatus


def refresh_tasks(tx: Transaction, by: SignedIn, task_ids: Iterable[int], *, since: date = date.min) -> None:
    """Recompute what is kept of these tasks, and of those that go on for them, and log each change of status.

    `since` as in `summaries.refresh`.
    """
    touched = sorted(with_heirs(tx.session, task_ids))
    before = _statuses(tx, touched)
    summaries.refresh(tx.session, touched, known_at=tx.now, since=since)
    for task_id, status in _statuses(tx, touched).items():
        if status is not before[task_id]:
            _log(tx, by, task_id, status, "")


def refresh_reported(tx: Transaction, by: SignedIn, updates: Iterable[ProgressUpdate]) -> None:
    """The same where only these reports have changed: nothing that was said of earlier periods moves."""
    reported = list(updates)
    since = _first_end(tx, {update.period_id for update in reported})
    refresh_tasks(tx, by, [update.task_id for update in reported], since=since)


def _first_end(tx: Transaction, period_ids: set[int]) -> date:
    """The earliest last day of these periods and those that follow them in their year, whatever their days."""
    later = aliased(ReportingPeriod)
    rows = (
        select(func.min(later.ends_on))
        .select_from(ReportingPeriod)
        .join(later, col(later.notice_id) == ReportingPeriod.notice_id)
        .where(col(later.year) == ReportingPeriod.year, col(later.number) >= ReportingPeriod.number)
        .where(col(ReportingPeriod.id).in_(period_ids))
    )
    return tx.session.scalar(rows) or date.max


def take_step(tx: Transaction, by: SignedIn, task: Task, verb: str, reason: str) -> None:
    """Suspend or resume a task, and log why; a suspended one leaves numerators and denominators.

    The ruling is a fact like the reports: the status follows from both and is logged.
    """
    workflow.check(workflow.TASK, task.status, verb)
    ruled = TaskStatus.SUSPENDED if verb == "suspend" else workflow.TASK.start
    change = _log(tx, by, task.id, ruled, reason)
    summaries.refresh(tx.session, [task.id], known_at=tx.now)
    change.status = tx.load(Task, task.id).status


def _log(tx: Transaction, by: SignedIn, task_id: int, status: TaskStatus, reason: str) -> TaskStatusChange:
    return tx.add(
        TaskStatusChange(
            task_id=task_id, status=status, changed_at=tx.now, changed_by_id=by.officer_id, reason=reason
        )
    )


def _statuses(tx: Transaction, task_ids: list[int]) -> dict[int, TaskStatus]:
    rows = select(col(Task.id), Task.status).where(col(Task.id).in_(task_ids))
    return {task_id: status for task_id, status in tx.session.execute(rows) if task_id is not None}
