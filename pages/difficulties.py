"""Difficulties raised to the working group: what is open by measure and age, who sees to it, and each thread."""

import streamlit as st

from db.difficulties.queries import (
    DifficultyFilter,
    DifficultyWhere,
    count_difficulties,
    difficulties_frame,
)
from db.reference.rows import UnitRow
from db.store import NotFound
from db.typed_rows import rows_as
from pages.parts.difficulties.list import (
    cause_words,
    causes_sentence,
    difficulties_sentence,
    show_figures,
    show_picture,
    word_difficulties,
)
from pages.parts.difficulties.sheet import show_difficulty
from pages.parts.remits.whose import narrowed_reads
from pages.parts.urging.list import PAGE_ROWS, place_in
from pages.shared.access import require
from pages.shared.choices import pick_country, pick_measure, units_in_reach, with_notice
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


def chosen() -> DifficultyWhere:
    """The choice of the pickers."""
    state, measure, age, unit, why, place = filter_bar(6)
    with state:
        words = {word: translate(f"difficulty_standing.{word}") for word in DifficultyFilter}
        standing = pick("standing", words)
    with measure:
        measure_id = pick_measure(reads, None, all_of_them=True)
    with age:
        bands = {band: translate(f"age_band.{band}") for band in AgeBand}
        band = pick("band", with_all(bands, "band"))
    with unit:
        units = units_in_reach(reads)
        names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units[units["reports"]])}
        unit_id = pick("unit", with_all(names, "unit"))
    with why:
        cause = pick("why", with_all(cause_words(), "why"))
    with place:
        country = pick_country()
    return {
        "standing": standing,
        "measure_id": measure_id,
        "band": band,
        "unit_id": unit_id,
        "cause": cause,
        "country": country,
    }


def show_lines(where: DifficultyWhere) -> None:
    """A page of the list; a click opens one."""
    total = reads.scoped(count_difficulties, **where)
    if not total:
        empty(translate("difficulties_page.none_match"))
        return
    st.caption(translate("difficulties_page.click", total=total))
    st.caption(causes_sentence(reads, where))
    first, pages = place_in(total)
    found = reads.scoped(difficulties_frame, **where, first=first, most=PAGE_ROWS)
    names = ("authority_name", "title", "difficulty_state", "age", "handler", "difficulty_cause")
    worded = word_difficulties(found, reads.today)
    shown, columns = with_notice(reads, worded, *names, "countries", "description")
    place = table(shown, *columns, key=f"difficulties_{first}_{sorted(where.items())}")
    if place is not None:
        open_page("difficulties", difficulty=int(found["difficulty_id"].iloc[place]))
    pick_page(pages)


try:
    if asked_number("difficulty"):
        show_difficulty(reads, by, asked_number("difficulty") or 0)
    else:
        reads = narrowed_reads(by, reads)
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
