"""Owns the draft of an update: which task and period it may be of, begun, written, and checked to be complete."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func
from sqlmodel import col

from db.identity import SignedIn
from db.queries.drafts import planned_task
from db.queries.report_facts import accepted_before, facts_of_update, update_draft
from db.sql import select
from db.store import Conflict, Transaction, check_version
from db.tables import (
    EvidenceFile,
    IndicatorActual,
    MilestoneReached,
    ProgressUpdate,
    ReportingPeriod,
    Task,
)
from tracking import permissions, workflow
from tracking.carrying import unchanged
from tracking.messages import Message, Refusal
from tracking.periods import check_open
from tracking.permissions import Right
from tracking.validation import (
    Problem,
    TaskFacts,
    UpdateDraft,
    check_update,
    cleaned,
    completion_of_draft,
    refuse_all,
)
from tracking.words import TaskStatus, UpdateStatus

TEXTS = ("progress", "difficulties", "next_steps", "explanation", "no_change", "completion_requested")


@dataclass(frozen=True)
class Place:
    """A task and the period it is reported for."""

    task: Task
    period: ReportingPeriod

    @property
    def is_mine(self) -> tuple[bool, ...]:
        """The conditions on an update of just this task and period."""
        return (ProgressUpdate.task_id == self.task.id, ProgressUpdate.period_id == self.period.id)


def reportable(tx: Transaction, by: SignedIn, task_id: int, period_id: int) -> Place:
    """The task and the period, if this person may report the one for the other today."""
    task = tx.load(Task, task_id)
    permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
    period = tx.load(ReportingPeriod, period_id)
    check_period(tx, period)
    if not task.in_force or task.year != period.year:
        raise Refusal(Message("progress.task_not_in_force"))
    if task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        raise Refusal(Message("progress.task_takes_no_reports", task_status=task.status))
    return Place(task, period)


def check_period(tx: Transaction, period: ReportingPeriod) -> None:
    """Refuse unless the period takes reports today. Raises `Refusal`."""
    check_open(status=period.status, today=tx.today, opens_on=period.opens_on, closes_on=period.closes_on)


def open_draft(tx: Transaction, place: Place, row_version: int) -> ProgressUpdate:
    """The draft to write: the one open, checked for conflict, or a new version. Raises `Conflict`."""
    open_rows = select(ProgressUpdate).where(*place.is_mine, ProgressUpdate.status != UpdateStatus.RETURNED)
    update: ProgressUpdate | None = tx.session.execute(open_rows.with_for_update()).scalar_one_or_none()
    if update is None:
        if row_version:
            raise Conflict(Message("store.changed_meanwhile"))
        return next_version(tx, place)
    workflow.step(workflow.PROGRESS_UPDATE, update.status, "edit")
    check_version(update, row_version)
    return update


def next_version(tx: Transaction, place: Place) -> ProgressUpdate:
    """A new version, still a draft; evidence of the one before need not be given again."""
    newest = select(func.coalesce(func.max(ProgressUpdate.version), 0)).where(*place.is_mine)
    last = tx.session.execute(newest).scalar_one()
    files = select(EvidenceFile).join(ProgressUpdate, ProgressUpdate.id == EvidenceFile.update_id)
    kept = tx.session.execute(files.where(*place.is_mine, ProgressUpdate.version == last)).scalars().all()
    begun = ProgressUpdate(
        task_id=place.task.id, period_id=place.period.id, version=last + 1, written_at=tx.now
    )
    update = tx.add(begun)
    tx.session.add_all(
        EvidenceFile(**{**file.model_dump(exclude={"id"}), "update_id": update.id}) for file in kept
    )
    tx.session.flush()
    return update


def write_draft(
    tx: Transaction, place: Place, update: ProgressUpdate, draft: UpdateDraft, *, hand_over: bool
) -> None:
    """Write what was typed; to be handed over it must be complete. Raises `Refusal` with every fault."""
    facts = facts_of(tx, place, update)
    refuse_all(check_update(draft, facts, complete=hand_over))
    said = cleaned(draft)
    update.written_at, update.written_by_id = tx.now, tx.by.officer_id if tx.by else None
    update.sign_off_requested_at = tx.now if hand_over else None
    write_said(tx, update, said, completion_of_draft(said, facts))


def write_said(tx: Transaction, update: ProgressUpdate, said: UpdateDraft, completion_permille: int) -> None:
    """Let an update say this, and nothing of what it said before."""
    update.sqlmodel_update({name: getattr(said, name) for name in TEXTS})
    update.completion_permille = completion_permille
    for table in (IndicatorActual, MilestoneReached):
        tx.session.execute(delete(table).where(col(table.update_id) == update.id))
    tx.session.add_all(
        IndicatorActual(update_id=update.id, indicator_id=indicator, value=value)
        for indicator, value in said.actuals.items()
    )
    tx.session.add_all(
        MilestoneReached(update_id=update.id, milestone_number=number) for number in said.milestones_reached
    )
    tx.session.flush()


def hand_over_unchanged(
    tx: Transaction, place: Place, row_version: int = 0, explanation: str = ""
) -> ProgressUpdate:
    """Write the draft that says nothing has changed since the last accepted update, and hand it over."""
    before = accepted_before(tx.session, [place.task.id], place.period)[place.task.id]
    last = update_draft(tx.session, before[0]) if before else UpdateDraft()
    update = open_draft(tx, place, row_version)
    draft = unchanged(last, facts_of(tx, place, update), explanation=explanation)
    write_draft(tx, place, update, draft, hand_over=True)
    tx.audit("report_no_change", update, place.task.authority_id, **figures(update))
    return update


def check_complete(tx: Transaction, update: ProgressUpdate, task: Task) -> None:
    """Refuse an update that could not be submitted as it stands. Raises `Refusal` with every fault."""
    place = Place(task, tx.load(ReportingPeriod, update.period_id))
    refuse_all(check_update(update_draft(tx.session, update), facts_of(tx, place, update)))


def all_of(tasks: Iterable[Task], act: Callable[[int], object]) -> None:
    """Do `act(place in the list)` for each task.

    Raises `Refusal` for the faults of all together, each in its task's name, at the field `tasks.<task id>`.
    """
    problems: list[Problem] = []
    for index, task in enumerate(tasks):
        try:
            act(index)
        except Refusal as refused:
            problems += [
                Problem(f"tasks.{task.id}", Message("progress.of_task", number=task.number, problem=message))
                for message in refused.messages
            ]
    refuse_all(problems)


def figures(update: ProgressUpdate) -> dict[str, object]:
    """What the audit trail keeps of an update."""
    return {"task_id": update.task_id, "completion_permille": update.completion_permille}


def facts_of(tx: Transaction, place: Place, update: ProgressUpdate) -> TaskFacts:
    """What an update is checked against."""
    planned = planned_task(tx.session, place.task.revision_id or 0).draft
    return facts_of_update(tx.session, planned, update)
