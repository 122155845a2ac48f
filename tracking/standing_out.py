"""Which tasks stand out when several are reported as unchanged: they are not passed over without a word."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tracking.validation import MilestoneDraft
from tracking.vocabulary import Light


class StandsOut(StrEnum):
    """Why a task that is reported as unchanged calls for a sentence."""

    RED = "red"
    AMBER = "amber"
    MILESTONE_DUE = "milestone_due"


def stands_out(
    light: Light, milestones: Iterable[MilestoneDraft], reached: Iterable[int], *, by: date
) -> StandsOut | None:
    """Red or amber as it stands, or a milestone was due by the day and is not reached; None for a quiet task."""
    if light in {Light.RED, Light.AMBER}:
        return StandsOut(light.value)
    due = {step.number for step in milestones if step.due_on <= by}
    return StandsOut.MILESTONE_DUE if due - set(reached) else None
