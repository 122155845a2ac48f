"""How an address names a figure, so that any page can link to its trace."""

from typing import Any, NoReturn

from pages.parts.figures.extract import Extract
from pages.shared.navigation import open_page
from tracking.traces import TracedFigure


def trace_address(extract: Extract, figure: TracedFigure = TracedFigure.COMPLETION) -> dict[str, Any]:
    """The query values of the trace page for a figure of an extract; the vintage goes along by itself."""
    return {
        "figure": figure,
        "period": extract.choice.period_id,
        "region": extract.region,
        "grouping": extract.grouping if extract.region else None,
        "unit": extract.unit_id,
        "measure": extract.measure_id,
        "view": "provinces" if extract.provinces else None,
        "tree": "today" if extract.todays_tree else None,
    }


def open_unit(extract: Extract, unit_id: int, *, trace: bool) -> NoReturn:
    """Leave for the sheet of a unit, or for what its completion here is made of."""
    unit = int(unit_id)  # a frame with gaps keeps its keys as floats
    if trace:
        open_page("trace", **{**trace_address(extract), "unit": unit})
    open_page("region", unit=unit, period=extract.choice.period_id)
