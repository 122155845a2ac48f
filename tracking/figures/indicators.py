"""Roll-ups of a cube of cells, as the pages show them: by measure, key area, unit, region, and nation.

Every frame has the columns of `tracking.figures.rollup` after its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracking.figures.actuals import indicator_totals
from tracking.figures.axes import GROUPINGS, Axes
from tracking.figures.cells import COUNTS
from tracking.figures.counts import UNIT_COUNTS, without_plan
from tracking.figures.cube import Cube
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
    "province_units",
    "region_measure_matrix",
    "trend_by_area",
    "unit_tiles",
    "units_without_plan",
]

_WHOLE = (*UNIT_COUNTS, "units_total", "tasks", "reported", "suspended", "done", "weight_tenths")


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


def completion_by_measure(cube: Cube) -> pd.DataFrame:
    """One row per measure: the columns of the catalogue, then figures."""
    return cube.frame(cube.axes.by_measure)


def completion_by_area(cube: Cube) -> pd.DataFrame:
    """One row per key area: key_area_id, key_area_number, key_area_title, then figures."""
    return cube.frame(cube.axes.by_area)


def completion_by_unit(cube: Cube) -> pd.DataFrame:
    """One row per reporting unit, in the order of the catalogue: its columns, `unit` (short name), then figures."""
    return cube.frame(cube.axes.by_unit)


def unit_tiles(cube: Cube) -> pd.DataFrame:
    """`completion_by_unit` including authorities that do not report, which have no tasks and no completion."""
    return cube.frame(cube.axes.by_authority)


def completion_by_region(cube: Cube) -> pd.DataFrame:
    """One row per region, in the order of their first units: region, then figures."""
    return cube.frame(cube.axes.by_region)


def region_measure_matrix(cube: Cube) -> pd.DataFrame:
    """One row per region × measure: region, measure_id, measure_number, measure_short_title, then figures."""
    return cube.frame(cube.axes.by_region_and_measure)


def headline(cube: Cube, previous: Cube | None) -> Headline:
    """The figures over all units, and the changes against the previous period, if any."""
    now = cube.figures(cube.axes.whole).first()
    before = {} if previous is None else previous.figures(previous.axes.whole).first()
    return Headline(
        completion_permille=_or_none(now["completion_permille"]),
        expected_permille=_or_none(now["expected_permille"]),
        deviation_permille=_or_none(now["deviation_permille"]),
        change_points=_change(now, before, "completion_permille"),
        deviation_change_points=_change(now, before, "deviation_permille"),
        without_plan=units_without_plan(cube),
        **{name: int(now[name]) for name in _WHOLE},
        lights={light: int(now[light]) for light in Light},
    )


def units_without_plan(cube: Cube) -> tuple[int, ...]:
    """The reporting units, in order, for which no task is filed; the cube is of all measures."""
    sums = dict(zip(COUNTS, cube.sums.sum(axis=(2, 3)), strict=True))
    return tuple(cube.axes.unit_ids[without_plan(sums)].tolist())


def _change(now: Mapping[str, float], before: Mapping[str, float], name: str) -> float | None:
    """Change in percentage points from the previous period; None if either is unknown."""
    return _or_none((now[name] - before.get(name, np.nan)) / 10)


def trend_by_area(trend: pd.DataFrame, axes: Axes) -> pd.DataFrame:
    """One row per period × key area: period_id, number (of the period), the key area, then figures.

    `trend` is cells with period_id and number.
    """
    numbers, first, period = np.unique(trend["number"].to_numpy(), return_index=True, return_inverse=True)
    areas = axes.by_area
    each = np.tile(np.arange(len(areas.heads)), len(numbers))
    heads = {
        "period_id": trend["period_id"].to_numpy()[first].repeat(len(areas.heads)),
        "number": numbers.repeat(len(areas.heads)),
        **{name: areas.heads[name].array.take(each) for name in areas.heads},
    }
    cube = Cube.of(trend, axes, period, len(numbers))
    return cube.figures(areas).beside(pd.DataFrame(heads))


def in_provinces(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The cells for the view of 31 provinces: a hosted unit's rows are assigned to its host and summed there.

    Use with `province_units`. Rows of host and guest stay separate, so the sums equal those of the 37 units.
    """
    hosted = units["host_id"].notna().to_numpy()
    host = units["unit_id"].to_numpy(np.int64).copy()
    host[hosted] = units["host_id"].to_numpy(object)[hosted].astype(np.int64)
    unit_id = pd.Series(host, units["unit_id"]).loc[cells["unit_id"]]
    return cells.assign(unit_id=unit_id.to_numpy())


def province_units(units: pd.DataFrame) -> pd.DataFrame:
    """The units of the view of 31 provinces: those not hosted by another."""
    return units[units["host_id"].isna()]


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value
