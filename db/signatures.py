"""The signature inside an authority, the same for a plan's revision and an update: asked for, given, taken back."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from tracking import workflow
from tracking.workflow import Lifecycle

State = TypeVar("State", bound=Any)


class Signed(Protocol[State]):
    """What a signatory signs; the instants say since when, the status alone what it is."""

    status: State
    sign_off_requested_at: datetime | None
    signed_off_at: datetime | None
    signed_off_by_id: int | None


def hand_over(lifecycle: Lifecycle[State], row: Signed[State], at: datetime) -> None:
    """Let it lie with the signatory. Raises `Refusal` where its state does not allow that."""
    row.status = workflow.step(lifecycle, row.status, "hand_over")
    row.sign_off_requested_at = at


def sign(lifecycle: Lifecycle[State], row: Signed[State], at: datetime, officer_id: int) -> None:
    """Sign what was handed over. Raises `Refusal` for what was not, or has been changed since."""
    row.status = workflow.step(lifecycle, row.status, "sign_off")
    row.signed_off_at, row.signed_off_by_id = at, officer_id


def back_to_draft(lifecycle: Lifecycle[State], row: Signed[State], verb: str) -> None:
    """Make it its writer's again by `edit` or `send_back`, so that it must be handed over anew. Raises `Refusal`."""
    row.status = workflow.step(lifecycle, row.status, verb)
    row.sign_off_requested_at = row.signed_off_at = row.signed_off_by_id = None
