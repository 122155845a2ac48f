"""Expected progress: the line a task should follow from its start to its due day, in permille.

At the start of `starts_on` nothing is expected, from `due_on` on everything. In between, a task that is counted by its
milestones is to have reached those that are due, and no more; else the line is straight, or straight between the
interim targets. Values are rounded down, so a line never asks too much.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from tracking.figures.completion import FULL, basis_of, ratio_of
from tracking.vocabulary import CompletionBasis

Point = tuple[date, int]
# Indicator, day, and the cumulative value to be reached by then.
TargetStep = tuple[int, date, Decimal]


def expected_at(
    day: int, starts_on: Any, due_on: Any, earlier: tuple[Any, Any], later: tuple[Any, Any]
) -> Any:
    """Permille expected on a day, for one task or for columns; days count from any fixed day.

    `earlier` and `later` are the points (day, permille) of the line on either side of the day.
    """
    (before, low), (behind, high) = earlier, later
    # a line of no days is over on its first: its length just must not be zero
    line = low + (high - low) * (day - before) // (behind - before + (behind == before))
    return ((starts_on <= day) & (day < due_on)) * line + (due_on <= day) * FULL


_day_of = itemgetter(0)


@dataclass(frozen=True)
class ExpectedLine:
    """Points (day, permille) in order of days, never falling, from (start, 0) to (due, 1000).

    Two points of one day are a step: the second holds from that day on.
    """

    points: tuple[Point, ...]

    def at(self, day: date) -> int:
        """Permille expected on a day."""
        points, on = self.points, day.toordinal()
        place = min(max(bisect_right(points, day, key=_day_of), 1), len(points) - 1)
        (before, low), (behind, high) = points[place - 1], points[place]
        earlier, later = (before.toordinal(), low), (behind.toordinal(), high)
        return int(expected_at(on, points[0][0].toordinal(), points[-1][0].toordinal(), earlier, later))

    def first_day(self, permille: int) -> date | None:
        """The first day `at` is at least `permille`; None if it never is.

        A permille of zero or less is expected even before the start: `date.min`.
        """
        if permille <= 0:
            return date.min
        for (earlier, low), (later, high) in pairwise(self.points):
            if permille <= high:
                return earlier + timedelta(-((low - permille) * (later - earlier).days // (high - low)))
        return None


def expected_line(starts_on: date, due_on: date, interim: Iterable[Point] = ()) -> ExpectedLine:
    """The line from start to due through interim points.

    Points outside that span are dropped; one below an earlier point is raised to it. A due day before the
    start counts as the start.
    """
    points = [(starts_on, 0)]
    for day, permille in sorted(interim):
        if points[-1][0] < day < due_on:
            points.append((day, min(max(permille, points[-1][1]), FULL)))
    return ExpectedLine((*points, (max(due_on, starts_on), FULL)))


def expected_steps(starts_on: date, due_on: date, milestones: Iterable[Point]) -> ExpectedLine:
    """Level, and up by the share of each milestone (day, share) on its day; whole from the due day on."""
    points = [(starts_on, 0)]
    for day, share in sorted(milestones):
        if day < due_on:
            on, reached = max(day, starts_on), points[-1][1]
            points += [(on, reached), (on, min(reached + share, FULL))]
    last = max(due_on, starts_on)
    return ExpectedLine((*points, (last, points[-1][1]), (last, FULL)))


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the plan asks of a task by when: its targets or its milestones (day, share), and the day delay counts from.

    `planned_due_on` is the plan's own due day, where a granted extension has moved it to `due_on`.
    """

    starts_on: date
    due_on: date
    targets: Sequence[TargetStep] = ()
    milestones: Sequence[Point] = ()
    planned_due_on: date | None = None

    @property
    def line(self) -> ExpectedLine:
        """What is expected, by what carries the completion of the task."""
        if basis_of(self.targets, self.milestones) is CompletionBasis.MILESTONES:
            return expected_steps(self.starts_on, self.due_on, self._steps())
        interim = interim_points(self.starts_on, self.due_on, self.targets)
        return expected_line(self.starts_on, self.due_on, interim)

    def _steps(self) -> Iterable[Point]:
        """An extension takes the last step with it, as it does the final target."""
        if self.due_on <= (self.planned_due_on or self.due_on):
            return self.milestones
        last = max(day for day, _ in self.milestones)
        return [(self.due_on if day == last else day, share) for day, share in self.milestones]


def interim_points(starts_on: date, due_on: date, targets: Iterable[TargetStep]) -> tuple[Point, ...]:
    """Interim points of a task from its targets (indicator, day, cumulative value), for `expected_line`.

    The latest day of an indicator holds its final target, due with the task even after an extension; earlier
    days hold the share of it to be reached by then. With several indicators a point is the mean of their
    lines, like completion.
    """
    by_indicator = groupby(sorted(targets), key=lambda target: target[0])
    lines = [_line_of(starts_on, due_on, [row[1:] for row in rows]) for _, rows in by_indicator]
    days = sorted({day for line in lines for day, _ in line.points[1:-1]})
    return tuple((day, sum(line.at(day) for line in lines) // len(lines)) for day in days)


def _line_of(starts_on: date, due_on: date, steps: list[tuple[date, Decimal]]) -> ExpectedLine:
    final = steps[-1][1]
    shares = [(day, ratio_of(value * FULL, final).__floor__()) for day, value in steps[:-1]]
    return expected_line(starts_on, due_on, shares)
