"""What a task will show once an update is accepted: the consequence, told before saving."""

from dataclasses import dataclass
from datetime import date

from tracking.figures.expected import Schedule
from tracking.figures.lights import DEFAULT_RULE, LightRule, light_of, light_reason, turning_days
from tracking.messages import Message
from tracking.vocabulary import Light, TaskStatus


@dataclass(frozen=True, slots=True)
class Outlook:
    """Completion (uncapped) and expected progress in permille, the light, and the sentence that says why."""

    completion_permille: int
    expected_permille: int
    light: Light
    reason: Message


def outlook(
    *,
    completion_permille: int,
    completion_requested: bool,
    today: date,
    schedule: Schedule,
    rule: LightRule = DEFAULT_RULE,
) -> Outlook:
    """The task as of today with this completion accepted.

    A reported task has begun, and one whose completion request is accepted is completed.
    """
    return outlook_in(
        TaskStatus.COMPLETED if completion_requested else TaskStatus.IN_PROGRESS,
        completion_permille=completion_permille,
        today=today,
        schedule=schedule,
        rule=rule,
    )


def outlook_in(
    status: TaskStatus,
    *,
    completion_permille: int,
    today: date,
    schedule: Schedule,
    rule: LightRule = DEFAULT_RULE,
) -> Outlook:
    """A task in this status as of today, if it had this schedule: what a ruling on its date would lead to."""
    line, starts_on, due_on = schedule.line, schedule.starts_on, schedule.due_on
    turning = turning_days(line, completion_permille, due_on, rule)
    light = light_of(
        status=status,
        today=today,
        starts_on=starts_on,
        amber_on=turning.amber_on,
        red_on=turning.red_on,
        completion_permille=completion_permille,
    )
    expected = line.at(today)
    reason = light_reason(
        light=light,
        today=today,
        starts_on=starts_on,
        due_on=due_on,
        completion_permille=completion_permille,
        expected_permille=expected,
        rule=rule,
    )
    return Outlook(completion_permille, expected, light, reason)
