"""When a difficulty may be raised to the working group, and how long it has been open.

What an authority writes under difficulties stays part of its update; raising it asks the working group to do
something about it. A task has one open difficulty at a time: what comes on top belongs into its thread.
"""

from datetime import date
from enum import StrEnum
from typing import Protocol

from tracking.cleaning import says_something
from tracking.messages import Message, Refusal


class DifficultyCause(StrEnum):
    """Which of the notice's three causes a difficulty has, or another one."""

    NO_TALENT = "no_talent"
    UNSEEN_RISK = "unseen_risk"
    LOW_END = "low_end"
    OTHER = "other"


class DifficultyStep(StrEnum):
    """What can happen to a raised difficulty, as recorded."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REOPENED = "reopened"


class Reported(Protocol):
    """What the rule needs to know about an update: what it says, and whether it has left its authority."""

    @property
    def difficulties(self) -> str: ...
    @property
    def submitted_at(self) -> object | None: ...


def check_can_raise(update: Reported, *, open_already: bool, raised_before: bool) -> None:
    """Allow only a submitted, non-empty difficulty that was never raised before. Raises `Refusal`.

    A closed one is reopened rather than raised again, so that its thread stays together.
    """
    if update.submitted_at is None:
        raise Refusal(Message("difficulty.not_submitted"))
    if not says_something(update.difficulties):
        raise Refusal(Message("difficulty.nothing_written"))
    if raised_before:
        raise Refusal(Message("difficulty.raised_before"))
    if open_already:
        raise Refusal(Message("difficulty.open_already"))


def days_open(*, raised_on: date, closed_on: date | None, today: date) -> int:
    """How long a difficulty has been open, or was until it was closed."""
    return ((closed_on or today) - raised_on).days
