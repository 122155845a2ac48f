"""The figures a sample update reports: cumulative and never falling, as far as the task's story has come."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db.seed.draws import Draw, between
from db.seed.tasks import SampleTask
from db.seed.updates import Reached
from tracking.figures.completion import FULL, completion_of

NOTHING_YET = Reached({}, frozenset(), 0)
# A milestone counts as reached a little before its day; typed percentages are round.
EARLY_PERMILLE = 150
ROUND_PERMILLE = 50


def reached_on(draw: Draw, task: SampleTask, day: date, before: Reached) -> Reached:
    """How far a task has come by a day, given what was reached before."""
    story = task.story
    return reached_by(draw, task, story.done(task.line.at(min(day, story.stops_on)), day), before)


def reached_by(draw: Draw, task: SampleTask, done_permille: int, before: Reached) -> Reached:
    """The figures of a task at this completion."""
    actuals = _actuals(draw, task, done_permille, before.actuals)
    milestones = before.milestones | _milestones(task, done_permille)
    permille = completion_of(
        targets=task.targets,
        milestones=task.shares,
        actuals=actuals,
        reached=milestones,
        typed_permille=max(before.permille, _typed(done_permille)),
    )
    return Reached(actuals, milestones, permille)


def _actuals(
    draw: Draw, task: SampleTask, done_permille: int, before: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """The first indicator follows the story, the others deviate slightly to either side."""
    actuals = {}
    for index, (number, target) in enumerate(task.targets.items()):
        lean = between(draw, 920, 1080) if index else FULL
        actuals[number] = max(before.get(number, Decimal()), _actual(int(target), done_permille, lean))
    return actuals


def _actual(target: int, done_permille: int, lean_permille: int) -> Decimal:
    """A whole number; only a finished task reaches the target itself."""
    if done_permille >= FULL:
        return Decimal(max(target, target * done_permille // FULL))
    value = (target * done_permille * lean_permille + FULL * FULL // 2) // (FULL * FULL)
    return Decimal(min(value, target - 1))


def _milestones(task: SampleTask, done_permille: int) -> frozenset[int]:
    limit = FULL if done_permille >= FULL else min(done_permille + EARLY_PERMILLE, FULL - 1)
    return frozenset(step.number for step in task.template.steps if step.position_permille <= limit)


def _typed(done_permille: int) -> int:
    return min(FULL, done_permille // ROUND_PERMILLE * ROUND_PERMILLE)
