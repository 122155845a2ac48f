"""Handing posts over: what goes with a post, the act itself, the sheet to print and sign, and the record of all."""

import streamlit as st

from db.handovers.queries import (
    HandoverFilter,
    handing_authorities,
    handover_counts,
    handovers_frame,
)
from db.officers.rows import PostRow
from db.store import NotFound
from db.typed_rows import rows_as
from pages.parts.handovers.form import hand_over
from pages.parts.handovers.sheet import acts, sheet, sheet_of, sheet_sentence
from pages.parts.handovers.wording import PAGE_ROWS, pages_of, post_names, posts_of, state_names
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, pick_page, switch, with_all
from pages.shared.navigation import open_page, page_link
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, translate
from tracking.messages import refusal
from tracking.permissions import Right, check
from tracking.vocabulary import HandoverState

by = require("handover")
reads = reads_for(by)
registers = by.authority_id and not refusal(check, by, Right.REGISTER_APPOINTMENTS, by.authority_id)
rules = tuple(translate(f"handover_page.{name}") for name in ("rule_moves", "rule_dates", "rule_listing"))


def show_sheet(handover_id: int) -> None:
    """One handover: its sheet, and the actions still possible. Raises `NotFound`."""
    found = sheet_of(reads, handover_id)
    heading(translate("handover_sheet.title"), sheet_sentence(found))
    acts(reads, by, found)
    sheet(reads, found)
    page_link("handover", translate("handover_page.back"))


def show_all() -> None:
    """The form on top, for those with the right, and the record of all handovers below."""
    counts = reads.scoped(handover_counts)
    total = sum(counts.values())
    told = {str(state): count for state, count in counts.items()}
    heading(
        translate("page.handover"), translate("handover_page.sentence", total=total, **told) if total else ""
    )
    if registers:
        show_form()
    if not total:
        empty(translate("handover_page.empty" if registers else "handover_page.empty_reader"))
        return
    if registers:
        st.header(translate("handover_page.list"), anchor=False)
    show_list()


def show_form() -> None:
    """The post to hand over, chosen in the address, with everything that goes with it."""
    posts = posts_of(reads, by)
    st.header(translate("handover_page.hand_over"), anchor=False)
    [place] = filter_bar(1)
    with place:
        post_id = pick("post", {None: translate("handover_page.choose_post"), **post_names(posts)})
    for post in rows_as(PostRow, posts[posts["post_id"] == post_id]):
        hand_over(reads, by, post)


def show_list() -> None:
    """The handovers, latest day first; a click opens the sheet."""
    names = reads.scoped(handing_authorities)
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    authority_id = None
    if len(names) > 1:
        with right:
            authority_id = pick("authority", with_all(names, "authority"))
    counts = reads.scoped(handover_counts, authority_id=authority_id)
    with left:
        view = switch("state", state_names(counts))
    where = HandoverFilter(authority_id=authority_id, state=HandoverState(view) if view in counts else None)
    page = pick_page(pages_of(counts, where.state))
    shown = reads.scoped(handovers_frame, where=where, page=page, page_size=PAGE_ROWS).rename(
        columns={"tasks": "handed_tasks"}
    )
    if shown.empty:
        empty(translate("handover_page.none_match"))
        return
    st.caption(translate("handover_page.click"))
    place = table(
        shown,
        *("effective_on", "authority_name", "post_title", "outgoing_name", "incoming_name", "handed_tasks"),
        "handover_state",
        key=f"handovers_{authority_id}_{view}_{page}",
    )
    if place is not None:
        open_page("handover", handover=shown["handover_id"].iloc[place])


asked_for = asked_number("handover")
try:
    if asked_for is None:
        show_all()
    else:
        show_sheet(asked_for)
except NotFound:
    heading(translate("page.handover"))
    empty(translate("handover_page.unknown"), page="handover", label=translate("handover_page.back"))
foot(translate("handover_page.source"), day(reads.today), *rules)
