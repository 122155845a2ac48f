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


def submit(lifecycle: Lifecycle[State], row: Signed[State], at: datetime) -> None:
    """Send what was signed off to the working group. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, "submit")
    row.submitted_at, row.opened_at = at, None


def right_to_open(status: str) -> Right | None:
    """Who something in this state lies with, by their right; None where it lies with nobody else."""
    return _LIES_WITH.get(status)


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
    row.submitted_at = None


_LIES_WITH = {"handed_over": Right.SIGN_OFF, "submitted": Right.REVIEW}
