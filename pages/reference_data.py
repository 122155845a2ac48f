"""The reference data: the notice with its areas, measures, actions and indicators, and who checked their words."""

from typing import Any

import streamlit as st

from db.reference.queries import notices_frame
from pages.parts.hierarchy.tree import places
from pages.parts.reference.catalogue import PARTS, checked_sentence, frame_of, notice_line, shown_part
from pages.parts.reference.forms import new_indicator_form, row_forms
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, switch
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate

by = require("reference_data")
reads = reads_for(by)
notice_id = chosen_notice(reads)


def show_list(notice_id: int, part: str) -> None:
    """One part of the catalogue; a click opens a row to view or change."""
    frame = frame_of(reads, notice_id, part)
    if frame.empty:
        empty(translate("reference_page.nothing"))
        return
    st.caption(translate("reference_page.click" if PARTS[part].source else "reference_page.actions_note"))
    key, asked = PARTS[part].key, asked_number(part)
    place = table(
        shown_part(frame, part),
        *PARTS[part].columns,
        key=f"{part}_{asked}",
        height=None if len(frame) < 12 else 400,
    )
    if place is not None and PARTS[part].source:
        open_page("reference_data", **{"part": part, part: int(frame[key].iloc[place])})
    for row in PARTS[part].rows(frame[frame[key] == asked]) if PARTS[part].source else ():
        show_row(notice_id, part, row)


def show_row(notice_id: int, part: str, row: Any) -> None:
    """One area, measure or indicator."""
    title = row.name if part == "indicator" else row.title
    st.subheader(plain(title), anchor=False)
    row_forms(reads, by, notice_id, part, row)


def show(notice_id: int) -> None:
    """The page for a notice."""
    heading(translate("page.reference_data"), checked_sentence(reads, notice_id))
    notices = reads.common(notices_frame)
    for notice in notices[notices["notice_id"] == notice_id].itertuples():
        st.markdown(notice_line(notice))
    counts = {name: len(frame_of(reads, notice_id, name)) for name in PARTS}
    named = {name: translate(f"reference_page.part.{name}", count=counts[name]) for name in PARTS}
    part = switch("part", {**named, "place": translate("reference_page.part.place")})
    if part == "place":
        places(reads, by)
    else:
        show_list(notice_id, part)
    if part == "indicator":
        with st.expander(translate("reference_page.new_indicator")):
            new_indicator_form(reads, by, notice_id)
    rules = (translate("reference_page.rule_mark"), translate("reference_page.rule_project"))
    foot(translate("reference_page.source"), day(reads.today), *rules)


if notice_id is None:
    heading(translate("page.reference_data"))
    empty(translate("reference_page.empty"))
else:
    show(notice_id)
