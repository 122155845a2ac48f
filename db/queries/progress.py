"""Owns reading what an authority has to report for a period, task by task, as the form shows it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from db.queries.drafts import (
    PlannedTask,
    accepted_before,
    planned_task,
    planned_tasks,
    task_facts,
    update_draft,
)
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
    TaskRevision,
    WorkPlan,
)
from tracking.carrying import carried_over
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.validation import TaskFacts, UpdateDraft
from tracking.words import PeriodStatus, UpdateStatus


@dataclass(frozen=True)
class ReportItem:
    """A task as the report form shows it for one period.

    `baseline` is what was first filed of it: expected progress follows that. `update` is the newest version for the period (None before the first save), `draft` what it says or, to
    begin with, what is carried over from `last`, the last accepted update of an earlier period; `before` are
    all of those, newest first. `author` wrote `update`.
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
    author: str
    returned_because: str
    evidence: list[EvidenceFile]

    @property
    def row_version(self) -> int:
        """What a save must name: 0 where it begins a new version."""
        begins = self.update is None or self.update.status is UpdateStatus.RETURNED
        return 0 if begins else self.update.row_version  # type: ignore[union-attr]  # begins covers None


def report_items(store: Store, scope: Scope, *, authority_id: int, period_id: int) -> list[ReportItem]:
    """The tasks of an authority that a period asks about, by number. Raises `NotFound` outside the scope."""
    if not scope.covers(authority_id):
        raise NotFound(Message("store.not_found"))
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
        tasks = _tasks(session, period, Task.authority_id == authority_id)
        items = [_item(session, scope, task, planned, period) for task, planned in tasks]
        session.expunge_all()
    return items


def report_item(store: Store, scope: Scope, *, task_id: int, period_id: int) -> ReportItem:
    """One task for one period. Raises `NotFound` outside the scope."""
    with store.read() as session:
        period = session.get(ReportingPeriod, period_id)
        found = _tasks(session, period, col(Task.id) == task_id) if period else []
        if period is None or not found or not scope.covers(found[0][0].authority_id):
            raise NotFound(Message("store.not_found"))
        item = _item(session, scope, *found[0], period)
        session.expunge_all()
    return item


def report_item_of(store: Store, scope: Scope, *, update_id: int) -> ReportItem:
    """The task and period that an update is of. Raises `NotFound`, also outside the scope."""
    with store.read() as session:
        update = session.get(ProgressUpdate, update_id)
    if update is None:
        raise NotFound(Message("store.not_found"))
    return report_item(store, scope, task_id=update.task_id, period_id=update.period_id)


def _tasks(session: Session, period: ReportingPeriod, chosen: Any) -> list[tuple[Task, PlannedTask]]:
    rows = (
        select(Task, TaskRevision.plan_revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .where(WorkPlan.notice_id == period.notice_id, Task.year == period.year, Task.in_force)
        .where(chosen)
        .order_by(col(Task.number))
    )
    found = session.execute(rows).all()
    planned = {
        task.task_id: task
        for revision_id in {revision_id for _, revision_id in found}
        for task in planned_tasks(session, revision_id)
    }
    return [(task, planned[task.id]) for task, _ in found]


def _item(
    session: Session, scope: Scope, task: Task, planned: PlannedTask, period: ReportingPeriod
) -> ReportItem:
    update = _newest_update(session, scope, task, period)
    before = accepted_before(session, task.id, period)
    last = update_draft(session, before[0]) if before else UpdateDraft()
    facts = task_facts(session, planned.draft, before, update.id if update else 0)
    files = select(EvidenceFile).where(EvidenceFile.update_id == (update.id if update else 0))
    return ReportItem(
        task=task,
        period_status=period.status,
        planned=planned,
        baseline=_baseline(session, task, planned),
        facts=facts,
        draft=update_draft(session, update) if update else carried_over(last, facts),
        last=last,
        update=update,
        before=before,
        authority_name=session.get_one(Authority, task.authority_id).short_name,
        author=_author(session, update),
        returned_because=_returned_because(session, update),
        evidence=list(session.execute(files).scalars()),
    )


def _newest_update(
    session: Session, scope: Scope, task: Task, period: ReportingPeriod
) -> ProgressUpdate | None:
    """The newest version for the period that may be read: what is still being written stays in its authority."""
    versions = (
        select(ProgressUpdate)
        .where(ProgressUpdate.task_id == task.id, ProgressUpdate.period_id == period.id)
        .order_by(col(ProgressUpdate.version).desc())
        .limit(1)
    )
    if not scope.covers_drafts(task.authority_id):
        versions = versions.where(col(ProgressUpdate.submitted_at).is_not(None))
    update: ProgressUpdate | None = session.execute(versions).scalar_one_or_none()
    return update


def _baseline(session: Session, task: Task, planned: PlannedTask) -> PlannedTask:
    amended = task.baseline_revision_id != task.revision_id
    return planned_task(session, task.baseline_revision_id or 0) if amended else planned


def _author(session: Session, update: ProgressUpdate | None) -> str:
    found = session.get(Officer, update.written_by_id) if update and update.written_by_id else None
    return found.name if found else ""


def _returned_because(session: Session, update: ProgressUpdate | None) -> str:
    """The reason of the last return in this period, until the update is submitted again."""
    if update is None or (update.submitted_at and update.status is not UpdateStatus.RETURNED):
        return ""
    rows = (
        select(Review.reason)
        .join(ProgressUpdate, ProgressUpdate.id == Review.update_id)
        .where(ProgressUpdate.task_id == update.task_id, ProgressUpdate.period_id == update.period_id)
        .where(col(ProgressUpdate.returned_at).is_not(None))
        .order_by(col(Review.id).desc())
        .limit(1)
    )
    return session.execute(rows).scalar_one_or_none() or ""
