"""How sums become figures: add up, divide, average over units; and the shape of the result.

A unit's completion is Σ done ÷ Σ weight over its tasks in question; that of a region, a key area or the nation
is the plain mean over the units that have tasks there. Sums stay beside every ratio, so nothing is ever the
mean of a mean.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracking.figures.axes import Floats
from tracking.figures.cells import COUNTS
from tracking.figures.counts import UNIT_COUNTS, unit_flags

# Columns of every roll-up. Sums: COUNTS over the units concerned. Units: how many count by the definitions in
# `tracking.figures.counts`, and how many could (`units_total`). completion_permille = completion_sum ÷ units, NaN for none.
WHOLE = (*COUNTS, *UNIT_COUNTS, "units_total")
RATIOS = (
    "completion_sum",
    "completion_permille",
    "expected_permille",
    "deviation_permille",
    "median_permille",
)
# Built once: an index costs as much as all the sums of a roll-up.
_WHOLE, _RATIOS = pd.Index(WHOLE), pd.Index(RATIOS)
_PRODUCTS = [COUNTS.index("done"), COUNTS.index("expected")]


@dataclass(frozen=True)
class Figures:
    """The figures of a roll-up, a row for each of `WHOLE` and `RATIOS` and a column per line."""

    whole: Floats
    ratios: Floats

    def beside(self, heads: pd.DataFrame) -> pd.DataFrame:
        """A frame with a row per line: the columns of `heads`, then `WHOLE` and `RATIOS`."""
        whole = pd.DataFrame(self.whole.T.astype(np.int64), columns=_WHOLE, copy=False)
        return pd.concat([heads, whole, pd.DataFrame(self.ratios.T, columns=_RATIOS, copy=False)], axis=1)

    def first(self) -> dict[str, float]:
        """The figures of the first line."""
        values = [*self.whole[:, 0].tolist(), *self.ratios[:, 0].tolist()]
        return dict(zip((*WHOLE, *RATIOS), values, strict=True))


def figures(sums: Floats, groups: Floats) -> Figures:
    """The figures of each group of units × column, in that order.

    `sums` is `COUNTS` × units × columns, `groups` is groups × units with 1 where a unit belongs.
    """
    named = dict(zip(COUNTS, sums, strict=True))
    weighed = named["weight_tenths"] > 0
    shares = np.divide(
        sums[_PRODUCTS], named["weight_tenths"], out=np.zeros((2, *weighed.shape)), where=weighed
    )
    flags = np.array([*unit_flags(named).values()])
    # All at once: a product of matrices costs what it does however many there are.
    *added, done, due = groups @ np.concatenate([sums, flags, shares])
    units = added[len(COUNTS)]
    could = np.broadcast_to(groups.sum(axis=1)[:, None], units.shape)
    means = np.array([done, due, done - due])
    means = np.divide(means, units, out=np.full_like(means, np.nan), where=units > 0)
    medians = _medians(np.where(weighed, shares[0], np.nan), groups)
    whole, ratios = np.array([*added, could]), np.array([done, *means, medians])
    return Figures(whole.reshape(len(WHOLE), -1), ratios.reshape(len(RATIOS), -1))


def _medians(completion: Floats, groups: Floats) -> Floats:
    """The median over the units of each group, NaN if none has tasks.

    NaN sorts last: the median is the middle of the first n. There is always one more, the middle of none.
    """
    count, columns = completion.shape
    spread = np.full((len(groups), columns, count + 1), np.nan)
    spread[..., :count] = np.where(groups[:, None] > 0, completion.T, np.nan)
    spread.sort(axis=2)
    known = np.count_nonzero(~np.isnan(spread), axis=2)[..., None]
    low = np.take_along_axis(spread, np.maximum(known - 1, 0) // 2, axis=2)
    high = np.take_along_axis(spread, known // 2, axis=2)
    medians: Floats = (low + high)[..., 0] / 2
    return medians
