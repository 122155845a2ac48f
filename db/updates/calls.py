"""Which tasks call for a sentence when they are reported as unchanged."""

from datetime import date

from db.updates.queries import ReportItem
from tracking.figures.lights import light_of
from tracking.standing_out import StandsOut, stands_out


def calls_of(item: ReportItem, today: date) -> StandsOut | None:
    """Why a task calls for a sentence as it stands today, None if it does not."""
    task = item.task
    light = light_of(
        status=task.status,
        today=today,
        starts_on=task.starts_on or today,
        amber_on=task.amber_on,
        red_on=task.red_on,
        completion_permille=task.latest_permille,
    )
    return stands_out(light, item.planned.draft.milestones, item.last.milestones_reached, by=today)
