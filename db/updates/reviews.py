"""Rulings on progress updates: passed on or returned by who checks them, accepted, returned or reopened by the working group."""

from collections.abc import Iterable

from db import signatures
from db.checking import keep_passing, next_checker, ruled_by
from db.figures.submission_cells import recount_reports
from db.identity import SignedIn
from db.kept_reviews import keep_review
from db.notifications.sending import notify_authority
from db.store import Store, Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.tasks.status import reports_changing
from db.texts import required_reason
from tracking import permissions, workflow
from tracking.corrections import check_may_reopen
from tracking.permissions import Right
from tracking.vocabulary import Decision

_VERBS = {Decision.ACCEPTED: "accept", Decision.RETURNED: "return_", Decision.REOPENED: "reopen"}


def accept_progress_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Accept one submitted update: it counts from now on and is locked."""
    accept_progress_updates(store, by=by, update_ids=[update_id])


def accept_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Accept several submitted updates, all of them or none."""
    with store.write(by) as tx:
        permissions.check(by, Right.REVIEW)
        updates = tx.load_each(ProgressUpdate, list(update_ids))
        tasks = tx.load_each(Task, [update.task_id for update in updates])
        with reports_changing(tx, by, updates):
            for update, task in zip(updates, tasks, strict=True):
                _rule(tx, by, update, task, Decision.ACCEPTED)


def pass_on_progress_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Pass one update that was checked on to the next authority that checks it, or to the working group."""
    pass_on_progress_updates(store, by=by, update_ids=[update_id])


def pass_on_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """The same for several, all of them or none."""
    with store.write(by) as tx:
        updates = tx.load_each(ProgressUpdate, list(update_ids))
        tasks = tx.load_each(Task, [update.task_id for update in updates])
        for update, task in zip(updates, tasks, strict=True):
            permissions.check(by, Right.CHECK_BENEATH, update.checker_id or task.authority_id)
            workflow.check(workflow.PROGRESS_UPDATE, update.status, "pass_on")
            keep_passing(tx, by, update)
            checker_id = next_checker(tx.session, task.authority_id, update.checker_id or 0)
            signatures.pass_on(workflow.PROGRESS_UPDATE, update, tx.now, checker_id)
            tx.audit(
                "pass_on_progress_update", update, task.authority_id, task_id=task.id, checker_id=checker_id
            )
        recount_reports(tx.session, updates)


def return_progress_update(store: Store, *, by: SignedIn, update_id: int, reason: str) -> None:
    """Return an update to its authority, with a written reason: whoever checks it, or the working group."""
    with store.write(by) as tx:
        update = tx.load(ProgressUpdate, update_id)
        permissions.check(by, *ruled_by(update, tx.load(Task, update.task_id).authority_id))
        _uncount(tx, by, update, Decision.RETURNED, reason)


def reopen_progress_update(store: Store, *, by: SignedIn, update_id: int, reason: str) -> None:
    """Unlock one accepted update: it stops counting and goes back to its authority to be corrected."""
    with store.write(by) as tx:
        permissions.check(by, Right.REVIEW)
        update = tx.load(ProgressUpdate, update_id)
        check_may_reopen(tx.load(ReportingPeriod, update.period_id).status)
        _uncount(tx, by, update, Decision.REOPENED, reason)


def _rule(
    tx: Transaction, by: SignedIn, update: ProgressUpdate, task: Task, decision: Decision, *, reason: str = ""
) -> None:
    """Take the step and record the review and its audit event."""
    verb = _VERBS[decision]
    update.status = workflow.step(workflow.PROGRESS_UPDATE, update.status, verb)
    if decision is Decision.ACCEPTED:
        update.accepted_at = tx.now
    else:
        update.returned_at = tx.now
    keep_review(tx, by, update, decision, reason)
    detail = {"task_id": task.id, "completion_permille": update.completion_permille, "reason": reason}
    tx.audit(f"{verb.rstrip('_')}_progress_update", update, task.authority_id, **detail)


def _uncount(tx: Transaction, by: SignedIn, update: ProgressUpdate, decision: Decision, reason: str) -> None:
    """It goes back to its authority, which is told why."""
    task = tx.load(Task, update.task_id)
    with reports_changing(tx, by, [update]):
        _rule(tx, by, update, task, decision, reason=required_reason(reason))
    notify_authority(tx, task.authority_id, f"notification.update_{decision}", "report", task=task.number)
