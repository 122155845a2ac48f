"""The figures a sample update reports: cumulative and never falling, as far as the task's story has come."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from db.seed.draws import Draw, between
from db.seed.tasks import SampleTask
from db.seed.updates import Reached
from tracking.figures.completion import FULL, completion_of
from tracking.rates import Rate
from tracking.scales import STATES
from tracking.vocabulary import IndicatorKind

NOTHING_YET = Reached({}, frozenset(), 0)
# A milestone counts as reached a little before its day; typed percentages are round.
EARLY_PERMILLE = 150
ROUND_PERMILLE = 50
# A unit of usual size asks a rate of 200.
ASKED_SHARE = 5


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
    """The first indicator and those that are states follow the story, the others deviate slightly to either side."""
    actuals = {}
    for index, (number, target) in enumerate(task.targets.items()):
        if task.measure.indicators[number].kind in STATES:
            now = _state(task, number, done_permille)
        else:
            now = _actual(int(target), done_permille, between(draw, 920, 1080) if index else FULL)
        actuals[number] = max(before.get(number, now), now)
    return actuals


def _state(task: SampleTask, number: int, done_permille: int) -> Decimal:
    """A rate of those there are, a yes once half is done; only a finished task reaches the target of a rate."""
    target = int(task.targets[number])
    if task.measure.indicators[number].kind is IndicatorKind.YES_NO:
        return Decimal(int(done_permille >= FULL // 2))
    asked = task.staff.authority.profile.size_permille // ASKED_SHARE
    enough = -(-asked * target // 100)
    part = enough if done_permille >= FULL else min(enough * done_permille // FULL, enough - 1)
    return Rate(Decimal(part), Decimal(asked))


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
