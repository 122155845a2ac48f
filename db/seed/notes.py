"""The wording of sample updates."""

from db.seed.draws import Draw
from db.seed.tasks import SampleTask
from db.seed.texts import phrase, progress_of
from db.seed.updates import Reached
from tracking.validation.updates import NO_CHANGE_LIMIT

Notes = dict[str, str | bool]


def brief_notes(draw: Draw) -> Notes:
    """A short note, for the large sets."""
    return {"progress": phrase(draw, "short")}


def notes_of(draw: Draw, task: SampleTask, reached: Reached, turn: int) -> Notes:
    """What was done, how far it has come, now and then a difficulty, and what comes next. `turn` varies the words."""
    done = progress_of(task.measure.number, task.number + turn, **task.words)
    return {
        "progress": done + _so_far(draw, task, reached),
        "difficulties": phrase(draw, "difficulties") if draw.random() < 0.4 else "",
        "next_steps": phrase(draw, "next_steps"),
    }


def unchanged_notes(draw: Draw, streak: int) -> Notes:
    """ "No change"; with a reason once said often enough. `streak`: how often just before."""
    reason = phrase(draw, "no_change_reason") if streak >= NO_CHANGE_LIMIT else ""
    return {"progress": phrase(draw, "no_change"), "no_change": True, "explanation": reason}


def _so_far(draw: Draw, task: SampleTask, reached: Reached) -> str:
    """The first indicator's value, or the last milestone; nothing for a task with neither."""
    for number, value in reached.actuals.items():
        named = task.measure.indicators[number]
        return phrase(draw, "cumulative", indicator=named.name, value=value, unit=named.unit)
    titles = [step.title for step in task.template.steps if step.number in reached.milestones]
    return phrase(draw, "milestone", milestone=titles[-1]) if titles else ""
