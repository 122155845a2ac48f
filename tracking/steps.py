"""How long work reports progress: which step, how much is done, how much there is."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias


class Step(StrEnum):
    """What is being done with an uploaded ledger."""

    WAITING = "waiting"
    READING = "reading"
    JUDGING = "judging"
    KEEPING = "keeping"
    COMMITTING = "committing"


# Step, how much of it is done, how much there is; may raise to stop the work.
OnStep: TypeAlias = Callable[[Step, int, int], object]


def untold(_step: Step, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def share(done: int, total: int) -> float:
    """How much of a step is done, 0 to 1."""
    return min(done / total, 1.0) if total else 1.0
