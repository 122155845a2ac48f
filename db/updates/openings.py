"""What can be reported: a task and a period with what is there already, and who may report today.

They are found by sets; one place is the set of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from db.authorities.scope import NATION
from db.figures.lineage import asked_in_period
from db.identity import SignedIn
from db.periods.queries import check_period
from db.sql import among, fetch, select
from db.store import NotFound, Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.updates.standing import Standing, standings
from tracking import permissions
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.vocabulary import TaskStatus

# A task and a period, by key.
Keys: TypeAlias = tuple[int, int]
_ASKED = (
    select(Task.id, ReportingPeriod.id)
    .join(ReportingPeriod, asked_in_period())
    .where(among(Task.id, "task_ids"), among(ReportingPeriod.id, "period_ids"))
)


@dataclass(slots=True)
class Opening:
    """A task and a reporting period, with their current reports; `update` is the newest version."""

    task: Task
    period: ReportingPeriod
    standing: Standing
    update: ProgressUpdate | None


class Openings:
    """Openings read together in one go; `at` checks whether this person may report each."""

    def __init__(self, tx: Transaction, by: SignedIn, asked: Iterable[Keys]) -> None:
        keys = list(dict.fromkeys(asked))
        self._tx, self._by = tx, by
        self._tasks = tx.load_all(Task, {task_id for task_id, _ in keys})
        self._periods = tx.load_all(ReportingPeriod, {period_id for _, period_id in keys})
        self._found = dict(self._read(keys))
        self._asked = self._asked_about(keys)

    def at(self, task_id: int, period_id: int) -> Opening:
        """The place, where this person may report today. Raises `Refusal`, `NotFound`."""
        task, period = self._tasks.get(task_id), self._periods.get(period_id)
        _check(self._tx, self._by, task, period, asked=(task_id, period_id) in self._asked)
        return self._found[task_id, period_id]

    def check_rights(self) -> None:
        """Check that this person may report all of these tasks. Raises `Refusal`."""
        for task in self._tasks.values():
            permissions.check(self._by, Right.REPORT_PROGRESS, task.authority_id)

    def _asked_about(self, keys: Iterable[Keys]) -> set[Keys]:
        """The pairs of which the period asks about the task."""
        task_ids, period_ids = map(set, zip(*keys, strict=True)) if keys else (set(), set())
        pairs = fetch(self._tx.session, _ASKED, task_ids=list(task_ids), period_ids=list(period_ids))
        return {tuple(pair) for pair in pairs}

    def _read(self, keys: Iterable[Keys]) -> Iterator[tuple[Keys, Opening]]:
        """Read the standing of every task in force; others have no plan to be read against."""
        asked: dict[int, list[Task]] = defaultdict(list)
        for task_id, period_id in keys:
            task = self._tasks.get(task_id)
            if task is not None and task.in_force and period_id in self._periods:
                asked[period_id].append(task)
        for period_id, tasks in asked.items():
            period = self._periods[period_id]
            stand = standings(self._tx.session, NATION, tasks, period)
            for task in tasks:
                yield (task.id, period_id), Opening(task, period, stand[task.id], stand[task.id].update)


def reportable(tx: Transaction, by: SignedIn, task_id: int, period_id: int) -> Opening:
    """One opening that this person may report today. Raises `Refusal`, `NotFound`."""
    return Openings(tx, by, [(task_id, period_id)]).at(task_id, period_id)


def _check(
    tx: Transaction, by: SignedIn, task: Task | None, period: ReportingPeriod | None, *, asked: bool
) -> None:
    if task is not None:
        permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
    if task is None or period is None:
        raise NotFound(Message("store.not_found"))
    check_period(tx, period)
    if not task.in_force or not asked:
        raise Refusal(Message("progress.task_not_in_force"))
    check_takes_reports(task)


def check_takes_reports(task: Task) -> None:
    """Refuse reports on a task that is not running. Raises `Refusal`."""
    if task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        raise Refusal(Message("progress.task_takes_no_reports", task_status=task.status))
