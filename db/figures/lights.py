"""The light of a task as a condition on its maintained columns."""

from datetime import date
from typing import Any

from sqlmodel import col

from db.cases import has_word
from db.tables import Task
from tracking.figures.lights import LIGHT, LightFacts
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


def is_red(day: date) -> Any:
    """The condition for a `Task` in force to be red on a day."""
    return has_word(LIGHT, light_facts(day), Light.RED)
