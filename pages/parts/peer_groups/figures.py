"""The comparison of units: who is compared, by what, and which unit stands out."""

from dataclasses import dataclass

import pandas as pd

from db.peer_groups.queries import peer_cells_frame, peer_groups_frame, peer_unit_ids
from db.peer_groups.rows import PeerGroupRow
from db.reference.queries import measures_frame, units_frame
from db.reference.rows import UnitRow
from db.site.queries import site_settings
from db.typed_rows import rows_as
from pages.parts.figures.address import leads_by
from pages.parts.figures.extract import Extract
from pages.shared.choices import Choice, chosen_notice, units_in_reach
from pages.shared.filters import pick, with_all
from pages.shared.pictures import Leads
from pages.shared.reads import Reads
from pages.shared.wording import language, plain, translate
from tracking.charts import unit_dots
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.indicators import units_without_plan
from tracking.peer_groups import Comparison, by_measure, compared, with_unnamed
from tracking.vocabulary import Language

ALL = "all"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: a period, a group (its key as text, or `ALL`), a measure or all, and the highlighted unit."""

    choice: Choice
    group: str
    measure_id: int | None
    unit_id: int | None = None


def pick_group(reads: Reads) -> str:
    """The picker of groups with a unit in reach, as of the page's day; defaults to the first."""
    groups = reads.scoped(peer_groups_frame, on=reads.today)
    names = {
        str(row.group_id): translate("comparison.group", name=plain(row.name), units=row.units)
        for row in rows_as(PeerGroupRow, groups)
    }
    units = _addressed(reads)
    names[ALL] = translate("comparison.all_units", units=len(units))
    return str(pick("group", names))


def unit_ids_of(reads: Reads, group: str) -> tuple[int, ...]:
    """The units compared."""
    units = _addressed(reads)["unit_id"]
    if group != ALL:
        members = reads.common(peer_unit_ids, group_id=int(group), on=reads.today)
        return tuple(one for one in members if one in set(units))
    return tuple(units)


def _addressed(reads: Reads) -> pd.DataFrame:
    """The reporting units that the page's notice addresses; columns of `units_frame`."""
    units = reads.common(units_frame, on=reads.today, notice_id=chosen_notice(reads))
    return units[units["reports"]]


def pick_own_unit(reads: Reads, group: str) -> int | None:
    """The picker of the highlighted unit, among those in reach; not shown for a single unit."""
    units = members_in_reach(reads, group)
    names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units)}
    chosen: int | None = pick("unit", names if len(names) == 1 else with_all(names, "unit"))
    return chosen


def members_in_reach(reads: Reads, group: str) -> pd.DataFrame:
    """The members this reader may know by name; columns of `units_frame`."""
    units = units_in_reach(reads)
    return units[units["unit_id"].isin(unit_ids_of(reads, group))]


def comparison_of(reads: Reads, asked: Compared) -> Comparison:
    """The units compared with each other."""
    periods = (asked.choice.period_id, asked.choice.before_id)
    cells = [_cells(reads, asked, period_id) for period_id in periods if period_id is not None]
    axes = _axes(reads, asked, pd.concat(cells))
    now, *before = (_of_measure(Cube.of(each, axes), asked) for each in cells)
    return compared(now, reads.common(site_settings), *before)


def without_plan_of(reads: Reads, asked: Compared) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """The compared units that this reader may know by name, and those of them without a plan."""
    cells = _cells(reads, asked, asked.choice.period_id)
    without = units_without_plan(Cube.of(cells, _axes(reads, asked, cells)))
    return members_in_reach(reads, asked.group), without


def measures_of_unit(reads: Reads, asked: Compared) -> pd.DataFrame:
    """One row per measure, one's own unit against the others; columns of `by_measure`."""
    cells = _cells(reads, asked, asked.choice.period_id)
    cube = Cube.of(cells, _axes(reads, asked, cells))
    return by_measure(cube, reads.common(site_settings), asked.unit_id or 0)


def dots(reads: Reads, asked: Compared, _language: Language, dark: bool) -> object:
    """The picture: one dot per unit, the median, and one's own unit named."""
    comparison = reads.made(comparison_of, asked)
    return unit_dots(
        comparison.units,
        language=language(),
        as_of=asked.choice.as_of,
        dark=dark,
        median_permille=comparison.median_permille,
        own_unit_id=asked.unit_id,
    )


def _cells(reads: Reads, asked: Compared, period_id: int) -> pd.DataFrame:
    unit_ids = unit_ids_of(reads, asked.group)
    return reads.scoped(
        peer_cells_frame, period_id=period_id, unit_ids=unit_ids, vintage=asked.choice.vintage
    )


def _of_measure(cube: Cube, asked: Compared) -> Cube:
    return cube if asked.measure_id is None else cube.under(asked.measure_id)


def _axes(reads: Reads, asked: Compared, cells: pd.DataFrame) -> Axes:
    """The members, and those among the cells that this reader may not know by name."""
    units = with_unnamed(members_in_reach(reads, asked.group), cells, translate("comparison.other_unit"))
    return Axes(units, reads.common(measures_frame, notice_id=asked.choice.notice_id, year=asked.choice.year))


def leads_of(asked: Compared) -> Leads:
    """Where the dots lead: to the figure of a unit in reach; anonymous dots lead nowhere."""
    lead = leads_by(Extract(asked.choice, measure_id=asked.measure_id), "unit_id")
    return lambda keys: lead(keys) if keys[0] > 0 else None
