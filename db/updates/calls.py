"""Which tasks call for a sentence when they are reported as unchanged."""

from datetime import date

from db.figures.lights import light_today
from db.updates.queries import ReportItem
from tracking.standing_out import StandsOut, stands_out


def calls_of(item: ReportItem, today: date) -> StandsOut | None:
    """Why a task calls for a sentence as it stands today, None if it does not."""
    task = item.task
    return stands_out(
        light_today(task, today), item.planned.draft.milestones, item.last.milestones_reached, by=today
    )
