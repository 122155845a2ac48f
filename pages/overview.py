"""The overview: how far the whole country is, where it lags, and behind every mark what it is made of."""

from functools import partial

import streamlit as st

from pages.parts.figures import drawings
from pages.parts.figures.address import leads_by, leads_by_light, leads_by_period
from pages.parts.figures.asked import SUMMED, filter_places, narrowed_note, pick_extract
from pages.parts.figures.drawings import drawn
from pages.parts.figures.extract import Extract, headline_of, measure_figures, unit_figures
from pages.parts.figures.headline import headline_figures, progress_sentence
from pages.parts.figures.rests_on import rests_on_line
from pages.parts.figures.unit_table import unit_table
from pages.parts.tasks.list import task_list
from pages.shared.access import require
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import FIGURES, plain_table
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.wording import day, plain, translate

by = require("overview")
reads = reads_for(by, asked_past_day())
top = st.container()


def show(extract: Extract) -> None:
    """The page from the top, once the selection is known."""
    head = reads.made(headline_of, extract)
    units = reads.made(unit_figures, extract)
    with top:
        sentence = progress_sentence(head, extract, units, place=plain(extract.region or ""))
        heading(translate("page.overview"), sentence)
    vintage_note(extract.choice.vintage)
    narrowed_note(reads, extract, places)
    if not head.tasks:
        empty(translate("overview.empty"), page="work_plan", label=translate("overview.to_plans"))
        return
    headline_figures(head, extract)
    rests_on_line(reads, extract, head)
    show_measures(extract)
    if head.units_total == 1:
        task_list(reads, extract, "number", "measure_short_title")
    else:
        show_regions(extract)
        show_units(extract)
    rules = [translate("rule.unit"), translate("rule.nation"), translate("rule.light")]
    foot(translate("page.source_accepted"), day(extract.choice.as_of), *rules)


def show_measures(extract: Extract) -> None:
    """The main picture, the measures; beside it the lights and the trend."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        plot = drawn(reads, drawings.measure_bars, extract)
        table = partial(measure_table, extract)
        still = drawn(reads, drawings.measure_bars_still, extract)
        picture(plot, key="measures", table=table, leads=leads_by(extract, "measure_id"), still=still)
    with right:
        picture(drawn(reads, drawings.lights, extract), key="lights", leads=leads_by_light(extract))
        picture(drawn(reads, drawings.trend, extract), key="trend", leads=leads_by_period(extract))


def measure_table(extract: Extract) -> None:
    """The data behind the main picture."""
    plain_table(reads.made(measure_figures, extract), "number", "title", *FIGURES, "median_permille", "units")


def show_regions(extract: Extract) -> None:
    """Region × measure, and the units on the tile grid."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        plot = drawn(reads, drawings.heat, extract)
        picture(plot, key="heat", leads=leads_by(extract, "region", "measure_id"))
    with right:
        picture(drawn(reads, drawings.tiles, extract), key="tiles", leads=leads_by(extract, "unit_id"))


def show_units(extract: Extract) -> None:
    """The table: one row per unit, a click opens its sheet."""
    st.header(translate("overview.units"), anchor=False)
    unit_table(reads, extract)


places = filter_places(reads, "period", "region", "measure", "vintage")
extract = pick_extract(reads, places, but=SUMMED)
if extract:
    show(extract)
else:
    with top:
        heading(translate("page.overview"))
    no_period(by)
