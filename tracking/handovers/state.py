"""The state of a post's handover on a day, and what has become of the items it listed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracking.first_case import FirstCase
from tracking.vocabulary import HandoverKind, HandoverState, RequestStatus

_UNSENT = frozenset({HandoverKind.DRAFT, HandoverKind.SIGN_OFF, HandoverKind.TO_SUBMIT})
# An update keeps its key as it passes through these kinds, so it stays one item.
_UPDATE = frozenset({*_UNSENT, HandoverKind.RETURNED})


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One item handed over with a post.

    `state` is the light of a task, the level of an urging slip, the status of an extension, the kind itself
    of an update. `now` is the state on the day of the sheet, None once settled; `listed` is false for items
    that came up later.
    """

    kind: HandoverKind
    item_id: int
    task_number: int
    title: str
    state: str
    due_on: date | None = None
    period_id: int | None = None
    year: int | None = None
    number: int | None = None
    cycle: str | None = None
    now: str | None = None
    listed: bool = True

    @property
    def unsent(self) -> bool:
        """Whether it has not left its authority yet and so is hidden from those above."""
        waits = self.kind is HandoverKind.REQUEST and self.state == RequestStatus.DRAFT
        return waits or self.kind in _UNSENT


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What determines the state of a handover on a day: values or database expressions."""

    cancelled: Any
    to_come: Any


# Upcoming until its day, in effect from then on, unless cancelled before.
HANDOVER_STATE: FirstCase[HandoverState, HandoverFacts] = FirstCase(
    (
        (HandoverState.CANCELLED, lambda handover: handover.cancelled),
        (HandoverState.TO_COME, lambda handover: handover.to_come),
    ),
    otherwise=HandoverState.IN_EFFECT,
)


def refreshed(
    listed: Iterable[HandoverLine], present: Iterable[HandoverLine], *, to_come: bool
) -> list[HandoverLine]:
    """The items a handover listed when it was entered, each with its state today.

    The post keeps gathering work until the handover takes effect; whatever came up since is appended.
    """
    today = {_key(line): line for line in present}
    lines = [replace(line, now=_state(today.pop(_key(line), None))) for line in listed]
    if to_come:
        lines += [replace(line, now=line.state, listed=False) for line in today.values()]
    return lines


def counted(lines: Iterable[HandoverLine]) -> Mapping[HandoverKind, int]:
    """How many of each kind, zero included."""
    counts = dict.fromkeys(HandoverKind, 0)
    for line in lines:
        counts[line.kind] += 1
    return counts


def _key(line: HandoverLine) -> tuple[Any, int]:
    return ("update" if line.kind in _UPDATE else line.kind, line.item_id)


def _state(line: HandoverLine | None) -> str | None:
    return None if line is None else line.state
