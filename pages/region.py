"""The regions: groupings and views of the country, the units of a region, and one unit's sheet."""

from functools import partial

import streamlit as st

from pages.parts.figures import drawings
from pages.parts.figures.address import leads_by
from pages.parts.figures.asked import filter_places, narrowed_note, pick_extract
from pages.parts.figures.drawings import drawn
from pages.parts.figures.extract import Extract, headline_of, region_figures, unit_figures, unit_name
from pages.parts.figures.headline import headline_figures, progress_sentence
from pages.parts.figures.levels import asked_level, level_page
from pages.parts.figures.tree_note import tree_note
from pages.parts.figures.unit_sheet import unit_sheet
from pages.parts.figures.unit_table import unit_table
from pages.shared.access import require
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import FIGURES, plain_table
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.wording import day, plain, translate

by = require("region")
reads = reads_for(by, asked_past_day())
top = st.container()


def show(extract: Extract) -> None:
    """The page from the top, once the selection is known."""
    head = reads.made(headline_of, extract)
    units = reads.made(unit_figures, extract)
    with top:
        region = plain(extract.region or "")
        short, full = (plain(unit_name(reads, extract.unit_id, name)) for name in ("short_name", "name"))
        sentence = progress_sentence(head, extract, units, place=short or region)
        heading(full or region or translate("page.region"), sentence)
    vintage_note(extract.choice.vintage)
    narrowed_note(reads, extract, places)
    if extract.unit_id is not None:
        unit_sheet(by, reads, extract)
    elif head.tasks:
        headline_figures(head, extract)
        show_country(extract)
        show_units(extract)
    else:
        empty(translate("overview.empty"), page="work_plan", label=translate("overview.to_plans"))
    tree_note(reads, extract)
    rules = [
        translate("rule.unit"),
        translate("rule.nation"),
        translate("rule.view"),
        translate("hierarchy.rule"),
    ]
    foot(translate("page.source_accepted"), day(extract.choice.as_of), *rules)


def show_country(extract: Extract) -> None:
    """The main picture, region × measure; beside it the units on the tile grid."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        frame = reads.made(region_figures, extract)
        plot = drawn(reads, drawings.heat, extract)
        table = partial(plain_table, frame, "region", "units", *FIGURES)
        picture(plot, key="heat", table=table, leads=leads_by(extract, "region", "measure_id"))
    with right:
        picture(drawn(reads, drawings.tiles, extract), key="tiles", leads=leads_by(extract, "unit_id"))


def show_units(extract: Extract) -> None:
    """The table: one row per unit, a click opens its sheet."""
    st.header(translate("region.units", place=plain(extract.region or translate("region.all"))), anchor=False)
    unit_table(reads, extract)


places = filter_places(reads, "period", "view", "grouping", "region", "unit", "tree", "vintage")
extract = pick_extract(reads, places)
level = asked_level(reads, extract) if extract else None
if extract and level is not None:
    with top:
        level_page(reads, extract, level)
elif extract:
    show(extract)
else:
    with top:
        heading(translate("page.region"))
    no_period(by)
