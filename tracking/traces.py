"""Taking a figure apart: what is added, what it is divided by, and what each part contributes.

The parts of a figure over several units are the units; of one unit its measures; of a measure there its tasks.
Every part has the sums of `tracking.figures.cells.COUNTS`, so the same figure is read from cells and from tasks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np
import pandas as pd

from tracking.figures.cells import counts_of
from tracking.figures.completion import completion_from_targets, permille_of, target_ratios


class TracedFigure(StrEnum):
    """A figure that can be traced to its parts."""

    COMPLETION = "completion"
    EXPECTED = "expected"
    REPORTED = "reported"
    TASKS = "tasks"
    SUSPENDED = "suspended"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


# Figures that are ratios, and the weight × permille column each is made from.
PRODUCTS: Mapping[TracedFigure, str] = {TracedFigure.COMPLETION: "done", TracedFigure.EXPECTED: "expected"}


@dataclass(frozen=True)
class Trace:
    """A figure with its parts.

    `rows` are its parts: for a ratio with product (weight × percent), weights and its own permille, as
    value_permille and under the figure's name; for a count with `count`. `value` is permille for a ratio,
    else a number; None if there is nothing to divide by.
    """

    figure: TracedFigure
    rows: pd.DataFrame
    numerator: float
    denominator: float
    value: float | None


def trace_units(frame: pd.DataFrame, figure: TracedFigure) -> Trace:
    """A figure over several units; `frame` has one row per unit with the sums.

    A ratio is the mean of the ratios of the units with tasks. `REPORTED` counts the units that have reported
    anything, out of all; any other count sums up the tasks.
    """
    rows = _parted(frame, figure)
    if figure in PRODUCTS:
        known = rows["value_permille"].dropna()
        return _divided(figure, rows, float(known.sum()), len(known))
    if figure is TracedFigure.REPORTED:
        said = float((rows["count"] > 0).sum())
        return Trace(figure, rows, said, len(rows), said)
    return _counted(figure, rows)


def trace_parts(frame: pd.DataFrame, figure: TracedFigure) -> Trace:
    """A figure of one unit; `frame` has one row per measure, or a task, with the sums.

    A ratio is the sum of weight × permille over the sum of weights.
    """
    rows = _parted(frame, figure)
    if figure in PRODUCTS:
        numerator, weight = float(frame[PRODUCTS[figure]].sum()), float(frame["weight_tenths"].sum())
        return _divided(figure, rows, numerator, weight)
    return _counted(figure, rows)


def task_parts(facts: pd.DataFrame) -> pd.DataFrame:
    """The task facts, with the columns named in the sums replaced by what each task contributes to its cell."""
    sums = counts_of(facts)
    kept = facts.drop(columns=[name for name in sums if name in facts])
    return pd.concat([kept.reset_index(drop=True), sums], axis=1)


def indicator_parts(actuals: Mapping[int, Decimal], targets: Mapping[int, Decimal]) -> dict[int, int]:
    """Indicator → the permille of its target that is reached; uncapped where it is the only one."""
    ratios = target_ratios(actuals, targets)
    one = len(ratios) == 1
    return {key: permille_of(ratio if one else min(ratio, Fraction(1))) for key, ratio in ratios.items()}


def explains(
    completion_permille: int,
    *,
    actuals: Mapping[int, Decimal],
    targets: Mapping[int, Decimal],
    milestones: Mapping[int, int],
    reached: frozenset[int],
) -> bool:
    """Whether a plan's targets or milestones give exactly this completion; after an amendment they may not."""
    if targets:
        return completion_from_targets(actuals, targets) == completion_permille
    return not milestones or sum(milestones.get(number, 0) for number in reached) == completion_permille


def _parted(frame: pd.DataFrame, figure: TracedFigure) -> pd.DataFrame:
    if figure not in PRODUCTS:
        return frame.assign(count=frame[str(figure)].to_numpy())
    product, weight = (frame[name].to_numpy(float) for name in (PRODUCTS[figure], "weight_tenths"))
    value = np.divide(product, weight, out=np.full_like(product, np.nan), where=weight > 0)
    named = {"value_permille": value, f"{figure}_permille": value}
    return frame.assign(product=product / 100, weights=weight / 10, **named)


def _divided(figure: TracedFigure, rows: pd.DataFrame, numerator: float, denominator: float) -> Trace:
    return Trace(figure, rows, numerator, denominator, numerator / denominator if denominator else None)


def _counted(figure: TracedFigure, rows: pd.DataFrame) -> Trace:
    counted = float(rows["count"].sum())
    return Trace(figure, rows, counted, float(rows["tasks"].sum()), counted)
