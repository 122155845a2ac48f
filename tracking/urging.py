"""Urging: which task calls for a slip, which level comes next, and whether one went unmet.

A slip is blue first; orange follows only where blue went unmet, red only where orange did. A slip went unmet
when its day to answer has passed and the working group has not confirmed that it was met. While one is open
and has time left there is no second one. Source: the working group's practice of 督查督办; the notice itself
sets none, so levels and days are the group's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tracking.figures.completion import FULL
from tracking.figures.lights import light_of
from tracking.messages import Message, Refusal
from tracking.vocabulary import Light, SlipGround, SlipLevel, SlipStatus, TaskStatus

OPEN = frozenset({SlipStatus.ISSUED, SlipStatus.ACKNOWLEDGED, SlipStatus.ANSWERED})
AFTER: Mapping[SlipLevel, SlipLevel] = {SlipLevel.BLUE: SlipLevel.ORANGE, SlipLevel.ORANGE: SlipLevel.RED}
DAYS_TO_ANSWER = 10
LONGEST_TO_ANSWER = 90


@dataclass(frozen=True, slots=True)
class LastWindow:
    """The latest closed submission window: since when a report was due, and the last day it covered.

    Windows overlap, so a report is expected from the opening, but not before the previous window closed.
    """

    awaited_from: date
    ends_on: date


class Urgeable(Protocol):
    """What the rule needs to know about a task; the `task` columns of the same names."""

    @property
    def in_force(self) -> bool: ...
    @property
    def status(self) -> TaskStatus: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def red_on(self) -> date | None: ...
    @property
    def latest_permille(self) -> int: ...
    @property
    def last_reported_on(self) -> date | None: ...


class Slip(Protocol):
    """What the rule needs to know about a task's newest slip."""

    @property
    def level(self) -> SlipLevel: ...
    @property
    def status(self) -> SlipStatus: ...
    @property
    def answer_by(self) -> date: ...


def ground_of(task: Urgeable, *, today: date, window: LastWindow | None) -> SlipGround | None:
    """The worst reason to urge a task, or None.

    Overdue: unfinished and past the day that delay counts from. Behind: its light is red before that day.
    Silent: it had begun by the period of the last closed window, and nothing has been submitted since a
    report was expected.
    """
    if not task.in_force or _settled(task):
        return None
    if task.due_on is not None and today > task.due_on:
        return SlipGround.OVERDUE
    if _is_red(task, today):
        return SlipGround.BEHIND
    return SlipGround.SILENT if _is_silent(task, window) else None


def _is_red(task: Urgeable, today: date) -> bool:
    light = light_of(
        status=task.status,
        today=today,
        starts_on=task.starts_on or today,
        amber_on=None,
        red_on=task.red_on,
        completion_permille=task.latest_permille,
    )
    return light is Light.RED


def _settled(task: Urgeable) -> bool:
    return task.status in (TaskStatus.COMPLETED, TaskStatus.SUSPENDED) or task.latest_permille >= FULL


def _is_silent(task: Urgeable, window: LastWindow | None) -> bool:
    if window is None or task.starts_on is None or task.starts_on > window.ends_on:
        return False
    return task.last_reported_on is None or task.last_reported_on < window.awaited_from


def is_unmet(slip: Slip, today: date) -> bool:
    """Whether the answer date has passed without anybody confirming that the slip was met."""
    return slip.status in OPEN and today > slip.answer_by


def next_level(last: Slip | None, today: date) -> SlipLevel:
    """The level of the next slip: blue, unless the newest one went unmet. Raises `Refusal`."""
    if last is None or last.status not in OPEN:
        return SlipLevel.BLUE
    if not is_unmet(last, today):
        raise Refusal(Message("urging.still_open", slip_level=last.level, day=f"{last.answer_by:%Y-%m-%d}"))
    if last.level not in AFTER:
        raise Refusal(Message("urging.highest"))
    return AFTER[last.level]


def check_can_issue(
    task: Urgeable, last: Slip | None, *, today: date, window: LastWindow | None
) -> tuple[SlipLevel, SlipGround]:
    """The level and the ground of the slip that may be issued now. Raises `Refusal` if none may."""
    if _settled(task):
        raise Refusal(Message("urging.settled"))
    level, ground = next_level(last, today), ground_of(task, today=today, window=window)
    if ground is None:
        raise Refusal(Message("urging.no_ground"))
    return level, ground


def check_answer_by(answer_by: date, today: date) -> None:
    """Check that the answer date is tomorrow at the earliest and within 90 days. Raises `Refusal`."""
    first, last = today + timedelta(1), today + timedelta(LONGEST_TO_ANSWER)
    if not first <= answer_by <= last:
        span = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        raise Refusal(Message("urging.answer_by_outside", **span), fields=("answer_by",))


def usual_answer_by(today: date) -> date:
    """The answer date that a form suggests."""
    return today + timedelta(DAYS_TO_ANSWER)
