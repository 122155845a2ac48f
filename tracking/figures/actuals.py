"""The national and regional values of indicators.

A value is cumulative within its task. Of an additive indicator the latest values of all tasks add up. Any other
is a state (firms settled, zones built): an authority has one, its latest; those of several authorities overlap
or differ in kind, so they are never added: their number, median and range are shown instead.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any, TypeAlias

import pandas as pd

TOTALS = ["value", "additive_total", "authorities", "lowest", "highest", "latest_on"]
# The day on which something was reported, and the value.
_Held: TypeAlias = tuple[Any, Decimal]
_BY_AUTHORITY = ["indicator_id", "authority_id", "value", "reported_on"]


def latest_by_authority(actuals: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator × authority: indicator_id, authority_id, value (Decimal), reported_on.

    `actuals`: authority_id, task_id, indicator_id, value (Decimal), reported_on; several rows a task are its
    history, of which the last by `reported_on` counts. For an additive indicator, the sum over its tasks;
    otherwise the newest value, and the larger of two on the same day.
    """
    additive = dict(zip(indicators["indicator_id"], indicators["additive"], strict=True))
    held: dict[tuple[int, int], list[_Held]] = defaultdict(list)
    for (indicator, authority, _), last in _newest(actuals).items():
        held[indicator, authority].append(last)
    rows = [
        (*key, sum(value for _, value in values) if additive[key[0]] else max(values)[1], max(values)[0])
        for key, values in sorted(held.items())
    ]
    return pd.DataFrame(rows, columns=_BY_AUTHORITY)


def _newest(actuals: pd.DataFrame) -> dict[tuple[int, int, int], _Held]:
    """Indicator, authority and task → what was reported last of it."""
    names = ("indicator_id", "authority_id", "task_id", "reported_on", "value")
    newest: dict[tuple[int, int, int], _Held] = {}
    for *key, day, value in zip(*(actuals[name].tolist() for name in names), strict=True):
        indicator, authority, task = key
        place, said = (indicator, authority, task), (day, value)
        newest[place] = max(newest.get(place, said), said)
    return newest


def indicator_totals(actuals: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, in order: the columns of `indicators`, then `TOTALS`.

    `value` is the sum of an additive indicator, and for any other the median over authorities (with one
    authority, its latest value); `additive_total` is the sum or None; `authorities` how many have reported
    it, `lowest` and `highest` the extremes among them, `latest_on` the day of the newest. If none has, all
    but the count are None.
    """
    by_authority = latest_by_authority(actuals, indicators)
    rows = list(_totals(by_authority, indicators))
    totals = pd.DataFrame(rows, columns=TOTALS, index=indicators.index, dtype=object)
    return pd.concat([indicators, totals.astype({"authorities": int})], axis=1)


def _totals(by_authority: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for indicator, additive in zip(indicators["indicator_id"], indicators["additive"], strict=True):
        held = by_authority[by_authority["indicator_id"] == indicator]
        values = list(held["value"])
        if not values:
            yield None, None, 0, None, None, None
            continue
        total = sum(values, Decimal()) if additive else None
        middle = median(values).quantize(Decimal("0.01"), ROUND_HALF_UP)
        value = total if additive else middle
        yield value, total, len(values), min(values), max(values), held["reported_on"].max()
