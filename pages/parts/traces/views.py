"""The trace page: the figure asked for, and its parts one level down."""

from dataclasses import dataclass, replace

import pandas as pd

from db.traces.queries import traced_tasks
from pages.parts.figures.extract import (
    Extract,
    cells_of,
    measure_figures,
    measures_of,
    unit_figures,
    units_of,
)
from pages.parts.traces.address import trace_address
from pages.shared.choices import Choice, units_in_reach
from pages.shared.filters import asked, asked_number, pick, pick_page
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.traces import PRODUCTS, Trace, TracedFigure, trace_parts, trace_units

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure of an extract; `area_id` narrows to the measures of a key area."""

    figure: TracedFigure
    extract: Extract
    area_id: int | None = None

    def address(self, **narrower: object) -> dict[str, object]:
        """The address of the same figure, narrowed or widened."""
        return {**trace_address(self.extract, self.figure), "area": self.area_id, **narrower}


def pick_figure() -> TracedFigure:
    """The picker of figures."""
    return TracedFigure(
        pick("figure", {str(word): translate(f"trace.figure.{word}") for word in TracedFigure})
    )


def asked_trace(reads: Reads, choice: Choice, figure: TracedFigure) -> Traced:
    """What the address asks for; a name or number in it that is not known counts as not given."""
    grouping = "region_four" if asked("grouping") == "region_four" else "region_seven"
    extract = Extract(
        choice,
        unit_id=asked_number("unit"),
        measure_id=asked_number("measure"),
        region=asked("region"),
        grouping=grouping,
        provinces=asked("view") == "provinces",
        todays_tree=asked("tree") == "today",
    )
    units = units_in_reach(reads)
    if extract.unit_id not in units[units["reports"]]["unit_id"].tolist():
        extract = replace(extract, unit_id=None)
    if extract.region not in units[grouping].tolist():
        extract = replace(extract, region=None)
    if measures_of(reads, extract).empty:
        extract = replace(extract, measure_id=None)
    areas = measures_of(reads, extract)["key_area_id"].tolist()
    area_id = asked_number("area")
    return Traced(figure, _own_unit(reads, extract), area_id if area_id in areas else None)


def _own_unit(reads: Reads, extract: Extract) -> Extract:
    """Who reaches one unit only sees no figure of several."""
    units = units_of(reads, extract)
    units = units[units["reports"]]
    return replace(extract, unit_id=int(units["unit_id"].iloc[0])) if len(units) == 1 else extract


def trace_of(reads: Reads, traced: Traced) -> Trace:
    """The figure with its parts: units, measures of one unit, or tasks of one unit under one measure."""
    extract = traced.extract
    if extract.unit_id is None:
        return trace_units(_units(reads, traced), traced.figure)
    if extract.measure_id is None:
        measures = reads.made(measure_figures, extract)
        if traced.area_id is not None:
            measures = measures[measures["key_area_id"] == traced.area_id].reset_index(drop=True)
        return trace_parts(measures, traced.figure)
    return trace_parts(tasks_behind(reads, extract), traced.figure)


def _units(reads: Reads, traced: Traced) -> pd.DataFrame:
    if traced.area_id is None:
        return reads.made(unit_figures, traced.extract)
    measures = measures_of(reads, traced.extract)
    of_area = measures[measures["key_area_id"] == traced.area_id]["measure_id"]
    each = [reads.made(unit_figures, replace(traced.extract, measure_id=int(key))) for key in of_area]
    return _added(each)


def _added(each: list[pd.DataFrame]) -> pd.DataFrame:
    """The sums of several frames of the same units."""
    sums = ["tasks", "weight_tenths", "reported", "suspended", *PRODUCTS.values()]
    sums += [str(word) for word in TracedFigure if str(word) in each[0] and str(word) not in sums]
    return each[0].assign(**{name: sum(frame[name] for frame in each) for name in sums})


def tasks_behind(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The tasks of a unit under a measure as they counted; columns of `traced_tasks`."""
    return reads.scoped(
        traced_tasks,
        period_id=extract.choice.period_id,
        unit_ids=_with_guests(reads, extract),
        measure_id=extract.measure_id,
        on=reads.today if extract.todays_tree else None,
        vintage=extract.choice.vintage,
    )


def _with_guests(reads: Reads, extract: Extract) -> tuple[int, ...]:
    """The unit, and in the view of provinces those it hosts."""
    units = units_in_reach(reads, reads.today if extract.todays_tree else extract.choice.as_of)
    guests = units[units["host_id"] == extract.unit_id]["unit_id"].tolist() if extract.provinces else []
    return (extract.unit_id or 0, *guests)


def missing_tasks(reads: Reads, extract: Extract, trace: Trace) -> int:
    """How many tasks count in the kept figure but are out of the reader's reach now, or read otherwise today."""
    kept = cells_of(reads, extract)
    return int(kept["tasks"].sum()) - int(trace.rows["tasks"].sum())


def a_page_of(rows: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """The number of the first row of the page that is chosen, and the rows of that page."""
    first = (pick_page(-(-len(rows) // SHOWN)) - 1) * SHOWN
    return first, rows.iloc[first : first + SHOWN].reset_index(drop=True)
