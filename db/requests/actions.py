"""The life of what an authority asks for a task: written, signed and sent, ruled on, or taken back.

A request asks for a later due date, to suspend the task, or to take it up again. Whatever is written waits for the
signatory; signing sends it to the working group in the same step.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import col

from db.identity import SignedIn
from db.notifications.sending import notify_authority, notify_writers
from db.plans import moved_dates
from db.requests.queries import OPEN
from db.row_changes import key_of
from db.sql import select
from db.store import Store, Transaction
from db.tables import Task, TaskRequest
from db.tasks.status import refresh_tasks, take_step
from db.texts import required_reason
from db.urging.actions import withdraw_open_slip
from tracking import permissions, workflow
from tracking.cleaning import clean_text
from tracking.permissions import Right
from tracking.requests import LIMIT, Asked, check_asked, check_granted, check_may_ask
from tracking.validation import cleaned, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import RequestKind


def make_request(store: Store, *, by: SignedIn, task_id: int, asked: Asked) -> int:
    """Make a request for a task and return its id; it awaits the signatory.

    Raises `Refusal` as in `tracking.requests`.
    """
    with store.write(by) as tx:
        task = tx.load(Task, task_id)
        permissions.check(by, Right.MAKE_REQUEST, task.authority_id)
        check_may_ask(asked.kind, task, tx.today, open_request=_has_open(tx, task_id))
        refuse_all(check_asked(asked, task.due_on or date.min))
        texts = cleaned(asked)
        request = tx.add(
            TaskRequest(
                task_id=task_id,
                kind=texts.kind,
                due_on=task.due_on if texts.kind is RequestKind.EXTENSION else None,
                requested_due_on=texts.requested_due_on,
                reason=texts.reason,
                progress=texts.progress,
                written_at=tx.now,
                written_by_id=by.officer_id,
            )
        )
        day = asked.requested_due_on
        _audit(tx, "request", request, task, **({"requested_due_on": day.isoformat()} if day else {}))
        return key_of(request)


def sign_request(store: Store, *, by: SignedIn, request_id: int) -> None:
    """Sign a request and send it to the working group; this day counts as the day it was made."""
    with store.write(by) as tx:
        request, task = _load(tx, request_id)
        permissions.check(by, Right.SIGN_REQUEST, task.authority_id)
        _step(request, "sign_off")
        check_may_ask(request.kind, task, tx.today)
        request.requested_at, request.signed_off_by_id = tx.now, by.officer_id
        _audit(tx, "sign", request, task)


def send_back_request(store: Store, *, by: SignedIn, request_id: int, reason: str) -> None:
    """Send a request back to its writer unsigned, with a reason; the next one starts with its text."""
    with store.write(by) as tx:
        request, task = _load(tx, request_id)
        permissions.check(by, Right.SIGN_REQUEST, task.authority_id)
        _step(request, "send_back")
        request.ruling, request.withdrawn_at = required_reason(reason), tx.now
        _audit(tx, "send_back", request, task, reason=request.ruling)
        notify_writers(tx, task.authority_id, *_news(request, "sent_back"), task=task.number)


def withdraw_request(store: Store, *, by: SignedIn, request_id: int) -> None:
    """Withdraw a request before it is ruled on."""
    with store.write(by) as tx:
        request, task = _load(tx, request_id)
        permissions.check(by, Right.MAKE_REQUEST, task.authority_id)
        _step(request, "withdraw")
        request.withdrawn_at = tx.now
        _audit(tx, "withdraw", request, task)


def grant_request(
    store: Store, *, by: SignedIn, request_id: int, granted_due_on: date | None = None, ruling: str = ""
) -> None:
    """Grant a request: the task is suspended, resumed, or extended to a later day.

    An extension fixes that day, at most the one asked for; delay counts from it from now on. A suspended task
    leaves all figures, and its open urging slip ends.
    """
    with store.write(by) as tx:
        request, task = _load(tx, request_id)
        permissions.check(by, Right.RULE_REQUEST, task.authority_id)
        _step(request, "grant")
        days = {"due_on": request.due_on, "requested_due_on": request.requested_due_on}
        refuse_all([*check_granted(granted_due_on, **days), *text_problems("ruling", ruling, limit=LIMIT)])
        _rule(tx, by, request, clean_text(ruling))
        changes = _carry_out(tx, by, request, task, granted_due_on)
        _audit(tx, "grant", request, task, changes=changes)
        day = {"day": granted_due_on.isoformat()} if granted_due_on else {}
        notify_authority(tx, task.authority_id, *_news(request, "granted"), task=task.number, **day)


def refuse_request(store: Store, *, by: SignedIn, request_id: int, reason: str) -> None:
    """Refuse a request with a written reason; the task stays as it is."""
    with store.write(by) as tx:
        request, task = _load(tx, request_id)
        permissions.check(by, Right.RULE_REQUEST, task.authority_id)
        written = required_reason(reason)
        _step(request, "refuse")
        _rule(tx, by, request, written)
        _audit(tx, "refuse", request, task, reason=written)
        notify_authority(tx, task.authority_id, *_news(request, "refused"), task=task.number)


def _carry_out(
    tx: Transaction, by: SignedIn, request: TaskRequest, task: Task, granted_due_on: date | None
) -> Mapping[str, Any]:
    """Apply a granted request to the task, and return what has changed."""
    if request.kind is RequestKind.EXTENSION and request.due_on and granted_due_on:
        request.granted_due_on = granted_due_on
        tx.session.flush()
        moved_dates.note_extension(tx.session, request)
        refresh_tasks(tx, by, [request.task_id])
        return {"due_on": {"before": request.due_on.isoformat(), "after": granted_due_on.isoformat()}}
    before = task.status
    suspends = request.kind is RequestKind.SUSPENSION
    take_step(tx, by, task, "suspend" if suspends else "resume", request.reason)
    if suspends:
        withdraw_open_slip(tx, by, task)
    return {"status": {"before": before.value, "after": tx.load(Task, task.id).status.value}}


def _news(request: TaskRequest, what: str) -> tuple[str, str]:
    """The message telling its authority the outcome of a request, and its link."""
    return f"notification.{request.kind}_{what}", f"extensions?show=waiting&request={request.id}"


def _audit(tx: Transaction, verb: str, request: TaskRequest, task: Task, **detail: Any) -> None:
    tx.audit(f"{verb}_{request.kind}", request, task.authority_id, task_id=task.id, **detail)


def _load(tx: Transaction, request_id: int) -> tuple[TaskRequest, Task]:
    request = tx.load(TaskRequest, request_id)
    return request, tx.load(Task, request.task_id)


def _step(request: TaskRequest, verb: str) -> None:
    request.status = workflow.step(workflow.REQUEST, request.status, verb)


def _rule(tx: Transaction, by: SignedIn, request: TaskRequest, ruling: str) -> None:
    request.ruled_at, request.ruled_by_id, request.ruling = tx.now, by.officer_id, ruling


def _has_open(tx: Transaction, task_id: int) -> bool:
    rows = select(TaskRequest.id).where(TaskRequest.task_id == task_id, col(TaskRequest.status).in_(OPEN))
    return tx.session.scalar(rows.limit(1)) is not None
