"""What a signatory looks at first: reports that are unusual, then those that have changed, then the others."""

from collections.abc import Mapping
from enum import StrEnum

from tracking.messages import Message
from tracking.vocabulary import Light


class Attention(StrEnum):
    """How much of a look a report asks for, the most first."""

    UNUSUAL = "unusual"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


_ALARM: Mapping[Light, int] = {Light.AMBER: 1, Light.RED: 2}


def light_marks(*, before: Light, after: Light, no_change: bool) -> list[Message]:
    """What a light says against signing without a look: it turns for the worse, or nothing was done about a bad one."""
    if _ALARM.get(after, 0) > _ALARM.get(before, 0):
        return [Message(f"sign_off.turns_{after}")]
    if no_change and after in _ALARM:
        return [Message(f"sign_off.stays_{after}")]
    return []


def attention(*, marked: bool, no_change: bool) -> Attention:
    """Where a report stands on the sheet; one with a mark is unusual, whether or not anything has changed."""
    if marked:
        return Attention.UNUSUAL
    return Attention.UNCHANGED if no_change else Attention.CHANGED
