"""Owns progress updates up to the working group's door: drafted, handed over, signed off, submitted."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import delete, func
from sqlmodel import col
from tracking.periods import check_open

from db.actions.task_status import refresh_tasks
from db.identity import SignedIn
from db.queries.drafts import accepted_before, planned_task, task_facts, update_draft
from db.sql import select
from db.store import Conflict, Store, Transaction, check_version
from db.tables import IndicatorActual, MilestoneReached, ProgressUpdate, ReportingPeriod, Task
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import (
    TaskFacts,
    UpdateDraft,
    check_update,
    cleaned,
    completion_of_draft,
    refuse_all,
)
from tracking.words import TaskStatus, UpdateStatus

TEXTS = ("progress", "difficulties", "next_steps", "explanation", "no_change", "completion_requested")


def save_progress_update(
    store: Store, *, by: SignedIn, task_id: int, period_id: int, row_version: int, draft: UpdateDraft
) -> int:
    """Keep a draft of the update of a task for a period and give its id; `row_version` 0 begins one.

    Raises `Conflict` when somebody saved it meanwhile, `Refusal` when the period is not open, the task takes
    no reports, or a value could never be kept.
    """
    with store.write(by) as tx:
        task, period = _reportable(tx, by, task_id, period_id)
        update = _open_draft(tx, by, task, period, row_version)
        _write(tx, by, update, task, period, draft, complete=False)
        tx.audit("save_progress_update", update, task.authority_id, **_figures(update))
        return update.id


def report_no_change(
    store: Store, *, by: SignedIn, task_id: int, period_id: int, row_version: int = 0, explanation: str = ""
) -> int:
    """Report a task as unchanged since its last accepted update and hand it to the signatory, in one step."""
    with store.write(by) as tx:
        task, period = _reportable(tx, by, task_id, period_id)
        before = accepted_before(tx.session, task_id, period)
        last = update_draft(tx.session, before[0]) if before else UpdateDraft(typed_permille=0)
        draft = replace(
            last, no_change=True, completion_requested=False, explanation=explanation, progress=last.progress
        )
        update = _open_draft(tx, by, task, period, row_version)
        _write(tx, by, update, task, period, draft, complete=True)
        update.sign_off_requested_at = tx.now
        tx.audit("report_no_change", update, task.authority_id, **_figures(update))
        return update.id


def request_update_sign_off(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Hand complete drafts to the signatory. Raises `Refusal` with all that is missing in any of them."""
    with store.write(by) as tx:
        for update, task in _loaded(tx, by, Right.REPORT_PROGRESS, update_ids):
            workflow.step(workflow.PROGRESS_UPDATE, update.status, "sign_off")
            _check_complete(tx, update, task)
            update.sign_off_requested_at = tx.now
            tx.audit("request_update_sign_off", update, task.authority_id, task_id=task.id)


def sign_off_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Sign drafts off inside the authority, all of them or none."""
    with store.write(by) as tx:
        for update, task in _loaded(tx, by, Right.SIGN_OFF, update_ids):
            update.status = workflow.step(workflow.PROGRESS_UPDATE, update.status, "sign_off")
            _check_complete(tx, update, task)
            update.signed_off_at, update.signed_off_by_id = tx.now, by.officer_id
            tx.audit("sign_off_progress_update", update, task.authority_id, **_figures(update))


def send_back_progress_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Give an update back to its writer inside the authority, before or after it was signed off."""
    with store.write(by) as tx:
        for update, task in _loaded(tx, by, Right.SIGN_OFF, [update_id]):
            if update.status is not UpdateStatus.DRAFT:
                update.status = workflow.step(workflow.PROGRESS_UPDATE, update.status, "send_back")
            update.sign_off_requested_at = update.signed_off_at = update.signed_off_by_id = None
            tx.audit("send_back_progress_update", update, task.authority_id, task_id=task.id)


def submit_progress_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Send one signed-off update to the working group."""
    submit_progress_updates(store, by=by, update_ids=[update_id])


def submit_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Send signed-off updates to the working group while their period is open, all of them or none."""
    with store.write(by) as tx:
        loaded = _loaded(tx, by, Right.SUBMIT, update_ids)
        for update, task in loaded:
            _check_period(tx, tx.load(ReportingPeriod, update.period_id))
            update.status = workflow.step(workflow.PROGRESS_UPDATE, update.status, "submit")
            update.submitted_at = tx.now
            tx.audit("submit_progress_update", update, task.authority_id, **_figures(update))
        refresh_tasks(tx, by, [update.task_id for update, _ in loaded])


def _reportable(tx: Transaction, by: SignedIn, task_id: int, period_id: int) -> tuple[Task, ReportingPeriod]:
    """The task and the period, if this person may report the one for the other today."""
    task = tx.load(Task, task_id)
    permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
    period = tx.load(ReportingPeriod, period_id)
    _check_period(tx, period)
    if not task.in_force or task.year != period.year:
        raise Refusal(Message("progress.task_not_in_force"))
    if task.status in {TaskStatus.COMPLETED, TaskStatus.SUSPENDED}:
        raise Refusal(Message("progress.task_takes_no_reports", task_status=task.status))
    return task, period


def _check_period(tx: Transaction, period: ReportingPeriod) -> None:
    check_open(status=period.status, today=tx.today, opens_on=period.opens_on, closes_on=period.closes_on)


def _open_draft(
    tx: Transaction, by: SignedIn, task: Task, period: ReportingPeriod, row_version: int
) -> ProgressUpdate:
    """The draft to write: the one open, checked for conflict, or a new version."""
    of_period = (ProgressUpdate.task_id == task.id, ProgressUpdate.period_id == period.id)
    open_rows = select(ProgressUpdate).where(*of_period, ProgressUpdate.status != UpdateStatus.RETURNED)
    update: ProgressUpdate | None = tx.session.execute(open_rows.with_for_update()).scalar_one_or_none()
    if update is None:
        if row_version:
            raise Conflict(Message("store.changed_meanwhile"))
        last = select(func.coalesce(func.max(ProgressUpdate.version), 0)).where(*of_period)
        version = tx.session.execute(last).scalar_one() + 1
        return tx.add(
            ProgressUpdate(task_id=task.id, period_id=period.id, version=version, written_at=tx.now)
        )
    workflow.step(workflow.PROGRESS_UPDATE, update.status, "edit")
    check_version(update, row_version)
    return update


def _write(
    tx: Transaction,
    by: SignedIn,
    update: ProgressUpdate,
    task: Task,
    period: ReportingPeriod,
    draft: UpdateDraft,
    *,
    complete: bool,
) -> None:
    facts = _facts(tx, update, task, period)
    refuse_all(check_update(draft, facts, complete=complete))
    said = cleaned(draft)
    update.sqlmodel_update({name: getattr(said, name) for name in TEXTS})
    update.completion_permille = completion_of_draft(said, facts)
    update.written_at, update.written_by_id = tx.now, by.officer_id
    update.sign_off_requested_at = None
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


def _check_complete(tx: Transaction, update: ProgressUpdate, task: Task) -> None:
    facts = _facts(tx, update, task, tx.load(ReportingPeriod, update.period_id))
    refuse_all(check_update(update_draft(tx.session, update), facts))


def _facts(tx: Transaction, update: ProgressUpdate, task: Task, period: ReportingPeriod) -> TaskFacts:
    assert task.revision_id is not None  # a task in force names its revision
    planned = planned_task(tx.session, task.revision_id).draft
    return task_facts(tx.session, planned, accepted_before(tx.session, task.id, period), update.id)


def _loaded(
    tx: Transaction, by: SignedIn, right: Right, update_ids: Iterable[int]
) -> list[tuple[ProgressUpdate, Task]]:
    """Updates with their tasks, each of an authority for which this person holds the right."""
    updates = [tx.load(ProgressUpdate, update_id) for update_id in update_ids]
    loaded = [(update, tx.load(Task, update.task_id)) for update in updates]
    for _, task in loaded:
        permissions.check(by, right, task.authority_id)
    return loaded


def _figures(update: ProgressUpdate) -> dict[str, object]:
    return {"task_id": update.task_id, "completion_permille": update.completion_permille}
