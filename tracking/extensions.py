"""Rules of extension requests: when one may be made, what it says, and what a ruling fixes.

The due date in force is the one delay counts from (`tracking.figures.lights.delay_counts_from`): the baseline's, or the
one an extension granted. What an amendment of the plan says since counts for none of these rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracking.figures.completion import FULL
from tracking.messages import Message, Refusal
from tracking.validation.problems import Problem, text_problems
from tracking.vocabulary import TaskStatus

LIMIT = 1000


class Extendable(Protocol):
    """What the rules need to know of a task."""

    @property
    def in_force(self) -> bool: ...
    @property
    def status(self) -> TaskStatus: ...
    @property
    def latest_permille(self) -> int: ...
    @property
    def due_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says: the day asked for, why, and how far the task has come."""

    requested_due_on: date
    reason: str
    progress: str


def check_may_ask(task: Extendable, today: date, *, open_request: bool = False) -> None:
    """Only for an unfinished task in force, before the day it falls due, and one request at a time.

    Asked again when the signatory sends the request off: the day it leaves the authority is the day it is made. A
    request made in time may be ruled on after the due date. Raises `Refusal`.
    """
    if not task.in_force or task.due_on is None:
        raise Refusal(Message("extension.not_in_force"))
    if task.status is TaskStatus.COMPLETED or task.latest_permille >= FULL:
        raise Refusal(Message("extension.finished"))
    if today >= task.due_on:
        raise Refusal(Message("extension.too_late", day=task.due_on))
    if open_request:
        raise Refusal(Message("extension.open_already"))


def check_asked(asked: Asked, due_on: date) -> list[Problem]:
    """Every fault of a request against the due date in force: a later day, a reason, and progress so far."""
    return [*_asked_faults(asked, due_on)]


def _asked_faults(asked: Asked, due_on: date) -> Iterator[Problem]:
    if asked.requested_due_on <= due_on:
        yield Problem("requested_due_on", Message("extension.not_later", day=due_on))
    yield from text_problems("reason", asked.reason, required=True, limit=LIMIT)
    yield from text_problems("progress", asked.progress, required=True, limit=LIMIT)


def check_granted(granted_due_on: date, *, due_on: date, requested_due_on: date) -> list[Problem]:
    """The day a ruling fixes is later than the due date in force, and at most what was asked for."""
    if due_on < granted_due_on <= requested_due_on:
        return []
    message = Message("extension.outside_request", due_on=due_on, requested=requested_due_on)
    return [Problem("granted_due_on", message)]
