"""Keeping a task's derived columns, summary cells and status log true after a write."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.figures import summaries
from db.figures.lineage import BY_KEY, with_heirs
from db.figures.shares import Shares
from db.figures.submission_cells import recount_reports, recount_tasks
from db.identity import SignedIn
from db.sql import among, fetch, select
from db.store import Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task, TaskStatusChange
from tracking import workflow
from tracking.vocabulary import TaskStatus

_LATER = aliased(ReportingPeriod)
_FIRST_END = (
    select(func.min(_LATER.ends_on))
    .select_from(ReportingPeriod)
    .join(_LATER, col(_LATER.notice_id) == ReportingPeriod.notice_id)
    .where(col(_LATER.year) == ReportingPeriod.year, col(_LATER.number) >= ReportingPeriod.number)
    .where(among(ReportingPeriod.id, "period_ids"))
)
_STATUSES = select(Task.id, Task.status).where(BY_KEY)


def refresh_tasks(tx: Transaction, by: SignedIn, task_ids: Iterable[int]) -> None:
    """Recompute what is kept of these tasks, and of those that go on for them, and log each change of status."""
    touched = sorted(with_heirs(tx.session, task_ids))
    before = _statuses(tx, touched)
    summaries.refresh(tx.session, touched, known_at=tx.now)
    _log_changes(tx, by, before)


def _log_changes(tx: Transaction, by: SignedIn, before: Mapping[int, TaskStatus]) -> list[int]:
    """Log the statuses that are no longer as they were, and name their tasks."""
    now = _statuses(tx, sorted(before))
    changed = [task_id for task_id, status in now.items() if status is not before[task_id]]
    for task_id in changed:
        _log(tx, by, task_id, now[task_id], "")
    return changed


@contextmanager
def reports_changing(tx: Transaction, by: SignedIn, updates: Iterable[ProgressUpdate]) -> Iterator[None]:
    """Around a change of these reports and nothing else: `refresh_tasks`, at the cost of their own tasks."""
    reported = list(updates)
    since = _first_end(tx, {update.period_id for update in reported})
    touched = sorted(with_heirs(tx.session, {update.task_id for update in reported}))
    before = _statuses(tx, touched)
    shares = Shares.of(tx.session, touched, known_at=tx.now, since=since)
    yield
    # Cells of another day, or of none yet, are made anew as a whole.
    if not (summaries.is_of_day(tx.session, tx.today) and shares.move(tx.session)):
        summaries.refresh(tx.session, touched, known_at=tx.now, since=since)
    recount_reports(tx.session, reported)
    recount_tasks(tx.session, _log_changes(tx, by, before))


def _first_end(tx: Transaction, period_ids: set[int]) -> date:
    """The earliest last day of these periods and those that follow them in their year, whatever their days."""
    return fetch(tx.session, _FIRST_END, period_ids=list(period_ids)).scalar() or date.max


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
    change = TaskStatusChange(
        task_id=task_id, status=status, changed_at=tx.now, changed_by_id=by.officer_id, reason=reason
    )
    tx.session.add(change)
    return change


def _statuses(tx: Transaction, task_ids: list[int]) -> dict[int, TaskStatus]:
    return dict(fetch(tx.session, _STATUSES, task_ids=task_ids).all())
