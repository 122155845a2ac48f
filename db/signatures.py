"""The signature inside an authority, the same for a plan's revision and an update: asked for, given, taken back."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from tracking import workflow
from tracking.workflow import Lifecycle

State = TypeVar("State", bound=Any)


class Signed(Protocol[State]):
    """Anything a signatory signs; the instants say since when, but only the status says what state it is in."""

    status: State
    sign_off_requested_at: datetime | None
    signed_off_at: datetime | None
    signed_off_by_id: int | None


def hand_over(lifecycle: Lifecycle[State], row: Signed[State], at: datetime) -> None:
    """Hand it over to the signatory. Raises `Refusal` if its state does not allow that."""
    row.status = workflow.step(lifecycle, row.status, "hand_over")
    row.sign_off_requested_at = at


def sign(lifecycle: Lifecycle[State], row: Signed[State], at: datetime, officer_id: int) -> None:
    """Sign what was handed over. Raises `Refusal` if it was not handed over or has changed since."""
    row.status = workflow.step(lifecycle, row.status, "sign_off")
    row.signed_off_at, row.signed_off_by_id = at, officer_id


def back_to_draft(lifecycle: Lifecycle[State], row: Signed[State], verb: str) -> None:
    """Return it to its writer by `edit` or `send_back`, so that it must be handed over again. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, verb)
    row.sign_off_requested_at = row.signed_off_at = row.signed_off_by_id = None
