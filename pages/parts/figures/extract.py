"""The selection of figures a page shows: a period, and within it a region, a unit or a measure.

An `Extract` is made of plain values, so that what is made of it can be kept under it.
"""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from db.figures.queries import cells_frame, day_of_cells, trend_frame
from db.hierarchy.queries import cells_by_tree
from db.reference.queries import measures_frame
from pages.shared.choices import Choice, units_in_reach
from pages.shared.reads import Reads
from tracking.figures import indicators
from tracking.figures.axes import GROUPINGS, Axes
from tracking.figures.cube import Cube
from tracking.figures.indicators import Headline
from tracking.validation.days import FIRST_DAY


@dataclass(frozen=True, slots=True)
class Extract:
    """A choice of period, narrowed; `region` is a value of the unit column named by `grouping`.

    Authorities count towards their units as of the period's day, or with `todays_tree` as of the page's day.
    """

    choice: Choice
    region: str | None = None
    unit_id: int | None = None
    measure_id: int | None = None
    area_id: int | None = None
    grouping: str = GROUPINGS[0]
    provinces: bool = False
    todays_tree: bool = False


def units_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The selected units, and those not covered if nothing narrows them; columns of `units_frame`."""
    return _units_on(reads, extract, reads.today if extract.todays_tree else extract.choice.as_of)


def _units_on(reads: Reads, extract: Extract, on: date, since: date | None = None) -> pd.DataFrame:
    units = units_in_reach(reads, on, since)
    if extract.region is not None:
        units = units[units["reports"] & (units[extract.grouping] == extract.region)]
    if extract.unit_id is not None:
        units = units[units["unit_id"] == extract.unit_id]
    return indicators.province_units(units) if extract.provinces else units


def measures_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The selected measures; columns of `measures_frame`."""
    choice = extract.choice
    measures = reads.common(measures_frame, notice_id=choice.notice_id, year=choice.year)
    if extract.area_id is not None:
        measures = measures[measures["key_area_id"] == extract.area_id]
    return measures if extract.measure_id is None else measures[measures["measure_id"] == extract.measure_id]


def cells_of(reads: Reads, extract: Extract, period_id: int | None = None) -> pd.DataFrame:
    """The selected cells, for the chosen period or another one; columns of `cells_frame`."""
    return _cells_and_day(reads, extract, period_id)[0]


def _cells_and_day(reads: Reads, extract: Extract, period_id: int | None) -> tuple[pd.DataFrame, date]:
    """The selected cells, and the day whose hierarchy they follow."""
    choice = extract.choice
    asked = {"period_id": period_id or choice.period_id, "vintage": choice.vintage}
    if extract.todays_tree:
        cells, on = reads.scoped(cells_by_tree, **asked, on=reads.today), reads.today
    else:
        cells = reads.scoped(cells_frame, **asked)
        on = day_of_cells(cells) or choice.as_of
    return _narrowed(reads, extract, cells, _units_on(reads, extract, on), on), on


def trend_axes_of(reads: Reads, extract: Extract) -> Axes:
    """The selected units of any day of the year and the measures, and the roll-ups over them."""
    return reads.made(_axes_of, extract, extract.choice.as_of, _new_year(extract))


def _axes_of(reads: Reads, extract: Extract, on: date, since: date | None = None) -> Axes:
    units = _units_on(reads, extract, on, since)
    return Axes(units, measures_of(reads, extract), extract.grouping)


def _new_year(extract: Extract) -> date:
    return date(extract.choice.year, 1, 1)


def cube_of(reads: Reads, extract: Extract, period_id: int | None = None) -> Cube:
    """The selected cells as a cube, for the chosen period or another one."""
    return reads.made(_cube_of, extract, period_id)


def _cube_of(reads: Reads, extract: Extract, period_id: int | None) -> Cube:
    cells, on = _cells_and_day(reads, extract, period_id)
    return Cube.of(cells, reads.made(_axes_of, extract, on))


def cube_along(reads: Reads, extract: Extract, cells: pd.DataFrame, lines: pd.DataFrame) -> Cube:
    """The cube of cells that lie along other lines than the measures, named as those are: the actions of one."""
    on = extract.choice.as_of
    units = _units_on(reads, extract, on)
    return Cube.of(_in_units(reads, extract, cells, units, on), Axes(units, lines, extract.grouping))


def trend_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The selected cells for every period of the year up to the chosen one; columns of `trend_frame`."""
    choice = extract.choice
    trend = reads.scoped(trend_frame, notice_id=choice.notice_id, year=choice.year, vintage=choice.vintage)
    units = _units_on(reads, extract, choice.as_of, _new_year(extract))
    return _narrowed(reads, extract, trend[trend["number"] <= choice.number], units, choice.as_of)


def headline_of(reads: Reads, extract: Extract) -> Headline:
    """The figures over everything selected, and their change since the previous period."""
    before_id = extract.choice.before_id
    before = None if before_id is None else cube_of(reads, extract, before_id)
    head = indicators.headline(cube_of(reads, extract), before)
    return replace(head, without_plan=_without_plan(reads, extract))


def _without_plan(reads: Reads, extract: Extract) -> tuple[int, ...]:
    """The selected units without a plan: a unit that has one may have no task under the selected measure or area."""
    return indicators.units_without_plan(cube_of(reads, replace(extract, measure_id=None, area_id=None)))


def unit_figures(reads: Reads, extract: Extract) -> pd.DataFrame:
    """One row per selected reporting unit; columns of `indicators.completion_by_unit`."""
    return indicators.completion_by_unit(cube_of(reads, extract))


def measure_figures(reads: Reads, extract: Extract) -> pd.DataFrame:
    """One row per selected measure; columns of `indicators.completion_by_measure`."""
    return indicators.completion_by_measure(cube_of(reads, extract))


def region_figures(reads: Reads, extract: Extract) -> pd.DataFrame:
    """One row per selected region; columns of `indicators.completion_by_region`."""
    return indicators.completion_by_region(cube_of(reads, extract))


def unit_name(reads: Reads, unit_id: int | None, column: str = "name") -> str:
    """The name of a unit in reach, in full or its `short_name`; "" for none."""
    units = units_in_reach(reads, since=FIRST_DAY)
    return next(iter(units[units["unit_id"] == unit_id][column]), "")


def unit_ids_of(reads: Reads, extract: Extract) -> tuple[int, ...] | None:
    """The units of the selected region, or the selected one; None if neither is selected."""
    units = units_in_reach(reads, extract.choice.as_of)
    if extract.region is not None:
        units = units[units[extract.grouping] == extract.region]
    if extract.unit_id is not None:
        units = units[units["unit_id"] == extract.unit_id]
    unselected = extract.region is None and extract.unit_id is None
    return None if unselected else tuple(units["unit_id"].tolist())


def rows_of(reads: Reads, extract: Extract, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the selected units, by their `unit_id`; all if no region or unit is selected."""
    unit_ids = unit_ids_of(reads, extract)
    return rows if unit_ids is None else rows[rows["unit_id"].isin(unit_ids)]


def _narrowed(
    reads: Reads, extract: Extract, cells: pd.DataFrame, units: pd.DataFrame, on: date
) -> pd.DataFrame:
    """The cells of the selected units and measures; on request, hosted units are assigned to their hosts of a day."""
    kept = cells["measure_id"].isin(measures_of(reads, extract)["measure_id"])
    return _in_units(reads, extract, cells if kept.all() else cells[kept], units, on)


def _in_units(
    reads: Reads, extract: Extract, cells: pd.DataFrame, units: pd.DataFrame, on: date
) -> pd.DataFrame:
    """The same as to the units alone."""
    if extract.provinces:
        hosts = units_in_reach(reads, on, min(on, _new_year(extract)))
        cells = indicators.in_provinces(cells, hosts)
    kept = cells["unit_id"].isin(units["unit_id"])
    return cells if kept.all() else cells[kept]
