"""What counts as a moved date: a task's dates at two plan revisions, compared one by one.

Only a granted extension moves the day a light counts from; every other move is told and changes no light.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tracking.vocabulary import MoveCause, MoveKind

# What identifies a milestone or an interim target, and its day.
Part = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date that a revision gives a task.

    `milestones` by title, in order. `targets` are the interim ones by indicator and value, ordered by day; an
    indicator's last target falls due with the task and is not a separate date.
    """

    starts_on: date
    due_on: date
    milestones: Sequence[Part] = ()
    targets: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A date that was moved; `part` names the milestone or target, "" for the task's own dates."""

    kind: MoveKind
    part: str
    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        """How many days later; negative for earlier."""
        return (self.to_on - self.from_on).days


def moves_between(before: Dates, after: Dates, *, granted: Iterable[date] = ()) -> list[Move]:
    """The dates that differ. A due date that only catches up with one already `granted` was not moved again."""
    return [move for move in _pairs(before, after) if move.days and not _catches_up(move, set(granted))]


def _pairs(before: Dates, after: Dates) -> Iterator[Move]:
    yield Move(MoveKind.START, "", before.starts_on, after.starts_on)
    yield Move(MoveKind.DUE, "", before.due_on, after.due_on)
    yield from _parts(MoveKind.MILESTONE, before.milestones, after.milestones)
    yield from _parts(MoveKind.TARGET, before.targets, after.targets)


def _catches_up(move: Move, granted: set[date]) -> bool:
    return move.kind is MoveKind.DUE and move.to_on in granted


def _parts(kind: MoveKind, before: Sequence[Part], after: Sequence[Part]) -> Iterator[Move]:
    """Parts with the same name are the same; the rest are paired by position, if none was added or dropped."""
    old, new = _by_name(before), _by_name(after)
    pairs = {name: name for name in new if name in old}
    if len(old) == len(new):
        gone, come = ([name for name in side if name not in pairs] for side in (old, new))
        pairs |= dict(zip(come, gone, strict=True))
    for name, was in pairs.items():
        yield Move(kind, name[0], old[was], new[name])


def _by_name(parts: Sequence[Part]) -> dict[tuple[str, int], date]:
    """(Name, how many times it occurred before) → its day."""
    seen: Counter[str] = Counter()
    days = {}
    for name, day in parts:
        days[name, seen[name]] = day
        seen[name] += 1
    return days


def changes_light(cause: MoveCause) -> bool:
    """Whether a move of this cause moves the day that the light counts from."""
    return cause is MoveCause.EXTENSION


def effective_delay(
    baseline_due_on: date, *, carried_due_on: date, today: date, finished_on: date | None = None
) -> int:
    """Days after the baseline's due date, whatever was moved since; zero if on time.

    For a finished task, up to the day it was reported finished; for any other, up to its current due date, by
    plan or ruling, or today if that has passed.
    """
    end = finished_on or max(carried_due_on, today)
    return max(0, (end - baseline_due_on).days)


def median_of(counts: Mapping[int, int]) -> float | None:
    """The median of values given with their frequencies; None if there are none."""
    values = list(Counter(counts).elements())
    return median(values) if values else None
