"""The trace page: the figure asked for, and its parts one level down."""

from dataclasses import dataclass, replace

import pandas as pd

from db.traces.queries import traced_tasks
from pages.parts.figures.address import trace_address
from pages.parts.figures.asked import asked_extract
from pages.parts.figures.extract import Extract, cells_of, measure_figures, unit_figures, units_of
from pages.shared.choices import Choice, units_in_reach
from pages.shared.filters import pick, pick_page
from pages.shared.reads import Reads
from pages.shared.wording import translate
from tracking.traces import Trace, TracedFigure, trace_parts, trace_units

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure of an extract."""

    figure: TracedFigure
    extract: Extract

    def address(self, **narrower: object) -> dict[str, object]:
        """The address of the same figure, narrowed or widened."""
        return {**trace_address(self.extract, self.figure), **narrower}


def pick_figure() -> TracedFigure:
    """The picker of figures."""
    return TracedFigure(
        pick("figure", {str(word): translate(f"trace.figure.{word}") for word in TracedFigure})
    )


def asked_trace(reads: Reads, choice: Choice, figure: TracedFigure) -> Traced:
    """What the address asks for; unknown names and numbers count as not given."""
    return Traced(figure, _own_unit(reads, asked_extract(reads, choice)))


def _own_unit(reads: Reads, extract: Extract) -> Extract:
    """Restricts those who reach only one unit to that unit's figures."""
    units = units_of(reads, extract)
    units = units[units["reports"]]
    return replace(extract, unit_id=int(units["unit_id"].iloc[0])) if len(units) == 1 else extract


def trace_of(reads: Reads, traced: Traced) -> Trace:
    """The figure with its parts: units, measures of one unit, or tasks of one unit under one measure."""
    extract = traced.extract
    if extract.unit_id is None:
        return trace_units(reads.made(unit_figures, extract), traced.figure)
    if extract.measure_id is None:
        return trace_parts(reads.made(measure_figures, extract), traced.figure)
    return trace_parts(tasks_behind(reads, extract), traced.figure)


def tasks_behind(reads: Reads, extract: Extract) -> pd.DataFrame:
    """A unit's tasks under a measure, as they counted; columns of `traced_tasks`."""
    return reads.scoped(
        traced_tasks,
        period_id=extract.choice.period_id,
        unit_ids=_with_guests(reads, extract),
        measure_id=extract.measure_id,
        on=reads.today if extract.todays_tree else None,
        vintage=extract.choice.vintage,
    )


def _with_guests(reads: Reads, extract: Extract) -> tuple[int, ...]:
    """The unit and, in the province view, those it hosts."""
    units = units_in_reach(reads, reads.today if extract.todays_tree else extract.choice.as_of)
    guests = units[units["host_id"] == extract.unit_id]["unit_id"].tolist() if extract.provinces else []
    return (extract.unit_id or 0, *guests)


def missing_tasks(reads: Reads, extract: Extract, trace: Trace) -> int:
    """How many tasks count in the stored figure but are now out of reach, or have changed since."""
    kept = cells_of(reads, extract)
    return int(kept["tasks"].sum()) - int(trace.rows["tasks"].sum())


def a_page_of(rows: pd.DataFrame) -> tuple[int, pd.DataFrame]:
    """The number of the chosen page's first row, and its rows."""
    first = (pick_page(-(-len(rows) // SHOWN)) - 1) * SHOWN
    return first, rows.iloc[first : first + SHOWN].reset_index(drop=True)
