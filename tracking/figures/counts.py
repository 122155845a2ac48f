"""The one definition of every count, for pages, files, papers and the API alike.

A task is in force once its plan is filed, until it is dropped or suspended. Suspended tasks stand beside the others
under their own light, and count nowhere else. A unit has tasks where some of its own are in force, has reported
where something was reported on one of them, and is complete where something was on each. A unit is without a plan
where neither tasks in force nor suspended ones are filed for it. Completed tasks ask for nothing more and count as
reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracking.vocabulary import Light

UNIT_COUNTS = ("units", "units_reported", "units_complete")
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Tasks in force, suspended tasks, units with tasks in force, and all tasks by light."""

    tasks: int
    suspended: int
    units: int
    lights: Mapping[Light, int]

    @property
    def lines(self) -> int:
        """How many lines a list of them has, suspended tasks included."""
        return self.tasks + self.suspended


def in_force(tasks: pd.DataFrame) -> pd.DataFrame:
    """The tasks that count, from a frame with their `light`."""
    return tasks[tasks["light"] != str(Light.SUSPENDED)]


def task_counts(tasks: pd.DataFrame) -> TaskCounts:
    """The counts of a frame with one row per task, with its `unit_id` and `light`."""
    counted = in_force(tasks)
    lights = tasks["light"].value_counts()
    return TaskCounts(
        tasks=len(counted),
        suspended=len(tasks) - len(counted),
        units=counted["unit_id"].nunique(),
        lights={light: int(lights.get(light, 0)) for light in Light},
    )


def unit_flags(sums: Mapping[str, NDArray[np.float64]]) -> dict[str, Flags]:
    """Which units count under each of `UNIT_COUNTS`, given their sums of `tracking.figures.cells.COUNTS`."""
    tasks, reported = sums["tasks"], sums["reported"]
    has = tasks > 0
    return dict(zip(UNIT_COUNTS, (has, has & (reported > 0), has & (reported == tasks)), strict=True))


def without_plan(sums: Mapping[str, NDArray[np.float64]]) -> Flags:
    """Which units are without a plan, given the same sums over all measures."""
    filed: Flags = sums["tasks"] + sums["suspended"] > 0
    return ~filed
