"""An update that left its writer by mistake: taken back, unless whoever it lies with has opened it."""

from collections.abc import Sequence

from db import signatures
from db.identity import SignedIn
from db.periods.queries import check_period
from db.store import Store, Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.tasks.status import reports_changing
from tracking import permissions, workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.vocabulary import UpdateStatus

# Updates of one transaction.
PIECE = 50


def open_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Note that the signatory, whoever checks, or a member, has opened what lies with them: from now on it is not taken back."""
    with store.write(by) as tx:
        update, task = _load(tx, update_id)
        permissions.check(by, *(signatures.lies_with(update, task.authority_id) or (Right.REVIEW,)))
        signatures.note_opened(workflow.PROGRESS_UPDATE, update, tx.now)
        tx.audit("open_update", update, task.authority_id, task_id=task.id)


def take_back_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Make an update a draft again that was handed over or submitted by mistake and that nobody has opened.

    What was submitted comes back only while its period takes reports. Raises `Refusal`.
    """
    with store.write(by) as tx:
        update, task = _load(tx, update_id)
        submitted = update.status in {UpdateStatus.CHECKING, UpdateStatus.SUBMITTED}
        right = Right.SUBMIT if submitted else Right.REPORT_PROGRESS
        permissions.check(by, right, task.authority_id)
        if submitted:
            check_period(tx, tx.load(ReportingPeriod, update.period_id))
        with reports_changing(tx, by, [update]):
            signatures.take_back(workflow.PROGRESS_UPDATE, update)
            tx.audit("take_back_update", update, task.authority_id, task_id=task.id)


def take_back_updates(store: Store, *, by: SignedIn, update_ids: Sequence[int]) -> None:
    """Make drafts again of those that were handed over and that nobody has opened; the others stay where they are.

    Piece by piece, so that nobody waits for many. Raises `Refusal` where nothing of a piece can be taken back.
    """
    for start in range(0, len(update_ids), PIECE):
        with store.write(by) as tx:
            loaded = [_load(tx, update_id) for update_id in update_ids[start : start + PIECE]]
            for _, task in loaded:
                permissions.check(by, Right.REPORT_PROGRESS, task.authority_id)
            free = [(update, task) for update, task in loaded if _is_free(update)]
            if not free:
                raise Refusal(Message("workflow.opened_already"))
            with reports_changing(tx, by, [update for update, _ in free]):
                for update, task in free:
                    signatures.take_back(workflow.PROGRESS_UPDATE, update)
                    tx.audit("take_back_update", update, task.authority_id, task_id=task.id)


def _is_free(update: ProgressUpdate) -> bool:
    return update.status is UpdateStatus.HANDED_OVER and update.opened_at is None


def _load(tx: Transaction, update_id: int) -> tuple[ProgressUpdate, Task]:
    update = tx.load(ProgressUpdate, update_id)
    return update, tx.load(Task, update.task_id)
