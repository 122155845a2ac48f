"""The difficulties that sample authorities raised: some just raised, some answered, confirmed, closed or reopened."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from db.clock import day_of
from db.seed.build import Build
from db.seed.days import moments
from db.seed.draws import Deck, Draw
from db.seed.rows import Row
from db.seed.tasks import SampleTask
from db.seed.texts import cause_of, phrase
from db.tables import Difficulty, DifficultyEvent
from tracking.difficulties import DifficultyStep
from tracking.vocabulary import DifficultyStatus

Steps = tuple[DifficultyStep, ...]
RAISED, ASSIGNED, ANSWERED = DifficultyStep.RAISED, DifficultyStep.ASSIGNED, DifficultyStep.ANSWERED
CONFIRMED, CLOSED, REOPENED = DifficultyStep.CONFIRMED, DifficultyStep.CLOSED, DifficultyStep.REOPENED

LIVES: Mapping[Steps, int] = {
    (): 120,
    (RAISED,): 3,
    (RAISED, ASSIGNED): 3,
    (RAISED, ASSIGNED, ANSWERED): 3,
    (RAISED, ASSIGNED, ANSWERED, CONFIRMED): 3,
    (RAISED, ASSIGNED, CLOSED): 1,
    (RAISED, ASSIGNED, ANSWERED, REOPENED): 1,
}
# Last digit of the task number, in a unit that is to report everything afresh → how far its difficulty has come.
FRESH: Mapping[int, Steps] = {2: (RAISED, ASSIGNED, ANSWERED), 4: (RAISED, ASSIGNED), 6: (RAISED,)}
# Even or odd task number → what such a unit has left from last year, before reporting anything this year.
LEFT_OVER: Sequence[Steps] = ((RAISED, ASSIGNED, ANSWERED), (RAISED,))
STATUSES: Mapping[DifficultyStep, DifficultyStatus] = {
    RAISED: DifficultyStatus.RAISED,
    ASSIGNED: DifficultyStatus.ASSIGNED,
    ANSWERED: DifficultyStatus.ANSWERED,
    CONFIRMED: DifficultyStatus.CLOSED,
    CLOSED: DifficultyStatus.CLOSED,
    REOPENED: DifficultyStatus.RAISED,
}
OF_THE_AUTHORITY = frozenset({RAISED, CONFIRMED, REOPENED})
DAYS_TO_HANDLE = 14
LATELY = timedelta(100)


def add_difficulty(build: Build, task: SampleTask, lives: Deck[Steps]) -> None:
    """Add one of the difficulties a task has reported, this year or recently, if it was raised."""
    told = _told(build, task)
    if not told or (task.year < build.year and day_of(told[0]["submitted_at"]) < build.today - LATELY):
        return
    fresh = task.staff.authority.profile.reporting == "fresh"
    afresh = FRESH.get(task.number % 10, ()) if task.year == build.year else LEFT_OVER[task.number % 2]
    steps = afresh if fresh else lives.deal()
    update = told[0]
    raised_on = day_of(update["submitted_at"]) + timedelta(1)
    if not steps or raised_on > build.yesterday:
        return
    draw, span = task.draws("difficulties"), build.past(raised_on, raised_on + timedelta(DAYS_TO_HANDLE))
    _add(build, draw, task, update, dict(zip(steps, moments(draw, span, len(steps)), strict=True)))


def _told(build: Build, task: SampleTask) -> Sequence[Row]:
    """The submitted updates of the task just made that name a difficulty, newest first."""
    own = takewhile(lambda row: row["task_id"] == task.id, reversed(build.rows.waiting["progress_update"]))
    return [row for row in own if row["submitted_at"] and row["difficulties"]]


def _add(
    build: Build, draw: Draw, task: SampleTask, update: Row, life: Mapping[DifficultyStep, datetime]
) -> None:
    last, handler = list(life)[-1], build.member(draw)
    status = STATUSES[last]
    handled = status is not DifficultyStatus.RAISED
    key = build.rows.add(
        Difficulty,
        task_id=task.id,
        update_id=update["id"],
        description=update["difficulties"],
        cause=cause_of(update["difficulties"]),
        countries=task.countries,
        status=status,
        raised_at=life[RAISED],
        handler_id=handler if handled else None,
        closed_at=life[last] if status is DifficultyStatus.CLOSED else None,
    )
    for step, at in life.items():
        build.rows.add(
            DifficultyEvent, difficulty_id=key, happened_at=at, **_event(draw, task, step, handler)
        )


def _event(draw: Draw, task: SampleTask, step: DifficultyStep, handler: int) -> Mapping[str, Any]:
    """Who took the step, and what was said."""
    return {
        "step": step,
        "officer_id": task.staff.reporter.id if step in OF_THE_AUTHORITY else handler,
        "handler_id": handler if step is ASSIGNED else None,
        "words": "" if step in (ASSIGNED, CONFIRMED) else phrase(draw, f"difficulty_{step}"),
    }
