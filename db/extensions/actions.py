"""The life of a request for a later due date: written, signed and sent, ruled on, or taken back.

Whatever is written waits for the signatory; signing sends it to the working group in the same step.
"""

from datetime import date

from sqlmodel import col

from db.identity import SignedIn
from db.notifications.sending import notify_authority, notify_writers
from db.plans import moved_dates as date_moves
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Extension, Task
from db.tasks.status import refresh_tasks
from db.texts import required_reason
from tracking import permissions, workflow
from tracking.cleaning import clean_text
from tracking.extensions import LIMIT, Asked, check_asked, check_granted, check_may_ask
from tracking.permissions import Right
from tracking.validation import cleaned, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import ExtensionStatus

OPEN = (ExtensionStatus.DRAFT, ExtensionStatus.REQUESTED)


def request_extension(store: Store, *, by: SignedIn, task_id: int, asked: Asked) -> int:
    """Write a request for a task and give its id; it waits for the signatory.

    Raises `Refusal` as `tracking.extensions` says.
    """
    with store.write(by) as tx:
        task = tx.load(Task, task_id)
        permissions.check(by, Right.REQUEST_EXTENSION, task.authority_id)
        due_on = _checked_due_date(tx, task, open_request=_has_open(tx, task_id))
        refuse_all(check_asked(asked, due_on))
        texts = cleaned(asked)
        extension = tx.add(
            Extension(
                task_id=task_id,
                due_on=due_on,
                requested_due_on=texts.requested_due_on,
                reason=texts.reason,
                progress=texts.progress,
                written_at=tx.now,
                written_by_id=by.officer_id,
            )
        )
        requested = asked.requested_due_on.isoformat()
        tx.audit(
            "request_extension", extension, task.authority_id, task_id=task_id, requested_due_on=requested
        )
        return key_of(extension)


def sign_extension(store: Store, *, by: SignedIn, extension_id: int) -> None:
    """Sign a request and send it to the working group; that is the day on which it is made."""
    with store.write(by) as tx:
        extension, task = _load(tx, extension_id)
        permissions.check(by, Right.SIGN_REQUEST, task.authority_id)
        _step(extension, "sign_off")
        _checked_due_date(tx, task)
        extension.requested_at, extension.signed_off_by_id = tx.now, by.officer_id
        tx.audit("sign_extension", extension, task.authority_id, task_id=task.id)


def send_back_extension(store: Store, *, by: SignedIn, extension_id: int, reason: str) -> None:
    """Give a request back to its writer unsigned, with the reason; the next one begins with its words."""
    with store.write(by) as tx:
        extension, task = _load(tx, extension_id)
        permissions.check(by, Right.SIGN_REQUEST, task.authority_id)
        _step(extension, "send_back")
        extension.ruling, extension.withdrawn_at = required_reason(reason), tx.now
        tx.audit("send_back_extension", extension, task.authority_id, reason=extension.ruling)
        notify_writers(tx, task.authority_id, "notification.extension_sent_back", _LINK, task=task.number)


def withdraw_extension(store: Store, *, by: SignedIn, extension_id: int) -> None:
    """Take a request back before it is ruled on."""
    with store.write(by) as tx:
        extension, task = _load(tx, extension_id)
        permissions.check(by, Right.REQUEST_EXTENSION, task.authority_id)
        _step(extension, "withdraw")
        extension.withdrawn_at = tx.now
        tx.audit("withdraw_extension", extension, task.authority_id, task_id=task.id)


def grant_extension(
    store: Store, *, by: SignedIn, extension_id: int, granted_due_on: date, ruling: str = ""
) -> None:
    """Fix a later due date, at most the one asked for; delay counts from it from now on."""
    with store.write(by) as tx:
        extension, task = _load(tx, extension_id)
        permissions.check(by, Right.RULE_EXTENSION, task.authority_id)
        _step(extension, "grant")
        days = {"due_on": extension.due_on, "requested_due_on": extension.requested_due_on}
        refuse_all([*check_granted(granted_due_on, **days), *text_problems("ruling", ruling, limit=LIMIT)])
        extension.granted_due_on = granted_due_on
        _rule(tx, by, extension, clean_text(ruling))
        tx.session.flush()
        date_moves.note_extension(tx.session, extension)
        moved = {"before": extension.due_on.isoformat(), "after": granted_due_on.isoformat()}
        changes = {"due_on": moved}
        tx.audit("grant_extension", extension, task.authority_id, task_id=task.id, changes=changes)
        refresh_tasks(tx, by, [extension.task_id])
        told = {"task": task.number, "day": granted_due_on.isoformat()}
        notify_authority(tx, task.authority_id, "notification.extension_granted", _LINK, **told)


def refuse_extension(store: Store, *, by: SignedIn, extension_id: int, reason: str) -> None:
    """Leave the due date as it is, with the reason in writing."""
    with store.write(by) as tx:
        extension, task = _load(tx, extension_id)
        permissions.check(by, Right.RULE_EXTENSION, task.authority_id)
        written = required_reason(reason)
        _step(extension, "refuse")
        _rule(tx, by, extension, written)
        tx.audit("refuse_extension", extension, task.authority_id, task_id=task.id, reason=written)
        notify_authority(tx, task.authority_id, "notification.extension_refused", _LINK, task=task.number)


_LINK = "extensions"


def _load(tx: Transaction, extension_id: int) -> tuple[Extension, Task]:
    extension = tx.load(Extension, extension_id)
    return extension, tx.load(Task, extension.task_id)


def _step(extension: Extension, verb: str) -> None:
    extension.status = workflow.step(workflow.EXTENSION, extension.status, verb)


def _rule(tx: Transaction, by: SignedIn, extension: Extension, ruling: str) -> None:
    extension.ruled_at, extension.ruled_by_id, extension.ruling = tx.now, by.officer_id, ruling


def _checked_due_date(tx: Transaction, task: Task, *, open_request: bool = False) -> date:
    """The due date in force, where the task may still ask for a later one. Raises `Refusal`."""
    check_may_ask(task, tx.today, open_request=open_request)
    return task.due_on or date.min


def _has_open(tx: Transaction, task_id: int) -> bool:
    rows = select(Extension.id).where(Extension.task_id == task_id, col(Extension.status).in_(OPEN))
    return tx.session.scalar(rows.limit(1)) is not None
