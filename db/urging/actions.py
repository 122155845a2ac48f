"""Urging slips: issued level after level, acknowledged and answered by the authority, closed or withdrawn."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db.identity import SignedIn
from db.notifications.sending import notify_authority, notify_role
from db.packed import pack
from db.row_changes import key_of
from db.store import Store, Transaction
from db.tables import Task, UrgingSlip, WorkPlan
from db.texts import cleaned_texts, required_reason
from db.urging.letters import keep_letter
from db.urging.queries import last_slip, last_window
from tracking import permissions, workflow
from tracking.messages import Message, Refusal, text
from tracking.permissions import Right
from tracking.urging import OPEN, check_answer_by, check_can_issue
from tracking.vocabulary import Language, Role

LIMITS = {"demand": 1000, "answer": 1000, "note": 1000}


def issue_slips(
    store: Store, *, by: SignedIn, task_ids: Iterable[int], answer_by: date, demand: str
) -> list[int]:
    """Urge these tasks, all of them or none, each at its next level, and return the slips' ids.

    A slip that went unmet is escalated by its successor. Raises `Refusal` for the first task that may not be
    urged now, naming its number.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.URGE)
        check_answer_by(answer_by, tx.today)
        texts = cleaned_texts({"demand": demand}, LIMITS)
        return [_issue(tx, by, task_id, answer_by, texts["demand"]) for task_id in sorted(set(task_ids))]


def _issue(tx: Transaction, by: SignedIn, task_id: int, answer_by: date, demand: str) -> int:
    task = tx.load(Task, task_id)
    last = last_slip(tx.session, task_id)
    plan = tx.session.get_one(WorkPlan, task.plan_id)
    window = last_window(tx.session, plan.notice_id, task.year, tx.today)
    try:
        level, ground = check_can_issue(task, last, today=tx.today, window=window)
    except Refusal as refused:
        raise Refusal(Message("urging.of_task", task=task.number, why=refused.messages[0])) from refused
    if last is not None and last.status in OPEN:
        _close(tx, by, last, "escalate")
    slip = tx.add(
        UrgingSlip(
            task_id=task_id,
            level=level,
            ground=ground,
            issued_at=tx.now,
            issued_by_id=by.officer_id,
            answer_by=answer_by,
            demand=demand,
        )
    )
    told = {"level": level.value, "ground": ground.value, "paper_sha256": keep_letter(tx, slip)}
    _audit(tx, "issue_slip", slip, task, **told)
    _tell_authority(tx, "notification.slip_issued", slip, task)
    return key_of(slip)


def acknowledge_slips(store: Store, *, by: SignedIn, slip_ids: Iterable[int]) -> None:
    """Acknowledge receipt of slips, all of them or none, on behalf of the authority."""
    with store.write(by) as tx:
        for slip_id in sorted(set(slip_ids)):
            slip, task = _load(tx, by, slip_id, Right.ACKNOWLEDGE_SLIP)
            slip.status = workflow.step(workflow.URGING_SLIP, slip.status, "acknowledge")
            slip.acknowledged_at, slip.acknowledged_by_id = tx.now, by.officer_id
            _audit(tx, "acknowledge_slip", slip, task)


def answer_slip(store: Store, *, by: SignedIn, slip_id: int, answer: str) -> None:
    """Say what is being done about an acknowledged slip. An answer alone does not meet a slip."""
    with store.write(by) as tx:
        slip, task = _load(tx, by, slip_id, Right.ACKNOWLEDGE_SLIP)
        texts = cleaned_texts({"answer": answer}, LIMITS)
        slip.status = workflow.step(workflow.URGING_SLIP, slip.status, "answer")
        slip.answer, slip.answered_at, slip.answered_by_id = texts["answer"], tx.now, by.officer_id
        _audit(tx, "answer_slip", slip, task)
        notify_role(tx, Role.MEMBER, "notification.slip_answered", _link(slip), task=task.number)


def meet_slips(store: Store, *, by: SignedIn, slip_ids: Iterable[int], note: str = "") -> None:
    """Confirm that the demands of slips were met, and close them, all or none."""
    with store.write(by) as tx:
        texts = cleaned_texts({"note": note}, LIMITS, optional=frozenset({"note"}))
        for slip_id in sorted(set(slip_ids)):
            slip, task = _load(tx, by, slip_id, Right.URGE)
            _close(tx, by, slip, "meet", texts["note"])
            _audit(tx, "meet_slip", slip, task)
            _tell_authority(tx, "notification.slip_met", slip, task)


def withdraw_slip(store: Store, *, by: SignedIn, slip_id: int, reason: str) -> None:
    """Take back a slip that should not have been issued; it stays on record with the reason."""
    with store.write(by) as tx:
        slip, task = _load(tx, by, slip_id, Right.URGE)
        _close(tx, by, slip, "withdraw", required_reason(reason))
        _audit(tx, "withdraw_slip", slip, task, reason=slip.closing)
        _tell_authority(tx, "notification.slip_withdrawn", slip, task)


def withdraw_open_slip(tx: Transaction, by: SignedIn, task: Task) -> None:
    """Withdraw the open slip of a suspended task, noting that there is nothing left to urge."""
    slip = last_slip(tx.session, task.id)
    if slip is not None and slip.status in OPEN:
        _close(tx, by, slip, "withdraw", text("urging.task_suspended", Language.ZH_CN))
        _audit(tx, "withdraw_slip", slip, task, reason=slip.closing)
        _tell_authority(tx, "notification.slip_withdrawn", slip, task)


def _load(tx: Transaction, by: SignedIn, slip_id: int, right: Right) -> tuple[UrgingSlip, Task]:
    slip = tx.load(UrgingSlip, slip_id)
    task = tx.load(Task, slip.task_id)
    permissions.check(by, right, task.authority_id)
    return slip, task


def _close(tx: Transaction, by: SignedIn, slip: UrgingSlip, verb: str, closing: str = "") -> None:
    slip.status = workflow.step(workflow.URGING_SLIP, slip.status, verb)
    slip.closing, slip.closed_at, slip.closed_by_id = closing, tx.now, by.officer_id
    tx.session.flush()


def _audit(tx: Transaction, action: str, slip: UrgingSlip, task: Task, **detail: Any) -> None:
    tx.audit(action, slip, task.authority_id, task_id=task.id, **detail)


def _tell_authority(tx: Transaction, message: str, slip: UrgingSlip, task: Task) -> None:
    notify_authority(
        tx,
        task.authority_id,
        message,
        _link(slip),
        task=task.number,
        level=pack(Message(f"slip_level.{slip.level}")),
        day=f"{slip.answer_by:%Y-%m-%d}",
    )


def _link(slip: UrgingSlip) -> str:
    return f"urging?slip={slip.id}"
