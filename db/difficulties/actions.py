"""Difficulties raised to the working group: assigned, answered, closed, reopened; every step is an event."""

from collections.abc import Collection
from typing import Any

from db.difficulties.queries import is_member, standing_of
from db.identity import SignedIn
from db.notifications.sending import notify_authority, notify_role
from db.row_changes import change, key_of
from db.store import Store, Transaction
from db.tables import Difficulty, DifficultyEvent, Officer, ProgressUpdate, Task
from db.texts import cleaned_texts, required_reason
from tracking import permissions, workflow
from tracking.difficulties import DifficultyCause, DifficultyStep, check_can_raise
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import Problem, country_faults, refuse_all
from tracking.vocabulary import DifficultyStatus, Role

LIMITS = {"request": 1000, "answer": 1000}


def raise_difficulty(
    store: Store,
    *,
    by: SignedIn,
    update_id: int,
    cause: DifficultyCause | None,
    countries: Collection[str] = (),
    request: str = "",
) -> int:
    """Raise a submitted update's difficulties to the working group, and return the id.

    `request` says what is asked for. Raises `Refusal` as `tracking.difficulties.check_can_raise` does, and without a
    cause.
    """
    with store.write(by) as tx:
        update = tx.load(ProgressUpdate, update_id)
        task = tx.load(Task, update.task_id)
        permissions.check(by, Right.RAISE_DIFFICULTY, task.authority_id)
        standing = standing_of(tx.session, update)
        check_can_raise(update, open_already=standing.open_already, raised_before=standing.raised_before)
        texts = cleaned_texts({"request": request}, LIMITS, optional=frozenset({"request"}))
        difficulty = tx.add(
            Difficulty(
                task_id=task.id,
                update_id=update_id,
                description=update.difficulties,
                raised_at=tx.now,
                **_classified(cause, countries),
            )
        )
        _keep(tx, by, difficulty, DifficultyStep.RAISED, words=texts["request"])
        tx.audit("raise_difficulty", difficulty, task.authority_id, task_id=task.id)
        _tell_other_side(tx, by, difficulty, task, "notification.difficulty_raised")
        return key_of(difficulty)


def classify_difficulty(
    store: Store,
    *,
    by: SignedIn,
    difficulty_id: int,
    cause: DifficultyCause | None,
    countries: Collection[str] = (),
) -> None:
    """Say which cause a difficulty has, and which countries it is about: whoever may raise it, at any time."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.RAISE_DIFFICULTY)
        changes = change(difficulty, **_classified(cause, countries))
        tx.audit("classify_difficulty", difficulty, task.authority_id, changes=changes)


def _classified(cause: DifficultyCause | None, countries: Collection[str]) -> dict[str, Any]:
    """Cause and countries as they are stored. Raises `Refusal` with every fault."""
    lacking = [Problem("cause", Message("difficulty.no_cause"))] if cause is None else []
    refuse_all([*lacking, *country_faults(countries)])
    return {"cause": cause, "countries": tuple(sorted(set(countries)))}


def assign_difficulty(store: Store, *, by: SignedIn, difficulty_id: int, handler_id: int) -> None:
    """Assign it to a member of the working group, replacing any previous one."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.HANDLE_DIFFICULTY)
        handler = tx.load(Officer, handler_id)
        if not is_member(tx.session, handler_id):
            raise Refusal(Message("difficulty.not_a_member", name=handler.name), fields=("handler_id",))
        _step(tx, difficulty, "assign")
        difficulty.handler_id = handler_id
        _keep(tx, by, difficulty, DifficultyStep.ASSIGNED, handler_id=handler_id)
        tx.audit("assign_difficulty", difficulty, task.authority_id, handler_id=handler_id)


def answer_difficulty(store: Store, *, by: SignedIn, difficulty_id: int, answer: str) -> None:
    """Tell the authority what the working group has done; it confirms or asks again."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.HANDLE_DIFFICULTY)
        texts = cleaned_texts({"answer": answer}, LIMITS)
        _step(tx, difficulty, "answer")
        _keep(tx, by, difficulty, DifficultyStep.ANSWERED, words=texts["answer"])
        tx.audit("answer_difficulty", difficulty, task.authority_id)
        _tell_other_side(tx, by, difficulty, task, "notification.difficulty_answered")


def confirm_difficulty(store: Store, *, by: SignedIn, difficulty_id: int) -> None:
    """Confirm, as the authority, that the answer solved it, and close it."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.CONFIRM_ANSWER)
        _step(tx, difficulty, "confirm")
        _keep(tx, by, difficulty, DifficultyStep.CONFIRMED)
        tx.audit("confirm_difficulty", difficulty, task.authority_id)
        _tell_other_side(tx, by, difficulty, task, "notification.difficulty_confirmed")


def close_difficulty(store: Store, *, by: SignedIn, difficulty_id: int, reason: str) -> None:
    """Close it, as the working group, with a written reason."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.HANDLE_DIFFICULTY)
        written = required_reason(reason)
        _step(tx, difficulty, "settle")
        _keep(tx, by, difficulty, DifficultyStep.CLOSED, words=written)
        tx.audit("close_difficulty", difficulty, task.authority_id, reason=written)
        _tell_other_side(tx, by, difficulty, task, "notification.difficulty_closed")


def reopen_difficulty(store: Store, *, by: SignedIn, difficulty_id: int, reason: str) -> None:
    """Say why it is not solved after all, so that it is assigned anew."""
    with store.write(by) as tx:
        difficulty, task = _load(tx, by, difficulty_id, Right.RAISE_DIFFICULTY)
        written = required_reason(reason)
        if difficulty.status is DifficultyStatus.CLOSED:
            update = tx.load(ProgressUpdate, difficulty.update_id)
            check_can_raise(
                update, open_already=standing_of(tx.session, update).open_already, raised_before=False
            )
        _step(tx, difficulty, "reopen")
        difficulty.handler_id = None
        _keep(tx, by, difficulty, DifficultyStep.REOPENED, words=written)
        tx.audit("reopen_difficulty", difficulty, task.authority_id, reason=written)
        _tell_other_side(tx, by, difficulty, task, "notification.difficulty_reopened")


def _load(tx: Transaction, by: SignedIn, difficulty_id: int, right: Right) -> tuple[Difficulty, Task]:
    difficulty = tx.load(Difficulty, difficulty_id)
    task = tx.load(Task, difficulty.task_id)
    permissions.check(by, right, task.authority_id)
    return difficulty, task


def _step(tx: Transaction, difficulty: Difficulty, verb: str) -> None:
    """Take the step; only a closed one has a closing instant."""
    difficulty.status = workflow.step(workflow.DIFFICULTY, difficulty.status, verb)
    difficulty.closed_at = tx.now if difficulty.status is DifficultyStatus.CLOSED else None


def _keep(tx: Transaction, by: SignedIn, difficulty: Difficulty, step: DifficultyStep, **said: Any) -> None:
    tx.add(
        DifficultyEvent(
            difficulty_id=key_of(difficulty),
            step=step,
            happened_at=tx.now,
            officer_id=by.officer_id,
            **said,
        )
    )


def _tell_other_side(tx: Transaction, by: SignedIn, difficulty: Difficulty, task: Task, message: str) -> None:
    """Notify the working group of what the authority did, and vice versa."""
    link = f"difficulties?difficulty={difficulty.id}"
    if by.authority_id == task.authority_id:
        notify_role(tx, Role.MEMBER, message, link, task=task.number)
    else:
        notify_authority(tx, task.authority_id, message, link, task=task.number)
