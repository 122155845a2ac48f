"""The light of a task from its maintained columns: of one row, and as a condition."""

from datetime import date
from typing import Any

from sqlmodel import col

from db.cases import has_word
from db.tables import Task
from tracking.figures.lights import LIGHT, LightFacts, light_of
from tracking.vocabulary import Light


def light_facts(day: date) -> LightFacts:
    """What determines the light of a `Task` in force on a day, today or later, if nothing more is reported."""
    return LightFacts(
        status=col(Task.status),
        completion_permille=col(Task.latest_permille),
        to_come=col(Task.starts_on) > day,
        red=col(Task.red_on) <= day,
        amber=col(Task.amber_on) <= day,
    )


def light_today(task: Task, today: date) -> Light:
    """The light of a task as it stands."""
    return light_of(
        status=task.status,
        today=today,
        starts_on=task.starts_on or today,
        amber_on=task.amber_on,
        red_on=task.red_on,
        completion_permille=task.latest_permille,
    )


def is_red(day: date) -> Any:
    """The condition for a `Task` in force to be red on a day."""
    return has_word(LIGHT, light_facts(day), Light.RED)
