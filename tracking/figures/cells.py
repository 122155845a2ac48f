"""The same rules as `tracking.figures.lights` and `tracking.figures.expected` for whole columns, and the summing into cells.

A cell is one unit × measure: sums of weight (tenths) × permille, and counts of tasks. Integers throughout, so
that a maintained cell equals its recomputation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

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
# One array a column, all of one length: for a handful of tasks a frame costs many times what is done with it.
Columns: TypeAlias = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Coded:  # noqa: PLW1641 -- a column is no key
    """A column of words by their places in a closed list; it is compared with a word as a column of words would be."""

    codes: NDArray[np.int8]
    words: Sequence[StrEnum]

    def __eq__(self, word: object) -> NDArray[np.bool_]:  # type: ignore[override]  # as columns do
        return np.asarray(self.codes == self.words.index(word))


def those(columns: Columns, chosen: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """The rows of the columns for which this holds."""
    return {name: values[chosen] for name, values in columns.items()}


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
    return lights_at(LIGHT.codes(facts, LIGHTS))


def lights_at(places: NDArray[Any]) -> "pd.Categorical[str]":
    """The words at these places in `LIGHTS`."""
    return pd.Categorical.from_codes(places, categories=_words(LIGHTS))


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
    return pd.DataFrame(cell_columns(_coded(facts), as_of_on=as_of_on), columns=list(CELL_COLUMNS))


def cell_columns(facts: Columns, *, as_of_on: date) -> dict[str, Any]:
    """The same as columns, of facts whose light is told by its place in `LIGHTS`."""
    keys, cell = np.unique(facts["unit_id"] << 32 | facts["measure_id"], return_inverse=True)
    place = {"unit_id": keys >> 32, "measure_id": keys & 0xFFFFFFFF, "as_of_on": [as_of_on] * len(keys)}
    return {**place, **_sums(facts, cell, len(keys))}


def counts_of(facts: pd.DataFrame) -> pd.DataFrame:
    """What each task contributes to its cell: the columns `COUNTS`, in the order of the facts."""
    return pd.DataFrame(_sums(_coded(facts), np.arange(len(facts)), len(facts)), columns=list(COUNTS))


def _coded(facts: pd.DataFrame) -> Columns:
    numbers = {name: facts[name].to_numpy(np.int64) for name in ("unit_id", "measure_id", *_SUMMED)}
    ticks = {name: facts[name].to_numpy(bool) for name in ("reported", "accepted")}
    return numbers | ticks | {"light": word_codes(facts["light"], LIGHTS)}


_SUMMED = ("weight_tenths", "completion_permille", "expected_permille")


def _sums(facts: Columns, cell: Ints, cells: int) -> dict[str, Ints]:
    light = facts["light"]
    counted = light != LIGHTS.index(Light.SUSPENDED)
    weight = facts["weight_tenths"] * counted
    columns = {
        "tasks": counted,
        "weight_tenths": weight,
        "done": weight * np.minimum(facts["completion_permille"], FULL),
        "expected": weight * np.minimum(facts["expected_permille"], FULL),
        "reported": facts["reported"] & counted,
        "accepted": facts["accepted"] & counted,
        **{str(word): light == code for code, word in enumerate(LIGHTS)},
    }
    table = np.array(list(columns.values()), np.int64)
    places = cell + cells * np.arange(len(table))[:, np.newaxis]
    # sums stay far below 2**53, up to which the floats of bincount are exact
    sums = np.bincount(places.ravel(), table.ravel(), minlength=len(table) * cells).astype(np.int64)
    return dict(zip(columns, sums.reshape(len(table), cells), strict=True))
