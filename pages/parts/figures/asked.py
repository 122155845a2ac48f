"""Which extract an address asks for: the pickers that a page shows, and what it was narrowed by on the way there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts.figures.extract import Extract, measures_of, unit_name, units_of
from pages.shared.choices import (
    Choice,
    measure_names,
    notice_bar,
    pick_figures,
    pick_measure,
    pick_period,
    pick_region,
    pick_tree,
    pick_unit,
    pick_view,
)
from pages.shared.filters import asked, asked_number, filter_bar, pick
from pages.shared.reads import Reads
from pages.shared.wording import plain, translate
from tracking.figures.indicators import GROUPINGS

# Field of an extract, the column in which its value must occur, and the value.
Asked = tuple[tuple[str, str, Any], ...]
# What a page that shows units separately, under one hierarchy, cannot show.
SUMMED = ("view", "tree")


def asked_extract(reads: Reads, choice: Choice, *, but: Collection[str] = ()) -> Extract:
    """The extract the address asks for, ignoring names in `but`; unknown values count as not given."""
    words = {name: None if name in but else asked(name) for name in ("region", "grouping", "view", "tree")}
    keys = {name: None if name in but else asked_number(name) for name in ("unit", "measure", "area")}
    extract = Extract(
        choice,
        grouping=next((name for name in GROUPINGS if name == words["grouping"]), GROUPINGS[0]),
        provinces=words["view"] == "provinces",
        todays_tree=words["tree"] == "today",
    )
    places: Asked = (("region", extract.grouping, words["region"]), ("unit_id", "unit_id", keys["unit"]))
    for field, column, value in _given(places):
        units = units_of(reads, extract)
        if value in units[units["reports"]][column].tolist():
            extract = replace(extract, **{field: value})
    titles: Asked = (
        ("area_id", "key_area_id", keys["area"]),
        ("measure_id", "measure_id", keys["measure"]),
    )
    for field, column, value in _given(titles):
        if value in measures_of(reads, extract)[column].tolist():
            extract = replace(extract, **{field: value})
    return extract


def _given(wanted: Asked) -> Asked:
    return tuple(one for one in wanted if one[2] is not None)


Picker = Callable[[Reads, Extract], Extract]
_PICKERS: Mapping[str, Picker] = {
    "view": lambda reads, extract: replace(extract, provinces=pick_view(reads, extract.choice.as_of)),
    "grouping": lambda _, extract: replace(extract, grouping=_pick_grouping()),
    "region": lambda reads, extract: replace(
        extract, region=pick_region(reads, extract.grouping, extract.choice.as_of)
    ),
    "unit": lambda reads, extract: replace(
        extract,
        unit_id=pick_unit(
            reads,
            extract.region,
            extract.grouping,
            provinces=extract.provinces,
            on=extract.choice.as_of,
        ),
    ),
    "measure": lambda reads, extract: _with_measure(reads, extract, all_of_them=True),
    "one_measure": lambda reads, extract: _with_measure(reads, extract, all_of_them=False),
    "tree": lambda _, extract: replace(extract, todays_tree=pick_tree()),
}


def _with_measure(reads: Reads, extract: Extract, *, all_of_them: bool) -> Extract:
    choice = extract.choice
    measure_id = pick_measure(reads, choice.notice_id, all_of_them=all_of_them, year=choice.year)
    return replace(extract, measure_id=measure_id)


def _pick_grouping() -> str:
    return str(pick("grouping", {name: translate(f"region.{name}") for name in GROUPINGS}))


def filter_places(reads: Reads, *names: str) -> dict[str, Any]:
    """A bar of pickers with a place for each name, after the notice if there are several."""
    return dict(zip(names, notice_bar(reads, len(names)), strict=True))


def more_places(*names: str) -> dict[str, Any]:
    """A second bar, below the first."""
    return dict(zip(names, filter_bar(len(names), row=2), strict=True))


def pick_extract(reads: Reads, places: Mapping[str, Any], *, but: Collection[str] = ()) -> Extract | None:
    """The pickers of a bar, including `period` and `vintage`; None before any period has begun.

    Filters in the address without a picker apply too; `narrowed_note` says so.
    """
    with places["period"]:
        choice = pick_period(reads)
    if choice is None:
        return None
    with places["vintage"]:
        pick_figures(reads, choice)
    extract = asked_extract(reads, choice, but=but)
    for name, place in places.items():
        if name in _PICKERS:
            with place:
                extract = _PICKERS[name](reads, extract)
    return extract


def narrowed_note(reads: Reads, extract: Extract, places: Collection[str], **more: str) -> None:
    """A note on filters that no picker shows, including `more`, with a way to clear them."""
    words = {**_narrowed(reads, extract), **more}
    said = {name: words[name] for name in words if name not in places}
    if not said:
        return
    with st.container(key="narrowed", horizontal=True, vertical_alignment="center"):
        st.markdown(translate("figure.narrowed", parts=translate("access.list").join(said.values())))
        st.button(
            translate("figure.widen"),
            type="tertiary",
            icon=":material/undo:",
            on_click=_widen,
            args=(tuple(said),),
        )


def _narrowed(reads: Reads, extract: Extract) -> dict[str, str]:
    """Query name → an extract's filter in words."""
    words: dict[str, str] = {}
    if extract.unit_id is not None:
        words["unit"] = plain(unit_name(reads, extract.unit_id, "short_name"))
    if extract.measure_id is not None:
        words["measure"] = measure_names(reads, extract.choice.notice_id)[extract.measure_id]
    if extract.area_id is not None:
        words["area"] = plain(measures_of(reads, extract)["key_area_title"].iloc[0])
    if extract.provinces:
        words["view"] = translate("figure.narrowed_provinces")
    if extract.todays_tree:
        words["tree"] = translate("hierarchy.tree_today")
    return words


def _widen(names: tuple[str, ...]) -> None:
    for name in names:
        st.query_params.pop(name, None)
