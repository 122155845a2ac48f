"""Handing over a post: everything that moves with it is shown first, then who and when."""

from typing import Any

import pandas as pd
import streamlit as st

from db.handovers.actions import LIMITS, hand_over_post
from db.handovers.items import open_lines
from db.handovers.queries import HandoverFilter, handovers_frame
from db.identity import SignedIn
from db.officers.queries import officers_of
from db.officers.rows import OfficerRow, PostRow
from db.typed_rows import rows_as
from pages.parts.handovers.wording import kinds_sentence, lines_frame
from pages.parts.officers.forms import new_person, plain_option
from pages.shared.components import empty
from pages.shared.forms import small_form
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import day, plain, translate
from tracking.handovers.state import HandoverLine
from tracking.vocabulary import HandoverState

HEIGHT = 420


def hand_over(reads: Reads, by: SignedIn, post: PostRow) -> None:
    """The preview beside the form, for a row of `posts_frame`; or why the post cannot be handed over."""
    if pd.isna(post.officer_id) and pd.isna(post.vacant_days):
        empty(
            translate("handover_page.nobody_yet"),
            page="officers",
            label=translate("handover_page.to_officers"),
        )
        return
    latest = reads.scoped(handovers_frame, where=HandoverFilter(post_id=int(post.post_id)))
    lines = reads.scoped(open_lines, post_id=int(post.post_id))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _preview(post, lines)
    with right:
        pending = latest[latest["handover_state"] == HandoverState.TO_COME]
        for row in pending.head(1).itertuples():
            _pending(row)
        if pending.empty:
            _form(reads, by, post, len(lines))
        for row in latest[latest["handover_state"] == HandoverState.IN_EFFECT].head(1).itertuples():
            page_link("handover", translate("handover_page.to_sheet"), handover=row.handover_id)


def _preview(post: PostRow, lines: list[HandoverLine]) -> None:
    title = plain(post.post_title)
    if not lines:
        st.markdown(translate("handover_page.preview_nothing", post=title))
        return
    st.markdown(translate("handover_page.preview", post=title, items=kinds_sentence(lines)))
    plain_table(lines_frame(lines), "kind", "number", "title", "state", "due_on")


def _pending(row: Any) -> None:
    name, effective_on = plain(row.incoming_name), day(row.effective_on)
    st.markdown(translate("handover_page.pending", day=effective_on, name=name))
    page_link("handover", translate("handover_page.to_sheet"), handover=row.handover_id)


def _form(reads: Reads, by: SignedIn, post: PostRow, items: int) -> None:
    form = small_form(f"hand_over_{post.post_id}")
    st.markdown(_outgoing(post))
    known = reads.scoped(officers_of, authority_id=int(post.authority_id))
    people: dict[int | None, str] = {
        row.officer_id: plain_option(row)
        for row in rows_as(OfficerRow, known)
        if row.officer_id != post.officer_id
    }
    options = {**people, None: translate("officers_page.new_person")}
    officer_id = form.choice("officer_id", translate("handover_sheet.incoming"), options)
    typed = new_person(form) if officer_id is None else {}
    effective_on = form.day("starts_on", translate("officers_page.effective_on"), reads.today)
    st.caption(translate("handover_page.dates_note"))
    note = form.area("note", translate("handover_page.note"), max_chars=LIMITS["note"])
    form.save(
        translate("handover_page.confirm"),
        hand_over_post,
        done=translate("handover_page.done"),
        consequence=translate("handover_page.consequence", post=plain(post.post_title), count=items),
        primary=True,
        by=by,
        post_id=int(post.post_id),
        effective_on=effective_on,
        officer_id=officer_id,
        note=note,
        **typed,
    )


def _outgoing(post: PostRow) -> str:
    if pd.isna(post.officer_id):
        return translate("handover_page.outgoing_vacant", since=day(post.vacant_since_on))
    return translate("handover_page.outgoing", name=plain(post.officer_name), since=day(post.since_on))
