"""Rules of what an authority asks of the working group for a task: a later due date, a suspension, a resumption.

The due date in force is the one delay counts from (`tracking.figures.lights.delay_counts_from`): the baseline's, or the
one an extension granted. What an amendment of the plan says since counts for none of these rules.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracking.figures.completion import FULL
from tracking.messages import Message, Refusal
from tracking.validation.problems import Problem, text_problems
from tracking.vocabulary import RequestKind, TaskStatus

LIMIT = 1000


def latest_extension(due_on: date) -> date:
    """The last day an extension may reach: the end of the year after that of the due date in force."""
    return date(due_on.year + 1, 12, 31)


class Askable(Protocol):
    """What the rules need to know about a task."""

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
    """What a request says; only an extension names a day and the task's progress."""

    kind: RequestKind
    reason: str
    requested_due_on: date | None = None
    progress: str = ""


def check_may_ask(kind: RequestKind, task: Askable, today: date, *, open_request: bool = False) -> None:
    """Allow only a task in force, and one request at a time, of whatever kind.

    Extension: for an unfinished running task, before its due day. Suspension: for an unfinished running task.
    Resumption: for a suspended one. Checked again when the signatory sends the request off, since the day it
    leaves the authority counts. A request made in time may be ruled on later. Raises `Refusal`.
    """
    if not task.in_force or task.due_on is None:
        raise Refusal(Message("request.not_in_force"))
    _CHECKS[kind](task, task.due_on, today)
    if open_request:
        raise Refusal(Message("request.open_already"))


def _check_extendable(task: Askable, due_on: date, today: date) -> None:
    _check_runs(task, "extension.finished", "extension.suspended")
    if today >= due_on:
        raise Refusal(Message("extension.too_late", day=due_on))


def _check_suspendable(task: Askable, _due_on: date, _today: date) -> None:
    _check_runs(task, "suspension.finished", "suspension.suspended_already")


def _check_resumable(task: Askable, _due_on: date, _today: date) -> None:
    if task.status is not TaskStatus.SUSPENDED:
        raise Refusal(Message("resumption.not_suspended"))


def _check_runs(task: Askable, finished: str, suspended: str) -> None:
    if task.status is TaskStatus.SUSPENDED:
        raise Refusal(Message(suspended))
    if task.status is TaskStatus.COMPLETED or task.latest_permille >= FULL:
        raise Refusal(Message(finished))


_CHECKS: Mapping[RequestKind, Callable[[Askable, date, date], None]] = {
    RequestKind.EXTENSION: _check_extendable,
    RequestKind.SUSPENSION: _check_suspendable,
    RequestKind.RESUMPTION: _check_resumable,
}


def check_asked(asked: Asked, due_on: date) -> list[Problem]:
    """Every fault of a request: no reason; for an extension also no progress, or no day soon after the due date."""
    return [*_asked_faults(asked, due_on)]


def _asked_faults(asked: Asked, due_on: date) -> Iterator[Problem]:
    extends = asked.kind is RequestKind.EXTENSION
    if extends and (asked.requested_due_on is None or asked.requested_due_on <= due_on):
        yield Problem("requested_due_on", Message("extension.not_later", day=due_on))
    elif extends and asked.requested_due_on is not None:
        yield from _too_far("requested_due_on", asked.requested_due_on, due_on)
    if not extends and asked.requested_due_on is not None:
        yield Problem("requested_due_on", Message("request.names_no_day"))
    yield from text_problems("reason", asked.reason, required=True, limit=LIMIT)
    yield from text_problems("progress", asked.progress, required=extends, limit=LIMIT)


def _too_far(field: str, day: date, due_on: date) -> Iterator[Problem]:
    last = latest_extension(due_on)
    if day > last:
        yield Problem(field, Message("extension.too_far", last=last))


def check_granted(
    granted_due_on: date | None, *, due_on: date | None, requested_due_on: date | None
) -> list[Problem]:
    """Refuse to grant an extension unless its day is after the current due date and not later than requested."""
    if due_on is None or requested_due_on is None:
        named = granted_due_on is not None
        return [Problem("granted_due_on", Message("request.names_no_day"))] if named else []
    if granted_due_on is not None and due_on < granted_due_on <= requested_due_on:
        return [*_too_far("granted_due_on", granted_due_on, due_on)]
    message = Message("extension.outside_request", due_on=due_on, requested=requested_due_on)
    return [Problem("granted_due_on", message)]
