"""A traced figure in words: one sentence, the formula with numbers, and the way up."""

import streamlit as st

from pages.parts.figures.extract import measures_of, unit_name
from pages.parts.traces.views import Traced
from pages.shared.choices import measure_names, units_in_reach
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import percent, plain, translate
from tracking.traces import PRODUCTS, Trace, TracedFigure


def kind_of(traced: Traced) -> str:
    """The kind of the parts: unit, measure or task."""
    if traced.extract.unit_id is None:
        return "unit"
    return "measure" if traced.extract.measure_id is None else "task"


def columns_of(traced: Traced) -> tuple[str, str, list[str]]:
    """The kind of the parts, their key column, and the columns shown."""
    kind = kind_of(traced)
    heads = {
        "unit": ["unit"],
        "measure": ["number", "title"],
        "task": ["number", "authority_name", "title", "light"],
    }
    if traced.figure in PRODUCTS:
        return kind, f"{kind}_id", [*heads[kind], "weights", f"{traced.figure}_permille", "product"]
    counted = [str(traced.figure), *(["tasks"] if traced.figure is not TracedFigure.TASKS else [])]
    return kind, f"{kind}_id", [*heads[kind], *counted]


def value_words(trace: Trace) -> str:
    """The figure as written on every page."""
    if trace.figure in PRODUCTS:
        return percent(trace.value)
    return translate(f"trace.value.{_manner(trace)}", value=int(trace.value or 0), of=int(trace.denominator))


def _manner(trace: Trace) -> str:
    if trace.figure is not TracedFigure.REPORTED:
        return "count"
    return "units" if "unit" in trace.rows else "tasks"


def trace_sentence(reads: Reads, traced: Traced, trace: Trace) -> str:
    """What the figure is, whose it is, and what it is made of."""
    return translate(
        f"trace.sentence.{kind_of(traced)}",
        period=traced.extract.choice.period,
        place=place_words(reads, traced),
        figure=translate(f"trace.figure.{traced.figure}"),
        value=value_words(trace),
        parts=len(trace.rows),
    )


def place_words(reads: Reads, traced: Traced) -> str:
    """Whose figure it is, and for what."""
    extract = traced.extract
    unit = plain(unit_name(reads, extract.unit_id, "short_name")) if extract.unit_id else ""
    place = unit or plain(extract.region or "") or translate("region.all")
    if extract.measure_id is not None:
        names = measure_names(reads, extract.choice.notice_id)
        return translate("trace.of_measure", place=place, measure=names[extract.measure_id])
    if extract.area_id is not None:
        title = measures_of(reads, extract)["key_area_title"].iloc[0]
        return translate("trace.of_measure", place=place, measure=plain(title))
    return place


def formula(traced: Traced, trace: Trace) -> str:
    """How the figure is computed, with its actual numbers."""
    kind = kind_of(traced)
    name = translate(f"trace.figure.{traced.figure}")
    if traced.figure not in PRODUCTS:
        manner = _manner(trace) if kind == "unit" else "sum"
        return translate(
            f"trace.formula.{manner}", figure=name, parts=len(trace.rows), value=value_words(trace)
        )
    if kind == "unit":
        return translate(
            "trace.formula.mean",
            figure=name,
            units=int(trace.denominator),
            sum=f"{trace.numerator / 10:,.1f}",
            value=percent(trace.value),
        )
    return translate(
        "trace.formula.weighted",
        figure=name,
        products=f"{trace.numerator / 100:,.2f}",
        weights=f"{trace.denominator / 10:,.1f}",
        value=percent(trace.value),
    )


def path(reads: Reads, traced: Traced) -> None:
    """The way up: from tasks to the unit's measures, from there to all units."""
    extract = traced.extract
    with st.container(horizontal=True, key="path"):
        if extract.unit_id is not None and units_in_reach(reads)["reports"].sum() > 1:
            wider = plain(extract.region or "") or translate("region.all")
            page_link("trace", translate("trace.up", place=wider), **traced.address(unit=None))
        if extract.unit_id is not None and extract.measure_id is not None:
            unit = plain(unit_name(reads, extract.unit_id, "short_name"))
            page_link("trace", translate("trace.up_unit", unit=unit), **traced.address(measure=None))
