"""Reads what an authority has to report for a period, task by task, as the form shows it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from db.batches import batches
from db.figures.lineage import asked_in_period
from db.plans.drafts import PlannedTask
from db.sql import select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    EvidenceFile,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    Review,
    Task,
    WorkPlan,
)
from db.updates.standing import standings
from tracking.carrying import begun_with
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import PeriodStatus, UpdateStatus


@dataclass(frozen=True)
class ReportItem:
    """A task as the report form shows it for one period.

    `baseline` is the task as first filed, which expected progress follows. `update` is the newest version for
    the period (None before the first save), `draft` its content or, initially, what is carried over from
    `last`, the last accepted update of an earlier period; `before` are all of those, newest first. `author`
    wrote `update`, `checker_name` the authority above that checks it, or gave it back.
    """

    task: Task
    period_status: PeriodStatus
    planned: PlannedTask
    baseline: PlannedTask
    facts: TaskFacts
    draft: UpdateDraft
    last: UpdateDraft
    update: ProgressUpdate | None
    before: list[ProgressUpdate]
    authority_name: str
    checker_name: str
    author: str
    returned_because: str
    evidence: list[EvidenceFile]

    @property
    def row_version(self) -> int:
        """The version to save against: 0 to begin a new one."""
        begins = self.update is None or self.update.status is UpdateStatus.RETURNED
        return 0 if begins else self.update.row_version  # type: ignore[union-attr]  # begins covers None


def report_items(store: Store, scope: Scope, *, authority_id: int, period_id: int) -> list[ReportItem]:
    """The tasks of an authority due in a period, by number. Raises `NotFound` outside the scope."""
    if not scope.covers(authority_id):
        raise NotFound(Message("store.not_found"))
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
        items = [
            item
            for some in items_of(session, scope, period, Task.authority_id == authority_id)
            for item in some
        ]
        session.expunge_all()
    return items


def report_item(store: Store, scope: Scope, *, task_id: int, period_id: int) -> ReportItem:
    """One task for one period. Raises `NotFound` outside the scope."""
    with store.read() as session:
        period = session.get(ReportingPeriod, period_id)
        found = next(items_of(session, scope, period, col(Task.id) == task_id), []) if period else []
        session.expunge_all()
    if not found or not scope.covers(found[0].task.authority_id):
        raise NotFound(Message("store.not_found"))
    return found[0]


def report_item_of(store: Store, scope: Scope, *, update_id: int) -> ReportItem:
    """The task and period of an update. Raises `NotFound`, also if outside the scope."""
    with store.read() as session:
        update = session.get(ProgressUpdate, update_id)
    if update is None:
        raise NotFound(Message("store.not_found"))
    return report_item(store, scope, task_id=update.task_id, period_id=update.period_id)


def report_items_of(store: Store, scope: Scope, *, update_ids: Collection[int]) -> dict[int, ReportItem]:
    """Update → the task and period that it is of; those that are out of reach, or no longer the newest, are left out."""
    rows = select(ProgressUpdate.task_id, ProgressUpdate.period_id)
    tasks: dict[int, list[int]] = defaultdict(list)
    with store.read() as session:
        for row in session.execute(rows.where(col(ProgressUpdate.id).in_(update_ids))):
            tasks[row.period_id].append(row.task_id)
        found = {
            item.update.id: item
            for period_id, task_ids in tasks.items()
            for some in items_of(
                session, scope, session.get_one(ReportingPeriod, period_id), col(Task.id).in_(task_ids)
            )
            for item in some
            if item.update and scope.covers(item.task.authority_id)
        }
        session.expunge_all()
    return {key: found[key] for key in update_ids if key in found}


def items_of(
    session: Session, scope: Scope, period: ReportingPeriod, *chosen: Any
) -> Iterator[list[ReportItem]]:
    """The chosen tasks due in a period, by number, in batches."""
    asked = (
        select(Task.id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(ReportingPeriod, asked_in_period())
        .where(
            ReportingPeriod.id == period.id, WorkPlan.notice_id == period.notice_id, Task.in_force, *chosen
        )
        .order_by(col(Task.number), col(Task.id))
    )
    for keys in batches(session.execute(asked).scalars().all()):
        yield _items(session, scope, period, keys)


def _items(
    session: Session, scope: Scope, period: ReportingPeriod, task_ids: Sequence[int]
) -> list[ReportItem]:
    rows = select(Task).where(col(Task.id).in_(task_ids)).order_by(col(Task.number), col(Task.id))
    tasks = session.execute(rows).scalars().all()
    stand = standings(session, scope, tasks, period)
    updates = [standing.update for standing in stand.values() if standing.update]
    named = {task.authority_id for task in tasks} | {update.checker_id for update in updates}
    units = _names(session, Authority.id, Authority.short_name, named)
    authors = _names(session, Officer.id, Officer.name, (update.written_by_id for update in updates))
    reasons = _returned_because(session, period, [update.task_id for update in updates if _is_back(update)])

    def item(task: Task) -> ReportItem:
        at = stand[task.id]
        return ReportItem(
            task=task,
            period_status=period.status,
            planned=at.planned,
            baseline=at.baseline,
            facts=at.facts,
            draft=at.said or begun_with(at.last, at.facts),
            last=at.last,
            update=at.update,
            before=at.before,
            authority_name=units[task.authority_id],
            checker_name=units.get(at.update.checker_id, "") if at.update else "",
            author=authors.get(at.update.written_by_id, "") if at.update else "",
            returned_because=reasons.get(task.id, ""),
            evidence=at.evidence,
        )

    return [item(task) for task in tasks]


def _names(session: Session, key: Any, name: Any, keys: Iterable[int | None]) -> dict[int | None, str]:
    return dict(session.execute(select(key, name).where(key.in_(set(keys) - {None}))).all())


def _is_back(update: ProgressUpdate) -> bool:
    """Whether it is waiting to be submitted, for the first time or again."""
    return update.submitted_at is None or update.status is UpdateStatus.RETURNED


def _returned_because(session: Session, period: ReportingPeriod, task_ids: Sequence[int]) -> dict[int, str]:
    """Task → the reason for its last return in this period."""
    rows = (
        select(ProgressUpdate.task_id, Review.reason)
        .join(ProgressUpdate, ProgressUpdate.id == Review.update_id)
        .where(col(ProgressUpdate.task_id).in_(task_ids), ProgressUpdate.period_id == period.id)
        .where(col(ProgressUpdate.returned_at).is_not(None))
        .order_by(col(Review.id))
    )
    return dict(session.execute(rows).all())
