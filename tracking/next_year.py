"""What a task of one year's plan becomes in the next: planned again a year later, or going on under its own history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracking.validation import TargetDraft, TaskDraft


def year_later(day: date) -> date:
    """The same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def planned_again(draft: TaskDraft) -> TaskDraft:
    """The same task a year later, as a new one: every date moves, targets and goals stay as they were."""
    starts_on, due_on = draft.starts_on, draft.due_on
    return replace(
        draft,
        starts_on=starts_on and year_later(starts_on),
        due_on=due_on and year_later(due_on),
        targets=tuple(replace(target, due_on=year_later(target.due_on)) for target in draft.targets),
        milestones=tuple(replace(step, due_on=year_later(step.due_on)) for step in draft.milestones),
        goes_on=False,
        granted_until=None,
    )


def gone_on_with(draft: TaskDraft) -> TaskDraft:
    """The same task, to be finished in the next year: by the day that was granted, else a year later.

    It began when it began, and what was due on the way stays due; only the final targets move with its end.
    """
    due_on = draft.granted_until or (draft.due_on and year_later(draft.due_on))
    return replace(
        draft,
        due_on=due_on,
        targets=tuple(_with_the_end(draft.targets, due_on)) if due_on else draft.targets,
        goes_on=True,
        granted_until=None,
    )


def _with_the_end(targets: Iterable[TargetDraft], due_on: date) -> Iterable[TargetDraft]:
    by_indicator: dict[int, list[TargetDraft]] = defaultdict(list)
    for target in sorted(targets, key=lambda target: target.due_on):
        by_indicator[target.indicator_id].append(target)
    for *interim, final in by_indicator.values():
        yield from (*interim, replace(final, due_on=due_on))
