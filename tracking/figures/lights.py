"""The traffic light of a task: when it turns, what it is on a day, and the sentence that says why.

Red and amber turn on days known as soon as completion is known, so a light is a comparison of dates. `due_on`
here is always the day delay counts from: the baseline due day, or the one an extension granted. `LIGHT` is the rule
for one task, for columns of tasks (`tracking.figures.cells`) and for the database (`db.figures.lights`) alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.first_case import FirstCase
from tracking.messages import Message
from tracking.vocabulary import Light, TaskStatus


@dataclass(frozen=True, slots=True)
class LightRule:
    """The thresholds the working group may set; the defaults come from the specification."""

    amber_behind_permille: int = 100
    red_behind_permille: int = 300
    due_soon_days: int = 14


DEFAULT_RULE = LightRule()


@dataclass(frozen=True, slots=True)
class TurningDays:
    """The first day a task is amber, or red, at its current completion; None means never."""

    amber_on: date | None
    red_on: date | None


def delay_counts_from(baseline_due_on: date, granted: Iterable[date] = ()) -> date:
    """The due day that counts for the light: the baseline's, or the latest one granted by an extension."""
    return max([baseline_due_on, *granted])


@dataclass(frozen=True, slots=True)
class Bound:
    """When a light turns: days after the due day, or a distance behind the line, whichever comes first."""

    days: int
    behind_permille: int


def bounds(rule: LightRule) -> Mapping[Light, Bound]:
    """When red and amber turn: red on the day after the due day or if behind by more than its threshold.

    Amber turns in the last days before the due day, or once behind by its threshold.
    """
    return {
        Light.RED: Bound(1, rule.red_behind_permille + 1),
        Light.AMBER: Bound(-rule.due_soon_days, rule.amber_behind_permille),
    }


def turned(bound: Bound, days_late: Any, behind_permille: Any) -> Any:
    """Whether a light has turned; `days_late` counts from the due day and is negative before it."""
    return (days_late >= bound.days) | (behind_permille >= bound.behind_permille)


def turning_days(
    line: ExpectedLine, completion_permille: int, due_on: date, rule: LightRule = DEFAULT_RULE
) -> TurningDays:
    """When the light turns if nothing more is reported: the first day of its bound. A finished task never turns."""
    if completion_permille >= FULL:
        return TurningDays(None, None)
    amber, red = (
        _earlier(line.first_day(completion_permille + bound.behind_permille), _days_after(due_on, bound.days))
        for bound in (bounds(rule)[light] for light in (Light.AMBER, Light.RED))
    )
    return TurningDays(amber_on=amber, red_on=red)


def _days_after(day: date, days: int) -> date:
    """So many days later, but never past the last day there is: an old request may name it."""
    return day + timedelta(min(days, (date.max - day).days))


def _earlier(day: date | None, other: date) -> date:
    return other if day is None else min(day, other)


@dataclass(frozen=True, slots=True)
class LightFacts:
    """What determines a light on a day: values of one task, columns of many, or database expressions.

    `to_come`: its first day is still to come; `red` and `amber`: that light has turned.
    """

    status: Any
    completion_permille: Any
    to_come: Any
    red: Any
    amber: Any


LIGHT: FirstCase[Light, LightFacts] = FirstCase(
    (
        (Light.SUSPENDED, lambda task: task.status == TaskStatus.SUSPENDED),
        (Light.BLUE, lambda task: task.status == TaskStatus.COMPLETED),
        (
            Light.GREY,
            lambda task: (
                (task.status == TaskStatus.NOT_STARTED) & (task.completion_permille == 0) & task.to_come
            ),
        ),
        (Light.GREEN, lambda task: task.completion_permille >= FULL),
        (Light.RED, lambda task: task.red),
        (Light.AMBER, lambda task: task.amber),
    ),
    otherwise=Light.GREEN,
)


def light_of(
    *,
    status: TaskStatus,
    today: date,
    starts_on: date,
    amber_on: date | None,
    red_on: date | None,
    completion_permille: int,
) -> Light:
    """The light of one task on a day; a light without a turning day never turns."""
    return LIGHT.of(
        LightFacts(
            status=status,
            completion_permille=completion_permille,
            to_come=starts_on > today,
            red=(red_on or date.max) <= today,
            amber=(amber_on or date.max) <= today,
        )
    )


def light_reason(
    *,
    light: Light,
    today: date,
    starts_on: date,
    due_on: date,
    completion_permille: int,
    expected_permille: int,
    rule: LightRule = DEFAULT_RULE,
) -> Message:
    """One sentence with the figures behind a light; `light` is the result of `light_of`."""
    if light is Light.BLUE:
        return Message("light_reason.completed")
    if light is Light.SUSPENDED:
        return Message("light_reason.suspended")
    if light is Light.GREY:
        return Message("light_reason.before_start", day=starts_on)
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
    """Amber states whichever of its two grounds apply; green says how far ahead or behind the task is."""
    amber = bounds(rule)[Light.AMBER]
    if light is Light.AMBER and -days_left >= amber.days:
        far_behind = behind >= amber.behind_permille
        key = "light_reason.behind_and_due_soon" if far_behind else "light_reason.due_soon"
        return Message(key, days=days_left, points=_points(behind))
    if behind == 0:
        return Message("light_reason.on_schedule")
    return Message("light_reason.behind" if behind > 0 else "light_reason.ahead", points=_points(behind))


def _points(permille: int) -> str:
    return f"{abs(permille) / 10:.1f}"
