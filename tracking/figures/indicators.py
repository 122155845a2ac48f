"""Roll-ups over cells, as the pages show them: by measure, key area, unit, region, and nation.

`cells` are the columns of `tracking.figures.cells`; rows of one unit and measure add up. Every result has the columns
of `tracking.figures.rollup` after its own. `units` are the rows of the catalogue of authorities; where it is optional
and not given, the units are those that the cells speak of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tracking.figures.actuals import indicator_totals, latest_by_authority
from tracking.figures.cells import Ints
from tracking.figures.counts import UNIT_COUNTS, units_without_plan
from tracking.figures.rollup import RATIOS, WHOLE, CellPositions, Figures, figures, places
from tracking.vocabulary import Light

__all__ = [
    "GROUPINGS",
    "Headline",
    "completion_by_area",
    "completion_by_measure",
    "completion_by_region",
    "completion_by_unit",
    "headline",
    "in_provinces",
    "indicator_totals",
    "latest_by_authority",
    "province_units",
    "region_measure_matrix",
    "trend_by_area",
    "unit_tiles",
]

# The columns of units that name their region.
GROUPINGS = ("region_seven", "region_four")
_WHOLE = (*UNIT_COUNTS, "units_total", "tasks", "reported", "suspended", "done", "weight_tenths")
_AREA = ["key_area_id", "key_area_number", "key_area_title"]


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of all units together, permille and percentage points; None if unknown.

    Changes are against the previous period. The counts are those of `tracking.figures.counts`; `without_plan`
    counts units.
    """

    completion_permille: float | None
    expected_permille: float | None
    deviation_permille: float | None
    change_points: float | None
    deviation_change_points: float | None
    units: int
    units_reported: int
    units_complete: int
    units_total: int
    without_plan: tuple[int, ...]
    tasks: int
    reported: int
    suspended: int
    done: int
    weight_tenths: int
    lights: dict[Light, int]


def completion_by_measure(
    cells: pd.DataFrame, measures: pd.DataFrame, units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per measure: the columns of `measures`, then figures."""
    group = places(cells["measure_id"], measures["measure_id"])
    return _overall(cells, group, len(measures), units).beside(measures)


def completion_by_area(
    cells: pd.DataFrame, measures: pd.DataFrame, units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per key area: key_area_id, key_area_number, key_area_title, then figures."""
    areas, group = _areas(cells, measures)
    return _overall(cells, group, len(areas), units).beside(areas)


def completion_by_unit(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """One row per reporting unit, in the order of `units`: their columns, `unit` (short name), then figures.

    `value` repeats the completion under the name that unit charts use.
    """
    return unit_tiles(cells, units[units["reports"].to_numpy(bool)])


def unit_tiles(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """`completion_by_unit` including authorities that do not report, which have no tasks and no completion."""
    each = np.arange(len(units))
    unit = places(cells["unit_id"], units["unit_id"])
    rolled = figures(cells, CellPositions(unit, each, len(each), np.zeros_like(unit), 1))
    rolled.whole[WHOLE.index("units_total")] = units["reports"].to_numpy(bool)
    value = rolled.ratios[RATIOS.index("completion_permille")]
    # In one go: a column that is set later is a copy of the frame.
    return rolled.beside(units, pd.DataFrame({"unit": units["short_name"].array, "value": value}, copy=False))


def completion_by_region(
    cells: pd.DataFrame, units: pd.DataFrame, grouping: str = "region_seven"
) -> pd.DataFrame:
    """One row per region, in the order of their first units: region, then figures.

    `grouping`: region_seven or region_four.
    """
    nothing = np.zeros(len(cells), np.int64)
    regions, at = _by_region(cells, units, grouping, group=nothing, groups=1)
    return figures(cells, at).beside(pd.DataFrame({"region": regions}, copy=False))


def region_measure_matrix(
    cells: pd.DataFrame, units: pd.DataFrame, measures: pd.DataFrame, grouping: str = "region_seven"
) -> pd.DataFrame:
    """One row per region × measure: region, measure_id, measure_number, measure_short_title, then figures."""
    group = places(cells["measure_id"], measures["measure_id"])
    regions, at = _by_region(cells, units, grouping, group=group, groups=len(measures))
    each = np.tile(np.arange(len(measures)), len(regions))
    heads = {
        "region": regions.repeat(len(measures)),
        "measure_id": measures["measure_id"].array.take(each),
        "measure_number": measures["number"].array.take(each),
        "measure_short_title": measures["short_title"].array.take(each),
    }
    return figures(cells, at).beside(pd.DataFrame(heads, copy=False))


def headline(cells: pd.DataFrame, previous_cells: pd.DataFrame | None, units: pd.DataFrame) -> Headline:
    """The figures over all units, and the changes against the previous period, if any."""
    now = _nation(cells, units)
    before = {} if previous_cells is None else _nation(previous_cells, units)
    return Headline(
        completion_permille=_or_none(now["completion_permille"]),
        expected_permille=_or_none(now["expected_permille"]),
        deviation_permille=_or_none(now["deviation_permille"]),
        change_points=_change(now, before, "completion_permille"),
        deviation_change_points=_change(now, before, "deviation_permille"),
        without_plan=units_without_plan(cells, units),
        **{name: int(now[name]) for name in _WHOLE},
        lights={light: int(now[light]) for light in Light},
    )


def _change(now: Mapping[str, float], before: Mapping[str, float], name: str) -> float | None:
    """Change in percentage points from the previous period; None if either is unknown."""
    return _or_none((now[name] - before.get(name, np.nan)) / 10)


def trend_by_area(
    trend: pd.DataFrame, measures: pd.DataFrame, units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per period × key area: period_id, number (of the period), the key area, then figures.

    `trend` is cells with period_id and number.
    """
    numbers, first, period = np.unique(trend["number"].to_numpy(), return_index=True, return_inverse=True)
    areas, area = _areas(trend, measures)
    each = np.tile(np.arange(len(areas)), len(numbers))
    heads = {
        "period_id": np.repeat(trend["period_id"].to_numpy()[first], len(areas)),
        "number": np.repeat(numbers, len(areas)),
        **{column: areas[column].array.take(each) for column in _AREA},
    }
    rolled = _overall(trend, period * len(areas) + area, len(each), units)
    return rolled.beside(pd.DataFrame(heads, copy=False))


def in_provinces(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The cells for the view of 31 provinces: a hosted unit's rows are assigned to its host and summed there.

    Use with `province_units`. Rows of host and guest stay separate, so the sums equal those of the 37 units.
    """
    hosted = units["host_id"].notna().to_numpy()
    host = units["unit_id"].to_numpy(np.int64).copy()
    host[hosted] = units["host_id"].to_numpy(object)[hosted].astype(np.int64)
    folded = cells.copy(deep=False)
    folded["unit_id"] = host[places(cells["unit_id"], units["unit_id"])]
    return folded


def province_units(units: pd.DataFrame) -> pd.DataFrame:
    """The units of the view of 31 provinces: those not hosted by another."""
    return units[units["host_id"].isna()]


def _areas(cells: pd.DataFrame, measures: pd.DataFrame) -> tuple[pd.DataFrame, Ints]:
    """The key areas by number, and the index of each cell's area."""
    numbers = measures["key_area_number"].to_numpy()
    _, first, area = np.unique(numbers, return_index=True, return_inverse=True)
    heads = {column: measures[column].array.take(first) for column in _AREA}
    return pd.DataFrame(heads, copy=False), area[places(cells["measure_id"], measures["measure_id"])]


def _overall(cells: pd.DataFrame, group: Ints, groups: int, units: pd.DataFrame | None) -> Figures:
    """Figures of all units together, one row per group."""
    known = _reporting(units) if units is not None else np.unique(cells["unit_id"].to_numpy())
    unit = places(cells["unit_id"], known)
    return figures(cells, CellPositions(unit, np.zeros_like(known), 1, group, groups))


def _nation(cells: pd.DataFrame, units: pd.DataFrame) -> dict[str, float]:
    return _overall(cells, np.zeros(len(cells), np.int64), 1, units).first()


def _by_region(
    cells: pd.DataFrame, units: pd.DataFrame, grouping: str, *, group: Ints, groups: int
) -> tuple[Any, CellPositions]:
    """The regions as a column, in the order of their first units, and the index of each cell's region."""
    reports = units["reports"].to_numpy(bool)
    row_of_unit, regions = pd.factorize(units[grouping].array[reports])
    unit = places(cells["unit_id"], _reporting(units))
    return regions, CellPositions(unit, row_of_unit, len(regions), group, groups)


def _reporting(units: pd.DataFrame) -> Ints:
    ids: Ints = units["unit_id"].to_numpy(np.int64)[units["reports"].to_numpy(bool)]
    return ids


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value
