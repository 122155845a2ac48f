"""What a task's history says at one moment: completion, expected progress, standing and light.

The same evaluation serves the maintained summaries, any past period and any past day; `db.figures.history`
reads the frames, `tracking.figures.cells` adds the facts up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracking.figures.cells import LIGHTS, STATUSES, Coded, Columns, Days, Ints, expected_column, those
from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.figures.lights import LIGHT, LightFacts, LightRule, bounds, turned
from tracking.vocabulary import Light, TaskStatus
from tracking.workflow import TASK_STATUS, TaskHistory

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
        return _rows(self.tasks, task_ids), days.astype("datetime64[D]"), permilles


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
    tasks, updates = history.tasks, history.updates
    upto = those(updates, updates["number"] <= number)
    accepted = those(upto, upto["accepted"])
    present = those(upto, upto["number"] == number)
    status = _status(tasks, upto, accepted)
    facts = {
        **tasks,
        "completion_permille": _last(tasks, accepted, "completion_permille"),
        "expected_permille": _expected(history, as_of_on),
        "status": status,
        "reported": _named(tasks, present) | (status == STATUSES.index(TaskStatus.COMPLETED)),
        "accepted": _named(tasks, those(present, present["accepted"])),
        "update_id": _last(tasks, accepted, "update_id"),
        "latest_period_id": _last(tasks, accepted, "period_id"),
        "last_reported_on": _last(tasks, upto, "reported_on"),
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


def _status(tasks: Columns, reported: Columns, accepted: Columns) -> NDArray[np.int8]:
    history = TaskHistory(
        suspended=tasks["suspended"],
        completion_accepted=_last(tasks, accepted, "completion_requested").astype(bool),
        completion_asked=_last(tasks, reported, "completion_requested").astype(bool),
        accepted=_named(tasks, accepted),
    )
    return TASK_STATUS.codes(history, STATUSES)


def _rows(tasks: Columns, task_ids: np.ndarray) -> np.ndarray:
    return np.searchsorted(tasks["task_id"], task_ids)


def _last(tasks: Columns, updates: Columns, column: str) -> np.ndarray:
    """The column's value in each task's last update, 0 for a task without one."""
    found = np.zeros(len(tasks["task_id"]), dtype=np.int64)
    # Rows come by ascending period, and of several writes to one position numpy keeps the last.
    found[_rows(tasks, updates["task_id"])] = updates[column]
    return found


def _named(tasks: Columns, updates: Columns) -> np.ndarray:
    named = np.zeros(len(tasks["task_id"]), dtype=bool)
    named[_rows(tasks, updates["task_id"])] = True
    return named
