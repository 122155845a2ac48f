"""How an address names an extract, and where a mark leads: to the page that shows just what it showed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NoReturn

from pages.parts.figures.extract import Extract
from pages.shared.navigation import open_page
from pages.shared.pictures import Lead, Leads
from tracking.traces import TracedFigure


def address_of(extract: Extract) -> dict[str, Any]:
    """The query values of an extract, the same for every page; the vintage is added automatically."""
    return {
        "period": extract.choice.period_id,
        "region": extract.region,
        "grouping": extract.grouping if extract.region else None,
        "unit": extract.unit_id,
        "measure": extract.measure_id,
        "area": extract.area_id,
        "view": "provinces" if extract.provinces else None,
        "tree": "today" if extract.todays_tree else None,
    }


def lead_to(extract: Extract, **narrower: Any) -> Lead:
    """The page for a narrowed extract: of a measure, of units, or of the whole."""
    narrowed = replace(extract, **narrower)
    if narrowed.measure_id is not None:
        return "measure", address_of(narrowed)
    one = narrowed.unit_id is not None or narrowed.region is not None
    return "region" if one else "overview", address_of(narrowed)


def leads_by(extract: Extract, *fields: str) -> Leads:
    """Where marks lead if their keys narrow an extract by these fields, in order."""

    def lead(keys: Sequence[Any]) -> Lead:
        return lead_to(extract, **{field: _plain(key) for field, key in zip(fields, keys, strict=False)})

    return lead


def leads_by_period(extract: Extract) -> Leads:
    """Where the points of the trend lead: to the overview of their key area at the end of their period."""

    def lead(keys: Sequence[Any]) -> Lead:
        area_id, period_id = map(_plain, keys[:2])
        narrowed = address_of(replace(extract, area_id=area_id))
        return "overview", {**narrowed, "period": period_id}

    return lead


def leads_by_light(extract: Extract) -> Leads:
    """Where the parts of the bar of lights lead: to the ledger lines with that light.

    The ledger shows units separately under one hierarchy; any other sum leads to its parts.
    """

    def lead(keys: Sequence[Any]) -> Lead:
        if extract.provinces or extract.todays_tree:
            return "trace", trace_address(extract, TracedFigure(keys[0]))
        return "ledger", {**address_of(extract), "light": keys[0]}

    return lead


def trace_address(extract: Extract, figure: TracedFigure = TracedFigure.COMPLETION) -> dict[str, Any]:
    """The query values of the trace page for a figure of an extract."""
    return {"figure": figure, **address_of(extract)}


def open_unit(extract: Extract, unit_id: int, *, trace: bool) -> NoReturn:
    """Go to the sheet of a unit, or to the parts of its completion here."""
    unit = int(unit_id)  # a frame with missing values holds its keys as floats
    if trace:
        open_page("trace", **trace_address(replace(extract, unit_id=unit)))
    name, query = lead_to(extract, unit_id=unit)
    open_page(name, **query)


def _plain(key: Any) -> Any:
    """A plain int: numbers come back from the browser as any numeric type."""
    return int(key) if isinstance(key, int | float) else key
