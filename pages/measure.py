"""One measure: the units compared with the median, the actions taken up, its indicators and its tasks."""

from functools import partial

import streamlit as st

from pages.parts.figures import drawings
from pages.parts.figures.address import leads_by, leads_by_light, leads_by_period
from pages.parts.figures.asked import filter_places, narrowed_note, pick_extract
from pages.parts.figures.by_action import action_bars, action_figures, leads_by_action
from pages.parts.figures.by_tag import show_by_tag
from pages.parts.figures.composites import show_composites
from pages.parts.figures.drawings import drawn
from pages.parts.figures.extract import Extract, headline_of, unit_figures
from pages.parts.figures.headline import headline_figures, progress_sentence
from pages.parts.figures.measure import (
    actions_taken,
    measure_title,
    show_actions,
    show_indicators,
    to_passage,
)
from pages.parts.supplied.beside import supplied_beside
from pages.parts.tasks.list import task_list
from pages.shared.access import require
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.filters import switch
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import FIGURES, plain_table
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.wording import day, plain, translate

by = require("measure")
reads = reads_for(by, asked_past_day())
top = st.container()


def show(extract: Extract) -> None:
    """The page from the top, once the measure is known."""
    head = reads.made(headline_of, extract)
    units = reads.made(unit_figures, extract)
    with top:
        sentence = progress_sentence(head, extract, units, place=plain(extract.region or ""))
        heading(measure_title(reads, extract), sentence)
        to_passage(reads, extract)
    vintage_note(extract.choice.vintage)
    narrowed_note(reads, extract, {*places, "measure"})
    if not head.tasks:
        empty(translate("measure.empty"), page="work_plan", label=translate("overview.to_plans"))
        return
    headline_figures(head, extract)
    show_units(extract)
    show_counts(extract)
    supplied_beside(by, reads, extract)
    show_composites(reads, extract)
    show_by_tag(reads, extract)
    task_list(reads, extract, "number", "unit_name")
    foot(
        translate("page.source_accepted"),
        day(extract.choice.as_of),
        translate("rule.unit"),
        translate("rule.indicator"),
        translate("rule.light"),
    )


def show_counts(extract: Extract) -> None:
    """The indicators and, if the notice names any, the actions beside them."""
    taken = actions_taken(reads, extract)
    if taken.empty:
        show_indicators(reads, extract)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_indicators(reads, extract)
    with right:
        show_actions(taken, extract)


def show_units(extract: Extract) -> None:
    """The main picture: the units against the median; for a single unit, its lights and trend."""
    frame = reads.made(unit_figures, extract)
    if len(frame) == 1:
        left, right = st.columns([2, 3], gap="medium")
        with left:
            picture(drawn(reads, drawings.lights, extract), key="lights", leads=leads_by_light(extract))
        with right:
            picture(drawn(reads, drawings.trend, extract), key="trend", leads=leads_by_period(extract))
        return
    names = ("unit", "action")
    if switch("by", {name: translate(f"measure.by_{name}") for name in names}) == "action":
        show_by_action(extract)
        return
    plot = drawn(reads, drawings.unit_bars, extract)
    table = partial(plain_table, frame, "unit", *FIGURES)
    picture(plot, key="units", table=table, leads=leads_by(extract, "unit_id"))


def show_by_action(extract: Extract) -> None:
    """The same action by action; a bar opens the lines of the ledger under it."""
    frame = reads.made(action_figures, extract)
    table = partial(plain_table, frame, "number", "title", *FIGURES)
    plot = drawn(reads, action_bars, extract)
    picture(plot, key="by_action", table=table, leads=leads_by_action(extract))


places = filter_places(reads, "one_measure", "period", "region", "vintage")
extract = pick_extract(reads, places)
if extract and extract.measure_id:
    show(extract)
else:
    with top:
        heading(translate("page.measure"))
    no_period(by)
