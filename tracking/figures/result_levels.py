"""On what a completion rests: on activities, outputs or outcomes, by the weight of the tasks."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from tracking.vocabulary import ResultLevel

# What rests on indicators that nobody has labelled, and what on milestones and typed percentages.
UNLABELLED, STEPS = "unlabelled", "steps"


def rests_on(weights: pd.DataFrame, levels: Mapping[int, ResultLevel], total_tenths: int) -> dict[str, float]:
    """Level → its share of all weight in permille, those that have any; then `UNLABELLED` and `STEPS`.

    `weights` are those of `db.traces.result_levels`; a task with several indicators shares its weight evenly among them.
    """
    sums: dict[str, Fraction] = defaultdict(Fraction)
    columns = (weights[name].tolist() for name in ("indicator_id", "parts", "weight_tenths"))
    for indicator, parts, weight in zip(*columns, strict=True):
        sums[levels.get(indicator, UNLABELLED)] += Fraction(weight, parts)
    sums[STEPS] = total_tenths - sum(sums.values(), Fraction())
    order = (*ResultLevel, UNLABELLED, STEPS)
    return {str(name): float(1000 * sums[name] / total_tenths) for name in order if sums[name] > 0}
