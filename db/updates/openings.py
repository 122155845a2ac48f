"""What can be reported: a task and a period with what is there already, and who may report today.

They are found by sets; one place is the set of one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from db.authorities.scope import NATION
from db.identity import SignedIn
from db.periods.queries import check_period
from db.store import NotFound, Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.updates.standing import Standing, standings
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.vocabulary import TaskStatus

# A task and a period, by their keys.
Keys: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Opening:
    """A task and the period it is reported for, with what stands there; `update` is the newest version."""

    task: Task
    period: ReportingPeriod
    standing: Standing
    update: ProgressUpdate | None


def openings(tx: Transaction, by: SignedIn, asked: Iterable[Keys]) -> dict[Keys, Opening | Refusal]:
    """What stands at each place that this person may report today, and why not at the others."""
    keys = list(dict.fromkeys(asked))
    tasks = tx.load_all(Task, {task_id for task_id, _ in keys})
    periods = tx.load_all(ReportingPeriod, {period_id for _, period_id in keys})
    found: dict[Keys, Opening | Refusal] = {}
    open_to: dict[int, list[Task]] = defaultdict(list)
    for task_id, period_id in keys:
        try:
            _check(tx, by, tasks.get(task_id), periods.get(period_id))
            open_to[period_id].append(tasks[task_id])
        except Refusal as refused:
            found[task_id, period_id] = refused
    for period_id, those in open_to.items():
        stand = standings(tx.session, NATION, those, periods[period_id])
        for task in those:
            at = stand[task.id]
            found[task.id, period_id] = Opening(task, periods[period_id], at, at.update)
    return found


def allowed(found: Opening | Refusal) -> Opening:
    """The place, where there is one. Raises the `Refusal` where there is none."""
    if isinstance(found, Refusal):
        raise found
    return found


def reportable(tx: Transaction, by: SignedIn, task_id: int, period_id: int) -> Opening:
    """One place that this person may report today. Raises `Refusal`, `NotFound`."""
    return allowed(openings(tx, by, [(task_id, period_id)])[task_id, period_id])


def _check(tx: Transaction, by: SignedIn, task: Task | None, period: ReportingPeriod | None) -> None:
    if task is not None:
        permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
    if task is None or period is None:
        raise NotFound(Message("store.not_found"))
    check_period(tx, period)
    if not task.in_force or task.year != period.year:
        raise Refusal(Message("progress.task_not_in_force"))
    check_takes_reports(task)


def check_takes_reports(task: Task) -> None:
    """Only of a task that runs is anything reported. Raises `Refusal`."""
    if task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        raise Refusal(Message("progress.task_takes_no_reports", task_status=task.status))
