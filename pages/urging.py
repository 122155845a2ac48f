"""Urging: which slips are open and unmet, which tasks deserve one now, and one slip from issue to answer."""

from typing import Any

import streamlit as st

from db.reference.rows import UnitRow
from db.store import NotFound
from db.typed_rows import rows_as
from db.urging.queries import SlipFilter, count_slips, slips_frame
from pages.parts.urging.candidates import show_candidates
from pages.parts.urging.list import (
    PAGE_ROWS,
    level_words,
    place_in,
    show_figures,
    show_picture,
    slips_sentence,
    word_slips,
)
from pages.parts.urging.sheet import show_slip
from pages.shared.access import require
from pages.shared.choices import pick_notice, units_in_reach, with_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, pick_page, switch, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.permissions import Right, may
from tracking.vocabulary import SlipLevel

by = require("urging")
reads = reads_for(by)


def show_list() -> None:
    """The open slips, with the filtered list below; or the tasks that deserve one."""
    top = st.container()
    view, level, unit, standing = filter_bar(4)
    with view:
        views = ("slips", "candidates") if may(by, Right.URGE) else ("slips",)
        chosen = switch("show", {name: translate(f"urging_page.view_{name}") for name in views})
    narrowed: dict[str, Any] = {}
    with level:
        levels = {word: level_words(word) for word in SlipLevel}
        narrowed["level"] = pick("level", with_all(levels, "level"))
    with unit:
        units = units_in_reach(reads)
        names = {row.unit_id: plain(row.short_name) for row in rows_as(UnitRow, units[units["reports"]])}
        narrowed["unit_id"] = pick("unit", with_all(names, "unit"))
    with top:
        heading(translate("page.urging"), slips_sentence(reads))
    if chosen == "candidates":
        with standing:
            notice_id = pick_notice(reads)
        show_candidates(reads, by, notice_id, **narrowed)
        return
    with standing:
        words = {word: translate(f"slip_standing.{word}") for word in SlipFilter}
        narrowed["standing"] = pick("standing", words)
    show_figures(reads)
    show_picture(reads)
    show_slips(narrowed)


def show_slips(narrowed: dict[str, Any]) -> None:
    """A page of the slips; a click opens one."""
    total = reads.scoped(count_slips, **narrowed)
    if not total:
        empty(translate("urging_page.none_match"))
        return
    st.caption(translate("urging_page.click", total=total))
    first, pages = place_in(total)
    slips = reads.scoped(slips_frame, first=first, most=PAGE_ROWS, **narrowed)
    names = ("slip", "authority_name", "task_number", "title", "ground_words", "answer_by", "slip_state")
    shown, columns = with_notice(reads, word_slips(slips, reads.today), *names)
    place = table(shown, *columns, key=f"slips_{first}_{sorted(narrowed.items())}")
    if place is not None:
        open_page("urging", slip=int(slips["slip_id"].iloc[place]))
    pick_page(pages)


try:
    if asked_number("slip"):
        show_slip(reads, by, asked_number("slip") or 0)
    else:
        show_list()
except NotFound:
    heading(translate("page.urging"))
    empty(translate("store.not_found"), page="urging", label=translate("urging_page.back"))
foot(
    translate("urging_page.source"),
    day(reads.today),
    translate("urging_page.rule_levels"),
    translate("urging_page.rule_grounds"),
)
