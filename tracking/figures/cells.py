"""The same rules as `tracking.figures.lights` and `tracking.figures.expected` for whole columns, and the summing into cells.

A cell is one unit × measure: sums of weight (tenths) × permille, and counts of tasks. Integers throughout, so
that a maintained cell equals its recomputation.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tracking.figures.completion import FULL
from tracking.figures.expected import expected_at
from tracking.figures.lights import LIGHT, LightFacts
from tracking.vocabulary import Light, TaskStatus

LIGHTS = tuple(Light)
STATUSES = tuple(TaskStatus)
# Suspended tasks have a light of their own and count nowhere else.
COUNTED = tuple(light for light in Light if light is not Light.SUSPENDED)
COUNTS = (
    "tasks",
    "weight_tenths",
    "done",
    "expected",
    "reported",
    "accepted",
    str(Light.SUSPENDED),
    *COUNTED,
)
CELL_COLUMNS = ("unit_id", "measure_id", "as_of_on", *COUNTS)

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]


def days_of(values: ArrayLike) -> Days:
    """Dates, ISO texts or None as days; None (never) becomes NaT."""
    return np.asarray(values, dtype="datetime64[D]")


def word_codes(words: Any, closed: Sequence[str]) -> NDArray[np.int8]:
    """Each word's index in its closed list; -1 for an unknown word."""
    if isinstance(getattr(words, "dtype", None), pd.CategoricalDtype) and words.dtype.categories.equals(
        pd.Index(closed)
    ):
        return np.asarray(pd.Categorical(words).codes, dtype=np.int8)
    return np.asarray(_words(closed).get_indexer(pd.Index(words)), dtype=np.int8)


def light_column(
    *,
    status: Any,
    today: date,
    starts_on: ArrayLike,
    amber_on: ArrayLike,
    red_on: ArrayLike,
    completion_permille: ArrayLike,
) -> "pd.Categorical[str]":
    """`light_of` for one row per task: words of `Light` as a categorical column; the arrays have the same length."""
    day = np.datetime64(today, "D")
    facts = LightFacts(
        status=statuses_of(status),
        completion_permille=np.asarray(completion_permille),
        to_come=days_of(starts_on) > day,
        # a comparison with NaT never holds
        red=days_of(red_on) <= day,
        amber=days_of(amber_on) <= day,
    )
    return lights_of(facts)


def statuses_of(words: Any) -> "pd.Categorical[str]":
    """Task statuses as a categorical column, compared by code."""
    return pd.Categorical.from_codes(word_codes(words, STATUSES), categories=_words(STATUSES))


def lights_of(facts: LightFacts) -> "pd.Categorical[str]":
    """The rule for columns: words of `Light` as a categorical column."""
    return pd.Categorical.from_codes(LIGHT.codes(facts, LIGHTS), categories=_words(LIGHTS))


def _words(closed: Sequence[str]) -> "pd.Index[str]":
    return pd.Index([str(word) for word in closed])


def expected_column(
    *,
    day: date,
    starts_on: ArrayLike,
    due_on: ArrayLike,
    point_rows: ArrayLike = (),
    point_days: ArrayLike = (),
    point_permilles: ArrayLike = (),
) -> Ints:
    """`ExpectedLine.at` for one row per task, permille.

    Interim points, as `ExpectedLine` keeps them, come as three arrays sorted by row and day: the row of their
    task, their day and their permille.
    """
    on = int(np.datetime64(day, "D").astype(np.int64))
    starts, due = days_of(starts_on).astype(np.int64), days_of(due_on).astype(np.int64)
    earlier, later = starts.copy(), due.copy()
    low, high = np.zeros_like(earlier), np.full_like(earlier, FULL)
    rows, days = np.asarray(point_rows, np.int64), days_of(point_days).astype(np.int64)
    permilles = np.asarray(point_permilles, np.int64)
    # among repeated rows the last assignment wins: the nearest point before, and in reverse the nearest after
    past, ahead = days <= on, np.flatnonzero(days > on)[::-1]
    earlier[rows[past]], low[rows[past]] = days[past], permilles[past]
    later[rows[ahead]], high[rows[ahead]] = days[ahead], permilles[ahead]
    found: Ints = expected_at(on, starts, due, (earlier, low), (later, high))
    return found


def cells_of(facts: pd.DataFrame, *, as_of_on: date) -> pd.DataFrame:
    """The cells of task facts, one row per unit × measure in that order, columns `CELL_COLUMNS`.

    Facts, one row per task in force: unit_id, measure_id, weight_tenths, completion_permille (uncapped),
    expected_permille, light, reported (bool), accepted (bool). Suspended tasks count under `suspended`
    and nowhere else, so the other lights of a cell add up to its `tasks`.
    """
    units, measures = facts["unit_id"].to_numpy(np.int64), facts["measure_id"].to_numpy(np.int64)
    keys, cell = np.unique(units << 32 | measures, return_inverse=True)
    sums = _sums(facts, cell, len(keys))
    place = {"unit_id": keys >> 32, "measure_id": keys & 0xFFFFFFFF, "as_of_on": [as_of_on] * len(keys)}
    return pd.DataFrame({**place, **sums}, columns=list(CELL_COLUMNS))


def counts_of(facts: pd.DataFrame) -> pd.DataFrame:
    """What each task contributes to its cell: the columns `COUNTS`, in the order of the facts."""
    return pd.DataFrame(_sums(facts, np.arange(len(facts)), len(facts)), columns=list(COUNTS))


def _sums(facts: pd.DataFrame, cell: Ints, cells: int) -> dict[str, Ints]:
    light = word_codes(facts["light"], LIGHTS)
    counted = light != LIGHTS.index(Light.SUSPENDED)
    weight = facts["weight_tenths"].to_numpy(np.int64) * counted
    columns = {
        "tasks": counted,
        "weight_tenths": weight,
        "done": weight * np.minimum(facts["completion_permille"].to_numpy(np.int64), FULL),
        "expected": weight * np.minimum(facts["expected_permille"].to_numpy(np.int64), FULL),
        "reported": facts["reported"].to_numpy(bool) & counted,
        "accepted": facts["accepted"].to_numpy(bool) & counted,
        **{str(word): light == code for code, word in enumerate(LIGHTS)},
    }
    # sums stay far below 2**53, up to which the floats of bincount are exact
    return {
        name: np.bincount(cell, values, minlength=cells).astype(np.int64) for name, values in columns.items()
    }
