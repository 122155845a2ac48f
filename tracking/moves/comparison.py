"""What counts as a moved date or a smaller goal: a task at two plan revisions, compared part by part.

Only a granted extension moves the day a light counts from, and only a granted reduction what it counts against; every
other move is told and changes no light.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from tracking.messages import amount_words
from tracking.vocabulary import MoveCause, MoveKind

REDUCTIONS = frozenset({MoveKind.LOWERED, MoveKind.DROPPED})
GONE = "—"

# What tells a milestone or an interim target from the next, and its day.
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
class Goals:
    """What a revision asks of a task in the end: targets by the name of their indicator and its unit, milestones by title."""

    targets: Mapping[tuple[str, str], Decimal]
    milestones: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One date that was moved; `part` names the milestone or target, "" for the task's own dates.

    What makes a goal smaller has no dates, and `part` says what became of it.
    """

    kind: MoveKind
    part: str
    from_on: date | None = None
    to_on: date | None = None

    @property
    def days(self) -> int | None:
        """Days later; negative for earlier, None where no date was moved."""
        return None if self.to_on is None or self.from_on is None else (self.to_on - self.from_on).days


def reductions_between(before: Goals, after: Goals | None) -> list[Move]:
    """How an amendment makes the goal of a task smaller; `after` is None where it drops the task."""
    if after is None:
        return [Move(MoveKind.DROPPED, "")]
    fewer = (
        f"{name} {amount_words(was)} → {amount_words(now) if now else GONE} {unit}"
        for (name, unit), was in before.targets.items()
        if (now := after.targets.get((name, unit), Decimal())) < was
    )
    gone = (
        Counter(before.milestones) - Counter(after.milestones)
        if len(after.milestones) < len(before.milestones)
        else ()
    )
    return [Move(MoveKind.LOWERED, part) for part in (*fewer, *(f"{title} → {GONE}" for title in gone))]


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


def changes_light(cause: MoveCause, kind: MoveKind = MoveKind.DUE, *, granted: bool = False) -> bool:
    """Whether a move changes what the light counts from or against; `granted` are the reductions of an amendment."""
    return cause is MoveCause.EXTENSION or (granted and kind in REDUCTIONS)


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
