"""The traffic light of a task: when it turns, what it is on a day, and the sentence that says why.

Red and amber turn on days known as soon as completion is known, so a light is a comparison of dates. `due_on`
here is always the day delay counts from: the baseline due day, or the one an extension granted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.messages import Message
from tracking.vocabulary import Light, TaskStatus


@dataclass(frozen=True, slots=True)
class LightRule:
    """The thresholds the working group may set; defaults of the specification."""

    amber_behind_permille: int = 100
    red_behind_permille: int = 300
    due_soon_days: int = 14


DEFAULT_RULE = LightRule()


@dataclass(frozen=True, slots=True)
class TurningDays:
    """The first day a task is amber, or red, at its present completion; None is never."""

    amber_on: date | None
    red_on: date | None


def delay_counts_from(baseline_due_on: date, granted: Iterable[date] = ()) -> date:
    """The due day of the light: the baseline's, or the latest that an extension granted."""
    return max([baseline_due_on, *granted])


def turning_days(
    line: ExpectedLine, completion_permille: int, due_on: date, rule: LightRule = DEFAULT_RULE
) -> TurningDays:
    """When the light turns, if nothing more is reported.

    Red: the day after `due_on`, or the first day more than the red threshold behind. Amber: the first day at
    least the amber threshold behind, or the first of the last days before `due_on`. Finished: never.
    """
    if completion_permille >= FULL:
        return TurningDays(None, None)
    amber = line.first_day(completion_permille + rule.amber_behind_permille)
    red = line.first_day(completion_permille + rule.red_behind_permille, strict=True)
    return TurningDays(
        amber_on=_earlier(amber, due_on - timedelta(rule.due_soon_days)),
        red_on=_earlier(red, due_on + timedelta(1)),
    )


def _earlier(day: date | None, other: date) -> date:
    return other if day is None else min(day, other)


def light_of(
    *,
    status: TaskStatus,
    today: date,
    starts_on: date,
    amber_on: date | None,
    red_on: date | None,
    completion_permille: int,
) -> Light:
    """The light on a day: blue completed; grey suspended, or untouched before its start; then by the days."""
    if status is TaskStatus.COMPLETED:
        return Light.BLUE
    if _grey(status, today, starts_on, completion_permille):
        return Light.GREY
    if completion_permille >= FULL:
        return Light.GREEN
    if red_on is not None and today >= red_on:
        return Light.RED
    return Light.AMBER if amber_on is not None and today >= amber_on else Light.GREEN


def _grey(status: TaskStatus, today: date, starts_on: date, completion_permille: int) -> bool:
    untouched = status is TaskStatus.NOT_STARTED and completion_permille == 0
    return status is TaskStatus.SUSPENDED or (untouched and today < starts_on)


def light_reason(
    *,
    light: Light,
    status: TaskStatus,
    today: date,
    starts_on: date,
    due_on: date,
    completion_permille: int,
    expected_permille: int,
    rule: LightRule = DEFAULT_RULE,
) -> Message:
    """One sentence with the figures that make the light what it is; `light` is what `light_of` gave."""
    if light is Light.BLUE:
        return Message("light_reason.completed")
    if light is Light.GREY:
        suspended = status is TaskStatus.SUSPENDED
        return Message("light_reason.suspended" if suspended else "light_reason.before_start", day=starts_on)
    if completion_permille >= FULL:
        return Message("light_reason.finished")
    behind = expected_permille - completion_permille
    if light is Light.RED:
        return _red_reason(behind, (today - due_on).days)
    return _open_reason(light, behind, (due_on - today).days, rule)


def _red_reason(behind: int, days_late: int) -> Message:
    if days_late > 0:
        return Message("light_reason.overdue", days=days_late, points=_points(behind))
    return Message("light_reason.behind", points=_points(behind))


def _open_reason(light: Light, behind: int, days_left: int, rule: LightRule) -> Message:
    """Amber says whichever of its two grounds holds, or both; green says how far ahead or behind."""
    due_soon = days_left <= rule.due_soon_days
    if light is Light.AMBER and due_soon:
        far_behind = behind >= rule.amber_behind_permille
        key = "light_reason.behind_and_due_soon" if far_behind else "light_reason.due_soon"
        return Message(key, days=days_left, points=_points(behind))
    if behind == 0:
        return Message("light_reason.on_schedule")
    return Message("light_reason.behind" if behind > 0 else "light_reason.ahead", points=_points(behind))


def _points(permille: int) -> str:
    return f"{abs(permille) / 10:.1f}"
