"""What a task's history says at one moment: completion, expected progress, standing and light.

The same evaluation serves the maintained summaries, any past period and any past day; `db.figures.history`
reads the frames, `tracking.figures.cells` adds the facts up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracking.figures.cells import LIGHTS, STATUSES, Coded, Columns, Days, Ints, expected_column
from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.figures.lights import LIGHT, LightFacts, LightRule, bounds, turned
from tracking.vocabulary import Light, TaskStatus
from tracking.workflow import TASK_STATUS, TaskHistory

Flags: TypeAlias = NDArray[np.bool_]
EPOCH = date(1970, 1, 1).toordinal()
# Used as a period number: after every period of any year.
LAST = 10**6


@dataclass(frozen=True)
class History:
    """What is known about some tasks of one plan year, in columns.

    `tasks`: one row per task in force, by ascending task_id, with authority_id, unit_id, measure_id,
    revision_id, weight_tenths, starts_on, due_on, baseline_due_on (day ordinals) and suspended.
    `updates`: one row a task and period that stands as reported, by ascending task_id and number, with
    update_id, period_id, number, completion_permille, completion_requested, accepted, reported_on (ordinal). A number
    that is not positive is that of a period before the task's year.
    `lines`: task_id → expected progress, for tasks whose plan has interim targets or milestones.
    """

    tasks: Columns
    updates: Columns
    lines: Mapping[int, ExpectedLine]

    @cached_property
    def points(self) -> tuple[Ints, Days, Ints]:
        """The interim points of the lines: the rows of their tasks, their days and permilles, in this order."""
        points = [
            (task_id, day.toordinal() - EPOCH, permille)
            for task_id, line in self.lines.items()
            for day, permille in line.points[1:-1]
        ]
        task_ids, days, permilles = np.array(sorted(points), dtype=np.int64).reshape(-1, 3).T
        return self._rows(task_ids), days.astype("datetime64[D]"), permilles

    @cached_property
    def reported(self) -> Ints:
        """The rows of the tasks that the updates are of."""
        return self._rows(self.updates["task_id"])

    def _rows(self, task_ids: Ints) -> Ints:
        return np.searchsorted(self.tasks["task_id"], task_ids)


def facts_at(history: History, *, number: int, as_of_on: date, rule: LightRule) -> pd.DataFrame:
    """One row per task, as of period `number` of the year and the day `as_of_on`.

    Adds to the task's columns: completion_permille (uncapped), expected_permille, status, light, reported and
    accepted (for that very period), update_id, latest_period_id and last_reported_on (0 = none). A completed
    task needs no further reports and counts as reported.
    """
    facts = facts_in_columns(history, number=number, as_of_on=as_of_on, rule=rule)
    words = {"status": STATUSES, "light": LIGHTS}
    named = {name: np.array(known, dtype=object)[facts[name]] for name, known in words.items()}
    return pd.DataFrame({**facts, **named}, copy=False)


def facts_in_columns(
    history: History, *, number: int, as_of_on: date, rule: LightRule
) -> dict[str, NDArray[Any]]:
    """The same as columns, status and light by their places in `STATUSES` and `LIGHTS`."""
    numbers = history.updates["number"]
    upto, present = numbers <= number, numbers == number
    accepted = upto & history.updates["accepted"]
    status = _status(history, upto, accepted)
    facts = {
        **history.tasks,
        "completion_permille": _last(history, accepted, "completion_permille"),
        "expected_permille": _expected(history, as_of_on),
        "status": status,
        "reported": _named(history, present) | (status == STATUSES.index(TaskStatus.COMPLETED)),
        "accepted": _named(history, present & accepted),
        "update_id": _last(history, accepted, "update_id"),
        "latest_period_id": _last(history, accepted, "period_id"),
        "last_reported_on": _last(history, upto, "reported_on"),
    }
    return {**facts, "light": lights_on(facts, as_of_on, rule)}


def lights_on(facts: Columns, as_of_on: date, rule: LightRule) -> NDArray[np.int8]:
    """The light of every fact on a day, by its place in `LIGHTS`."""
    day = as_of_on.toordinal()
    done = np.minimum(facts["completion_permille"], FULL)
    behind, days_late = facts["expected_permille"] - done, day - facts["due_on"]
    turns = {light: turned(bound, days_late, behind) for light, bound in bounds(rule).items()}
    return LIGHT.codes(
        LightFacts(
            status=Coded(facts["status"], STATUSES),
            completion_permille=done,
            to_come=facts["starts_on"] > day,
            red=turns[Light.RED],
            amber=turns[Light.AMBER],
        ),
        LIGHTS,
    )


def _expected(history: History, as_of_on: date) -> np.ndarray:
    rows, days, permilles = history.points
    return expected_column(
        day=as_of_on,
        starts_on=_days(history.tasks["starts_on"]),
        due_on=_days(history.tasks["due_on"]),
        point_rows=rows,
        point_days=days,
        point_permilles=permilles,
    )


def _days(ordinals: Ints) -> Days:
    return (ordinals - EPOCH).astype("datetime64[D]")


def _status(history: History, reported: Flags, accepted: Flags) -> NDArray[np.int8]:
    facts = TaskHistory(
        suspended=history.tasks["suspended"],
        completion_accepted=_last(history, accepted, "completion_requested").astype(bool),
        completion_asked=_last(history, reported, "completion_requested").astype(bool),
        accepted=_named(history, accepted),
    )
    return TASK_STATUS.codes(facts, STATUSES)


def _last(history: History, chosen: Flags, column: str) -> Ints:
    """The column's value in the last of each task's chosen updates, 0 for a task without one."""
    found = np.zeros(len(history.tasks["task_id"]), dtype=np.int64)
    # Rows come by ascending period, and of several writes to one position numpy keeps the last.
    found[history.reported[chosen]] = history.updates[column][chosen]
    return found


def _named(history: History, chosen: Flags) -> Flags:
    """Which tasks the chosen updates are of."""
    named = np.zeros(len(history.tasks["task_id"]), dtype=bool)
    named[history.reported[chosen]] = True
    return named
