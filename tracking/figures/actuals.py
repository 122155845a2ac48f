"""The national and regional values of indicators.

A value is cumulative within its task. Of an additive indicator the latest values of all tasks add up. Any other
is a state (firms settled, zones built): an authority has one, its latest; those of several authorities overlap
or differ in kind, so they are never added: their number, median and range are shown instead.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from tracking.figures.cells import Ints

TOTALS = ["value", "authorities", "lowest", "highest"]
_READ = ["indicator_id", "authority_id", "task_id", "period_number", "hundredths"]
_CENT = Decimal("0.01")


def indicator_totals(actuals: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, in order: the columns of `indicators`, then `TOTALS`.

    `actuals` are whole numbers: indicator_id, authority_id, task_id, period_number and the value in `hundredths`; several
    rows a task are its history, of which the last period counts. `value` is the sum of an additive indicator, and for any
    other the median over authorities (with one authority, its latest value); `authorities` how many have reported it,
    `lowest` and `highest` the extremes among them. If none has, all but the count are None.
    """
    rows = list(_totals(_last(actuals[_READ].to_numpy(np.int64), 3), indicators))
    totals = pd.DataFrame(rows, columns=TOTALS, index=indicators.index, dtype=object)
    return pd.concat([indicators, totals.astype({"authorities": int})], axis=1)


def _totals(newest: Ints, indicators: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for indicator, additive in zip(indicators["indicator_id"], indicators["additive"], strict=True):
        said = newest[newest[:, 0] == indicator, 1:]
        values = np.sort(_sums(said) if additive else _states(said))
        if not len(values):
            yield None, 0, None, None
            continue
        value = _amount(values.sum()) if additive else _middle(values)
        yield value, len(values), _amount(values[0]), _amount(values[-1])


def _sums(said: Ints) -> Ints:
    """Of each authority, the sum over its tasks; rows of authority, task, period and value."""
    _, authority = np.unique(said[:, 0], return_inverse=True)
    sums = np.zeros(authority.max(initial=-1) + 1, np.int64)
    np.add.at(sums, authority, said[:, -1])
    return sums


def _states(said: Ints) -> Ints:
    """Of each authority, the newest value, and the larger of two of one period."""
    states: Ints = _last(said[:, [0, 2, 3]], 1)[:, -1]
    return states


def _last(rows: Ints, of: int) -> Ints:
    """The greatest of the rows that are alike in their first columns, so many of them."""
    rows = rows[np.lexsort(rows.T[::-1])]
    ends = np.ones(len(rows), bool)
    ends[:-1] = (rows[1:, :of] != rows[:-1, :of]).any(axis=1)
    return rows[ends]


def _middle(values: Ints) -> Decimal:
    """The median of sorted values."""
    count = len(values)
    twice = int(values[(count - 1) // 2] + values[count // 2])
    return (Decimal(twice) / 200).quantize(_CENT, ROUND_HALF_UP)


def _amount(hundredths: np.int64) -> Decimal:
    return Decimal(int(hundredths)) / 100
