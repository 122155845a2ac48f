"""What a task's history says at one moment: completion, expected progress, standing and light.

The same evaluation serves the maintained summaries, any past period and any past day; `db.figures.history`
reads the frames, `tracking.figures.cells` adds the facts up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from tracking.figures.cells import STATUSES, Days, Ints, expected_column, lights_of, statuses_of
from tracking.figures.completion import FULL
from tracking.figures.expected import ExpectedLine
from tracking.figures.lights import LightFacts, LightRule, bounds, turned
from tracking.vocabulary import Light, TaskStatus
from tracking.workflow import TASK_STATUS, TaskHistory

EPOCH = date(1970, 1, 1).toordinal()
# Used as a period number: after every period of any year.
LAST = 10**6


@dataclass(frozen=True)
class History:
    """What is known about some tasks of one plan year.

    `tasks`: one row per task in force, by ascending task_id, with authority_id, unit_id, measure_id,
    revision_id, weight_tenths, starts_on, due_on, baseline_due_on (day ordinals) and suspended.
    `updates`: one row a task and period that stands as reported, by ascending task_id and number, with
    update_id, period_id, number, completion_permille, completion_requested, accepted, reported_on (ordinal). A number
    that is not positive is that of a period before the task's year.
    `lines`: task_id → expected progress, for tasks whose plan has interim targets or milestones.
    """

    tasks: pd.DataFrame
    updates: pd.DataFrame
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
    return facts.assign(light=lights_on(facts, as_of_on, rule))


def lights_on(facts: pd.DataFrame, as_of_on: date, rule: LightRule) -> np.ndarray:
    """The light of every fact on a day, as a word."""
    day = as_of_on.toordinal()
    done = np.minimum(facts["completion_permille"].to_numpy(), FULL)
    behind, days_late = facts["expected_permille"].to_numpy() - done, day - facts["due_on"].to_numpy()
    turns = {light: turned(bound, days_late, behind) for light, bound in bounds(rule).items()}
    return np.asarray(
        lights_of(
            LightFacts(
                status=statuses_of(facts["status"]),
                completion_permille=done,
                to_come=facts["starts_on"].to_numpy() > day,
                red=turns[Light.RED],
                amber=turns[Light.AMBER],
            )
        ),
        dtype=object,
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


def _days(ordinals: pd.Series) -> np.ndarray:
    return (ordinals.to_numpy() - EPOCH).astype("datetime64[D]")


def _status(tasks: pd.DataFrame, reported: pd.DataFrame, accepted: pd.DataFrame) -> np.ndarray:
    history = TaskHistory(
        suspended=tasks["suspended"].to_numpy(),
        completion_accepted=_last(tasks, accepted, "completion_requested").astype(bool),
        completion_asked=_last(tasks, reported, "completion_requested").astype(bool),
        accepted=_named(tasks, accepted),
    )
    return np.array(STATUSES, dtype=object)[TASK_STATUS.codes(history, STATUSES)]


def _rows(tasks: pd.DataFrame, task_ids: np.ndarray) -> np.ndarray:
    return np.searchsorted(tasks["task_id"].to_numpy(), task_ids)


def _last(tasks: pd.DataFrame, updates: pd.DataFrame, column: str) -> np.ndarray:
    """The column's value in each task's last update, 0 for a task without one."""
    found = np.zeros(len(tasks), dtype=np.int64)
    # Rows come by ascending period, and of several writes to one position numpy keeps the last.
    found[_rows(tasks, updates["task_id"].to_numpy())] = updates[column].to_numpy()
    return found


def _named(tasks: pd.DataFrame, updates: pd.DataFrame) -> np.ndarray:
    named = np.zeros(len(tasks), dtype=bool)
    named[_rows(tasks, updates["task_id"].to_numpy())] = True
    return named
