"""Who reports under whom, and the form that moves an authority from a given day."""

from typing import Any

import streamlit as st

from db.hierarchy.actions import LIMITS, move_authority
from db.hierarchy.queries import parents_frame, placements_frame, places_frame
from db.identity import SignedIn
from pages.shared.components import empty
from pages.shared.filters import asked_number, search
from pages.shared.forms import small_form
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import plain, translate

_COLUMNS = ("code", "authority_name", "relation", "parent_name", "in_force_on")


def places(reads: Reads, by: SignedIn) -> None:
    """The list, searched by name or code; a click opens one authority."""
    text = search("who")
    found = reads.common(placements_frame, text=text)
    if found.empty:
        empty(translate("hierarchy.nothing"))
        return
    st.caption(translate("hierarchy.note"))
    asked = asked_number("place")
    place = table(found, *_COLUMNS, key=f"places_{asked}_{text}", height=None if len(found) < 12 else 400)
    if place is not None:
        opened = int(found["authority_id"].iloc[place])
        open_page("reference_data", part="place", place=opened, who=text)
    for row in found[found["authority_id"] == asked].itertuples():
        _place(reads, by, row)


def _place(reads: Reads, by: SignedIn, row: Any) -> None:
    st.subheader(plain(row.authority_name), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{translate('hierarchy.change')}**")
        _move(reads, by, row)
    with right:
        st.markdown(f"**{translate('hierarchy.history')}**")
        history = reads.common(places_frame, authority_id=int(row.authority_id))
        plain_table(history, "relation", "parent_name", "in_force_on", "ended_on")


def _move(reads: Reads, by: SignedIn, row: Any) -> None:
    form = small_form(f"move_{row.authority_id}")
    parents = reads.common(parents_frame, kind=row.kind, relation=row.relation)
    names = {parent.authority_id: plain(parent.name) for parent in parents.itertuples()}
    parent_id = form.choice("parent_id", translate("hierarchy.new_parent"), names, row.parent_id)
    starts_on = form.day("starts_on", translate("hierarchy.starts_on"), reads.today, min_value=reads.today)
    reason = form.text("reason", translate("hierarchy.reason"), max_chars=LIMITS["reason"])
    form.save(
        translate("hierarchy.change"),
        move_authority,
        done=translate("hierarchy.done"),
        consequence=translate("hierarchy.consequence"),
        by=by,
        authority_id=int(row.authority_id),
        parent_id=parent_id,
        starts_on=starts_on,
        reason=reason,
    )
