"""The cells of a period as one array, made once; every roll-up is sums over its axes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracking.figures.axes import Axes, Floats, Lines
from tracking.figures.cells import COUNTS, Ints
from tracking.figures.rollup import Figures, figures

_READ = pd.Index(("unit_id", "measure_id", *COUNTS))


@dataclass(frozen=True)
class Cube:
    """The sums of cells: `COUNTS` × reporting units × periods × measures.

    They are floats, and exact: whole numbers far below 2**53.
    """

    axes: Axes
    sums: Floats

    @classmethod
    def of(cls, cells: pd.DataFrame, axes: Axes, period: Ints | int = 0, periods: int = 1) -> "Cube":
        """The cube of cells with the columns of `tracking.figures.cells`; rows of one place add up.

        `period` is the place of each cell's period among several. Raises `KeyError` for a unit that does not report or
        a measure that is not on the axes.
        """
        # All columns at once: taking them one by one costs ten times the sums.
        rows = cells.to_numpy()[:, cells.columns.get_indexer(_READ)].T.astype(np.int64)
        unit, measure = _places(rows[0], axes.unit_ids), _places(rows[1], axes.measure_ids)
        shape = (len(axes.unit_ids), periods, len(axes.measure_ids))
        place = (unit * periods + period) * shape[2] + measure
        return cls(axes, _summed(rows[2:], place, int(np.prod(shape))).reshape(len(COUNTS), *shape))

    def under(self, measure_id: int) -> "Cube":
        """The cube with nothing but what is under one measure."""
        return Cube(self.axes, self.sums * (self.axes.measure_ids == measure_id))

    def figures(self, lines: Lines) -> Figures:
        """The figures of the lines; of each period in turn within a group of units."""
        sums = self.sums @ lines.measures
        counts, units, periods, groups = sums.shape
        return figures(sums.reshape(counts, units, periods * groups), lines.units)

    def frame(self, lines: Lines) -> pd.DataFrame:
        """The same for one period, beside the columns of the lines."""
        return self.figures(lines).beside(lines.heads)


def _places(ids: Ints, known: "pd.Index[int]") -> Ints:
    found: Ints = known.get_indexer(ids)  # type: ignore[arg-type]  # an index of them would cost as much again
    if (found < 0).any():
        raise KeyError(f"not among the known: {sorted(set(ids[found < 0].tolist()))}")
    return found


def _summed(counts: Ints, place: Ints, places: int) -> Floats:
    """The sums of each row of counts by place."""
    own = np.arange(len(counts))[:, None] * places + place
    return np.asarray(np.bincount(own.ravel(), counts.ravel(), len(counts) * places), np.float64)
