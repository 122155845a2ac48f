"""What a task's history says at one moment: completion, expected progress, standing and light.

The same evaluation serves the maintained summaries, any past period and any past day; `db.figures.history`
reads the frames, `tracking.figures.cells` adds the facts up. Lights here are those of `tracking.figures.lights`, for many
tasks at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from tracking.figures.cells import expected_column
from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.figures.lights import LightRule
from tracking.vocabulary import Light, TaskStatus

EPOCH = date(1970, 1, 1).toordinal()
# As the number of a period: after every period of any year.
LAST = 10**6


@dataclass(frozen=True)
class History:
    """What is known of some tasks of one plan year.

    `tasks`: one row a task in force, by ascending task_id, with authority_id, unit_id, measure_id,
    revision_id, weight_tenths, starts_on, due_on, baseline_due_on (day ordinals) and suspended.
    `updates`: one row a task and period that stands as reported, by ascending task_id and number, with
    update_id, period_id, number, completion_permille, completion_requested, accepted, reported_on (ordinal).
    `lines`: task_id → expected progress, for tasks whose plan has interim targets.
    """

    tasks: pd.DataFrame
    updates: pd.DataFrame
    lines: Mapping[int, ExpectedLine]


def facts_at(history: History, *, number: int, as_of_on: date, rule: LightRule) -> pd.DataFrame:
    """One row a task, as of period `number` of the year and the day `as_of_on`.

    Adds to the task's columns: completion_permille (uncapped), expected_permille, status, light,
    reported and accepted (for that very period), update_id, latest_period_id and last_reported_on (0 = none).
    A completed task is asked for nothing more and counts as reported.
    """
    upto = history.updates[history.updates["number"].to_numpy() <= number]
    accepted = upto[upto["accepted"].to_numpy()]
    present = upto[upto["number"].to_numpy() == number]
    tasks = history.tasks
    status = _status(tasks, upto, accepted)
    facts = tasks.assign(
        completion_permille=_last(tasks, accepted, "completion_permille"),
        expected_permille=_expected(history, as_of_on),
        status=status,
        reported=_named(tasks, present) | (status == TaskStatus.COMPLETED),
        accepted=_named(tasks, present[present["accepted"].to_numpy()]),
        update_id=_last(tasks, accepted, "update_id"),
        latest_period_id=_last(tasks, accepted, "period_id"),
        last_reported_on=_last(tasks, upto, "reported_on"),
    )
    return facts.assign(light=lights_of(facts, as_of_on, rule))


def lights_of(facts: pd.DataFrame, as_of_on: date, rule: LightRule) -> np.ndarray:
    """The light of every fact, as `tracking.figures.lights.light_of` gives it for one task."""
    day = as_of_on.toordinal()
    done = np.minimum(facts["completion_permille"].to_numpy(), FULL)
    behind = facts["expected_permille"].to_numpy() - done
    status, due = facts["status"].to_numpy(), facts["due_on"].to_numpy()
    idle = (status == TaskStatus.NOT_STARTED) & (done == 0) & (day < facts["starts_on"].to_numpy())
    late = (day > due) | (behind > rule.red_behind_permille)
    near = (day >= due - rule.due_soon_days) | (behind >= rule.amber_behind_permille)
    return np.select(
        [status == TaskStatus.COMPLETED, (status == TaskStatus.SUSPENDED) | idle, done >= FULL, late, near],
        [Light.BLUE, Light.GREY, Light.GREEN, Light.RED, Light.AMBER],
        Light.GREEN,
    ).astype(object)


def _expected(history: History, as_of_on: date) -> np.ndarray:
    tasks = history.tasks
    points = [(task_id, *point) for task_id, line in history.lines.items() for point in line.points[1:-1]]
    task_ids, days, permilles = zip(*sorted(points), strict=True) if points else ((), (), ())
    return expected_column(
        day=as_of_on,
        starts_on=_days(tasks["starts_on"]),
        due_on=_days(tasks["due_on"]),
        point_rows=_rows(tasks, np.array(task_ids, dtype=np.int64)),
        point_days=days,
        point_permilles=permilles,
    )


def _days(ordinals: pd.Series) -> np.ndarray:
    return (ordinals.to_numpy() - EPOCH).astype("datetime64[D]")


def _status(tasks: pd.DataFrame, reported: pd.DataFrame, accepted: pd.DataFrame) -> np.ndarray:
    asked = _last(tasks, reported, "completion_requested").astype(bool)
    confirmed = _last(tasks, accepted, "completion_requested").astype(bool)
    begun = _named(tasks, accepted)
    return np.select(
        [tasks["suspended"].to_numpy(), confirmed, asked, begun],
        [TaskStatus.SUSPENDED, TaskStatus.COMPLETED, TaskStatus.COMPLETION_REQUESTED, TaskStatus.IN_PROGRESS],
        TaskStatus.NOT_STARTED,
    ).astype(object)


def _rows(tasks: pd.DataFrame, task_ids: np.ndarray) -> np.ndarray:
    return np.searchsorted(tasks["task_id"].to_numpy(), task_ids)


def _last(tasks: pd.DataFrame, updates: pd.DataFrame, column: str) -> np.ndarray:
    """The column's value in each task's last update, 0 for a task without one."""
    found = np.zeros(len(tasks), dtype=np.int64)
    # Rows come in ascending period, and of several writes to one place numpy keeps the last.
    found[_rows(tasks, updates["task_id"].to_numpy())] = updates[column].to_numpy()
    return found


def _named(tasks: pd.DataFrame, updates: pd.DataFrame) -> np.ndarray:
    named = np.zeros(len(tasks), dtype=bool)
    named[_rows(tasks, updates["task_id"].to_numpy())] = True
    return named
