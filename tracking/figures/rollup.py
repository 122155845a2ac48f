"""How cells become figures: sum by unit, divide, average over units; and the shape of the result.

A unit's completion is Σ done ÷ Σ weight over its tasks in question; that of a region, a key area or the nation
is the plain mean over the units that have tasks there. Sums stay beside every ratio, so nothing is ever the
mean of a mean. Inputs are a few hundred rows: numpy sums by place, and one frame at the end.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracking.figures.cells import COUNTS, Ints
from tracking.figures.counts import UNIT_COUNTS, unit_flags

Floats = NDArray[np.float64]
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
_COUNTS, _WHOLE, _RATIOS = pd.Index(COUNTS), pd.Index(WHOLE), pd.Index(RATIOS)


@dataclass(frozen=True)
class CellPositions:
    """Where each cell belongs: the index of its unit in `row_of_unit` and of its group in `groups`.

    `row_of_unit` is each unit's row in the result, which has `rows` rows.
    """

    unit: Ints
    row_of_unit: Ints
    rows: int
    group: Ints
    groups: int


@dataclass(frozen=True)
class Figures:
    """The figures of a roll-up by name, one line per row × group, in that order."""

    whole: Floats
    ratios: Floats

    def beside(self, heads: pd.DataFrame, *more: pd.DataFrame) -> pd.DataFrame:
        """A frame with the columns of `heads`, then `WHOLE` and `RATIOS`, then those of `more`."""
        whole = pd.DataFrame(self.whole.T.astype(np.int64), columns=_WHOLE)
        ratios = pd.DataFrame(self.ratios.T, columns=_RATIOS)
        # A slice of a frame may keep a range index that does not start at zero.
        if not heads.index.equals(pd.RangeIndex(len(heads))):
            heads = heads.reset_index(drop=True)
        return pd.concat([heads, whole, ratios, *more], axis=1)

    def first(self) -> dict[str, float]:
        """The figures of the first line."""
        values = [*self.whole[:, 0].tolist(), *self.ratios[:, 0].tolist()]
        return dict(zip((*WHOLE, *RATIOS), values, strict=True))


def places(values: Any, known: Any) -> Ints:
    """The index of each value among the known ones, which are distinct. Raises `KeyError` for an unknown one."""
    known, values = np.asarray(known, np.int64), np.asarray(values, np.int64)
    order = np.argsort(known)
    spot = np.searchsorted(known[order], values)
    if (spot == len(known)).any() or (known[order][spot] != values).any():
        raise KeyError(f"not among the known: {sorted(set(values.tolist()) - set(known.tolist()))}")
    found: Ints = order[spot]
    return found


def figures(cells: pd.DataFrame, at: CellPositions) -> Figures:
    """The roll-up of the cells."""
    sums = _sums(cells, at)
    named = dict(zip(COUNTS, sums, strict=True))
    flags = unit_flags(named)
    completion, expected = (_ratio(named[name], named["weight_tenths"]) for name in ("done", "expected"))
    member = (at.row_of_unit == np.arange(at.rows)[:, None]).astype(np.float64)
    units, reported, complete = (member @ flags[name] for name in UNIT_COUNTS)
    could = np.broadcast_to(member.sum(axis=1)[:, None], units.shape)
    done, due = (member @ np.nan_to_num(ratio) for ratio in (completion, expected))
    whole = np.stack([*(member @ sums), units, reported, complete, could])
    ratios = [
        done,
        _ratio(done, units),
        _ratio(due, units),
        _ratio(done - due, units),
        _medians(completion, at),
    ]
    return Figures(whole.reshape(len(WHOLE), -1), np.stack(ratios).reshape(len(RATIOS), -1))


def _sums(cells: pd.DataFrame, at: CellPositions) -> Floats:
    """Counts × units × groups; the floats are whole numbers far below 2**53 and hence exact."""
    key, shape = at.unit * at.groups + at.group, (len(at.row_of_unit), at.groups)
    # All columns at once: taking them one by one costs ten times the sums.
    counts = cells.to_numpy()[:, cells.columns.get_indexer(_COUNTS)].T.astype(np.float64)
    sums = [np.bincount(key, numbers, minlength=shape[0] * shape[1]) for numbers in counts]
    return np.array(sums, dtype=np.float64).reshape(len(COUNTS), *shape)


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)


def _medians(completion: Floats, at: CellPositions) -> Floats:
    """The median over the units of each row, NaN if none has tasks.

    The units of each row are laid out side by side and padded with NaN, which sorts last: the median is the
    middle of the first n.
    """
    sizes = np.bincount(at.row_of_unit, minlength=at.rows)
    order = np.argsort(at.row_of_unit, kind="stable")
    slot = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    ordered = np.full((at.rows, int(np.max(sizes, initial=1)), at.groups), np.nan)
    ordered[at.row_of_unit[order], slot] = completion[order]
    ordered.sort(axis=1)
    count = np.count_nonzero(~np.isnan(ordered), axis=1)[:, None]
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, ordered.shape[1] - 1)
    middle = np.take_along_axis(ordered, low, 1) + np.take_along_axis(ordered, high, 1)
    medians: Floats = middle[:, 0] / 2
    return medians
