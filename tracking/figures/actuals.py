"""The national and regional values of indicators.

A value is cumulative within its task. Of an additive indicator the latest values of all tasks add up. Any other
is a state (firms settled, zones built): an authority has one, its latest; those of several authorities overlap
or differ in kind, so they are never added: their number, median and range are shown instead. Rates are never averaged
either: their numerators and their denominators are summed. Of a yes or no it is told how many say yes, of those asked.
"""

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from tracking.figures.cells import Ints
from tracking.rates import Rate
from tracking.vocabulary import IndicatorKind

TOTALS = ["value", "authorities", "lowest", "highest", "asked", "exempt"]
_READ = [
    "indicator_id",
    "authority_id",
    "task_id",
    "period_number",
    "hundredths",
    "numerator",
    "denominator",
]
# Places in these rows once the indicator is known.
_AUTHORITY, _VALUE, _PARTS = 0, 3, slice(4, 6)
_CENT = Decimal("0.01")
_NOBODY = pd.DataFrame({"indicator_id": [], "authority_id": [], "exempt": []}, dtype=np.int64)
Total = tuple[Any, int, Any, Any]


def indicator_totals(
    actuals: pd.DataFrame, indicators: pd.DataFrame, asked: pd.DataFrame = _NOBODY
) -> pd.DataFrame:
    """One row per indicator, in order: the columns of `indicators`, then `TOTALS`.

    `actuals` are whole numbers: indicator_id, authority_id, task_id, period_number, and in hundredths the value and the
    parts of a rate; several rows a task are its history, of which the last period counts. `asked` has indicator_id,
    authority_id and exempt. `value` is the sum of an additive indicator, for a rate that of all numerators over that of
    all denominators, of a yes or no how many say yes, and for any other the median over authorities (with one authority,
    its latest value); `authorities` how many have reported it, `lowest` and `highest` the extremes among them, `asked`
    of how many it is asked, and `exempt` to how many it does not apply. If none has reported, value and extremes are None.
    """
    newest = _last(actuals[_READ].to_numpy(np.int64), 3)
    rows = [
        (*_total(newest[newest[:, 0] == row.indicator_id, 1:], row), *_counts(asked, row.indicator_id))
        for row in _each(indicators)
    ]
    totals = pd.DataFrame(rows, columns=TOTALS, index=indicators.index, dtype=object)
    return pd.concat([indicators, totals.astype({"authorities": int, "asked": int, "exempt": int})], axis=1)


def _each(indicators: pd.DataFrame) -> Iterator[Any]:
    yield from indicators.itertuples(index=False)


def _total(said: Ints, indicator: Any) -> Total:
    """Value, how many have reported, and the extremes; rows of authority, task, period, value and parts."""
    if not len(said):
        return None, 0, None, None
    kinds: dict[str, Callable[[Ints], Total]] = {
        IndicatorKind.RATE: _rate,
        IndicatorKind.YES_NO: _answers,
    }
    return kinds.get(indicator.kind, _added if indicator.additive else _spread)(said)


def _counts(asked: pd.DataFrame, indicator_id: int) -> tuple[int, int]:
    """Of how many authorities an indicator is asked, and to how many it does not apply; who is asked is not exempt."""
    mine = (asked["indicator_id"] == indicator_id).to_numpy()
    authorities, exempt = asked["authority_id"].to_numpy()[mine], asked["exempt"].to_numpy()[mine]
    wanted = np.unique(authorities[exempt == 0])
    return len(wanted), len(np.setdiff1d(authorities[exempt == 1], wanted))


def _added(said: Ints) -> Total:
    """Of each authority the sum over its tasks, and the sum of those."""
    _, authority = np.unique(said[:, _AUTHORITY], return_inverse=True)
    sums = np.zeros(authority.max() + 1, np.int64)
    np.add.at(sums, authority, said[:, _VALUE])
    return _amount(sums.sum()), len(sums), _amount(sums.min()), _amount(sums.max())


def _spread(said: Ints) -> Total:
    values = np.sort(_states(said)[:, _VALUE])
    return _middle(values), len(values), _amount(values[0]), _amount(values[-1])


def _rate(said: Ints) -> Total:
    """The rate of all together; nothing over nothing is none."""
    parts = said[:, _PARTS].sum(axis=0)
    rate = Rate(*map(_amount, parts))
    return rate if rate.denominator else None, len(np.unique(said[:, _AUTHORITY])), None, None


def _answers(said: Ints) -> Total:
    states = _states(said)
    return Decimal(int((states[:, _VALUE] > 0).sum())), len(states), None, None


def _states(said: Ints) -> Ints:
    """The newest row of each authority, and that of the larger value of two of one period."""
    order = [0, 2, 3, 1, 4, 5]
    newest = _last(said[:, order], 1)
    states: Ints = newest[:, np.argsort(order)]
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
