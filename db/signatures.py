"""The way of a plan's revision and of an update to the working group: signed, submitted, opened there, or taken back."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from tracking import workflow
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.workflow import Lifecycle

State = TypeVar("State", bound=Any)


class Signed(Protocol[State]):
    """Anything a signatory signs; the instants say since when, but only the status says what state it is in."""

    status: State
    sign_off_requested_at: datetime | None
    submitted_at: datetime | None
    opened_at: datetime | None
    signed_off_at: datetime | None
    signed_off_by_id: int | None
    checker_id: int | None
    received_at: datetime | None


def hand_over(lifecycle: Lifecycle[State], row: Signed[State], at: datetime) -> None:
    """Hand it over to the signatory. Raises `Refusal` if its state does not allow that."""
    row.status = workflow.step(lifecycle, row.status, "hand_over")
    row.sign_off_requested_at, row.opened_at = at, None


def sign(lifecycle: Lifecycle[State], row: Signed[State], at: datetime, officer_id: int) -> None:
    """Sign what was handed over. Raises `Refusal` if it was not handed over or has changed since."""
    row.status = workflow.step(lifecycle, row.status, "sign_off")
    row.signed_off_at, row.signed_off_by_id = at, officer_id


def back_to_draft(lifecycle: Lifecycle[State], row: Signed[State], verb: str) -> None:
    """Make it its writer's again by `edit`, `send_back` or `take_back`: it must be handed over anew. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, verb)
    row.sign_off_requested_at = row.signed_off_at = row.signed_off_by_id = None


def submit(
    lifecycle: Lifecycle[State], row: Signed[State], at: datetime, checker_id: int | None = None
) -> None:
    """Send what was signed off to the working group, or to the authority that checks it first. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, "submit" if checker_id is None else "send_up")
    row.submitted_at, row.opened_at = at, None
    row.checker_id, row.received_at = checker_id, None if checker_id is None else at


def pass_on(
    lifecycle: Lifecycle[State], row: Signed[State], at: datetime, checker_id: int | None = None
) -> None:
    """Send what was checked to the working group, or to the authority that checks it next. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, "pass_on" if checker_id is None else "send_up")
    row.checker_id, row.received_at, row.opened_at = checker_id, at, None


def lies_with(row: Signed[State], authority_id: int) -> tuple[Right, int] | None:
    """By which right it lies with whom, and the authority that must reach; None where it lies with nobody else."""
    right = _LIES_WITH.get(row.status)
    return None if right is None else (right, row.checker_id or authority_id)


def note_opened(lifecycle: Lifecycle[State], row: Signed[State], at: datetime) -> None:
    """Note that whoever it lies with has seen it. Raises `Refusal` where it lies with nobody else."""
    workflow.check(lifecycle, row.status, "open_first")
    row.opened_at = row.opened_at or at


def take_back(lifecycle: Lifecycle[State], row: Signed[State]) -> None:
    """Make it its writer's again as though it had never left; once it was opened, it has. Raises `Refusal`."""
    workflow.check(lifecycle, row.status, "take_back")
    if row.opened_at is not None:
        raise Refusal(Message("workflow.opened_already"))
    back_to_draft(lifecycle, row, "take_back")
    row.submitted_at = row.received_at = row.checker_id = None


_LIES_WITH = {
    "handed_over": Right.SIGN_OFF,
    "checking": Right.CHECK_BENEATH,
    "submitted": Right.REVIEW,
}
