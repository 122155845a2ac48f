"""What figures are told by: units, regions, measures and key areas, and what each line of a roll-up sums up."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The columns of units that name their region.
GROUPINGS = ("region_seven", "region_four")
_AREA = ["key_area_id", "key_area_number", "key_area_title"]


@dataclass(frozen=True)
class Lines:
    """The lines of a roll-up: one per group of units × group of measures, in that order, with its own columns in `heads`.

    `units` is groups × units, `measures` is measures × groups: 1 for what belongs to a group, else 0.
    """

    heads: pd.DataFrame
    units: Floats
    measures: Floats


@dataclass(frozen=True)
class Axes:
    """The units and measures that cells lie along, and the roll-ups over them, each made once.

    `units` and `measures` are rows of the catalogues, of which `grouping` is the column of units that names their region;
    only units that report have cells.
    """

    units: pd.DataFrame
    measures: pd.DataFrame
    grouping: str = GROUPINGS[0]

    @cached_property
    def unit_ids(self) -> "pd.Index[int]":
        """The reporting units, in the order of `units`."""
        return _ids(self._reporting["unit_id"])

    @cached_property
    def measure_ids(self) -> "pd.Index[int]":
        """The measures, in order."""
        return _ids(self.measures["measure_id"])

    @cached_property
    def whole(self) -> Lines:
        """One line for everything."""
        return Lines(pd.DataFrame(index=range(1)), self._all_units, self._all_measures)

    @cached_property
    def by_measure(self) -> Lines:
        """The measures, with their columns."""
        heads = self.measures.reset_index(drop=True)
        return Lines(heads, self._all_units, np.eye(len(heads)))

    @cached_property
    def by_area(self) -> Lines:
        """The key areas, by number: key_area_id, key_area_number, key_area_title."""
        _, first, area = np.unique(
            self.measures["key_area_number"].to_numpy(), return_index=True, return_inverse=True
        )
        heads = pd.DataFrame({name: self.measures[name].array.take(first) for name in _AREA})
        return Lines(heads, self._all_units, _belonging(area, len(heads)).T)

    @cached_property
    def by_unit(self) -> Lines:
        """The reporting units: their columns and `unit`, their short name."""
        return Lines(_named(self._reporting), np.eye(len(self._reporting)), self._all_measures)

    @cached_property
    def by_authority(self) -> Lines:
        """The same with those that do not report."""
        each = np.eye(len(self.units))[:, self._reports]
        return Lines(_named(self.units), each, self._all_measures)

    @cached_property
    def by_region(self) -> Lines:
        """The regions, in the order of their first units: region."""
        regions, units = self._regions
        return Lines(pd.DataFrame({"region": regions}), units, self._all_measures)

    @cached_property
    def by_region_and_measure(self) -> Lines:
        """Every region × measure: region, measure_id, measure_number, measure_short_title."""
        regions, units = self._regions
        count = len(self.measures)
        each = np.tile(np.arange(count), len(regions))
        heads = {
            "region": regions.repeat(count),
            "measure_id": self.measures["measure_id"].array.take(each),
            "measure_number": self.measures["number"].array.take(each),
            "measure_short_title": self.measures["short_title"].array.take(each),
        }
        return Lines(pd.DataFrame(heads), units, np.eye(count))

    @cached_property
    def _regions(self) -> tuple[Any, Floats]:
        region, names = pd.factorize(self._reporting[self.grouping].array)
        return names, _belonging(region, len(names))

    @cached_property
    def _reports(self) -> NDArray[np.bool_]:
        return self.units["reports"].to_numpy(bool)

    @cached_property
    def _reporting(self) -> pd.DataFrame:
        return self.units[self._reports]

    @cached_property
    def _all_units(self) -> Floats:
        return np.ones((1, len(self._reporting)))

    @cached_property
    def _all_measures(self) -> Floats:
        return np.ones((len(self.measures), 1))


def _ids(column: "pd.Series[int]") -> "pd.Index[int]":
    return pd.Index(column.to_numpy(np.int64))


def _belonging(group: NDArray[np.int64], groups: int) -> Floats:
    """Groups × members, 1 where a member belongs."""
    return np.asarray(group == np.arange(groups)[:, None], np.float64)


def _named(units: pd.DataFrame) -> pd.DataFrame:
    return units.assign(unit=units["short_name"]).reset_index(drop=True)
