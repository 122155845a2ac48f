"""Difficulties raised to the working group: what is open by measure and age, who sees to it, and each thread."""

from typing import Any

import streamlit as st

from db.difficulties.queries import DifficultyFilter, count_difficulties, difficulties_frame
from db.reference.rows import UnitRow
from db.store import NotFound
from db.typed_rows import rows_as
from pages.parts.difficulties.list import difficulties_sentence, show_figures, show_picture, word_difficulties
from pages.parts.difficulties.sheet import show_difficulty
from pages.parts.urging.list import PAGE_ROWS, place_in
from pages.shared.access import require
from pages.shared.choices import pick_measure, units_in_reach, with_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, pick_page, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.oversight import AgeBand

by = require("difficulties")
reads = reads_for(by)


def show_list() -> None:
    """The open ones by measure and age, and below them the filtered list."""
    heading(translate("page.difficulties"), difficulties_sentence(reads))
    narrowed = chosen()
    show_figures(reads)
    show_picture(reads)
    show_lines(narrowed)


def chosen() -> dict[str, Any]:
    """The choice of the pickers."""
    state, measure, age, unit = filter_bar(4)
    narrowed: dict[str, Any] = {}
    with state:
        words = {word: translate(f"difficulty_standing.{word}") for word in DifficultyFilter}
        narrowed["standing"] = pick("standing", words)
    with measure:
        narrowed["measure_id"] = pick_measure(reads, None, all_of_them=True)
    with age:
        bands = {band: translate(f"age_band.{band}") for band in AgeBand}
        narrowed["band"] = pick("band", with_all(bands, "band"))
    with unit:
        units = units_in_reach(reads)
        names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units[units["reports"]])}
        narrowed["unit_id"] = pick("unit", with_all(names, "unit"))
    return narrowed


def show_lines(narrowed: dict[str, Any]) -> None:
    """A page of the list; a click opens one."""
    total = reads.scoped(count_difficulties, **narrowed)
    if not total:
        empty(translate("difficulties_page.none_match"))
        return
    st.caption(translate("difficulties_page.click", total=total))
    first, pages = place_in(total)
    found = reads.scoped(difficulties_frame, first=first, most=PAGE_ROWS, **narrowed)
    names = ("authority_name", "title", "difficulty_state", "age", "handler", "description")
    shown, columns = with_notice(reads, word_difficulties(found, reads.today), *names)
    place = table(shown, *columns, key=f"difficulties_{first}_{sorted(narrowed.items())}")
    if place is not None:
        open_page("difficulties", difficulty=int(found["difficulty_id"].iloc[place]))
    pick_page(pages)


try:
    if asked_number("difficulty"):
        show_difficulty(reads, by, asked_number("difficulty") or 0)
    else:
        show_list()
except NotFound:
    heading(translate("page.difficulties"))
    empty(translate("store.not_found"), page="difficulties", label=translate("difficulties_page.back"))
foot(
    translate("difficulties_page.source"),
    day(reads.today),
    translate("difficulties_page.rule_raise"),
    translate("difficulties_page.rule_age"),
)
