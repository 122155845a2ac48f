"""One authority: what it is, its earlier names and places, and what can be done with it."""

import streamlit as st

from db.hierarchy.queries import names_frame, places_frame
from db.hierarchy.rows import AuthorityRow
from db.identity import SignedIn
from pages.parts.hierarchy.changing import list_form, move_form, rename_form
from pages.parts.hierarchy.ending import dissolve_form, merge_form, withdraw_form
from pages.parts.hierarchy.founding import split_form
from pages.parts.hierarchy.list import state_of
from pages.shared.reads import Reads
from pages.shared.tables import plain_table
from pages.shared.wording import plain, translate


def show_authority(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    """Its facts and its past beside the forms that change it."""
    st.subheader(plain(row.authority_name), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _facts(reads, row)
        _past(reads, row)
    with right:
        if row.dissolved_on is None:
            _forms(reads, by, row)
        elif row.dissolved_on >= reads.today:
            withdraw_form(by, row)
        else:
            st.caption(translate("hierarchy.gone_note"))


def _facts(reads: Reads, row: AuthorityRow) -> None:
    none = translate("hierarchy.none")
    tile = (row.tile_row, row.tile_col)
    facts = {
        "code": plain(row.code),
        "short_name": plain(row.short_name),
        "kind": translate(f"authority_kind.{row.kind}"),
        "region": plain(row.region_seven or none),
        "order": none if row.official_order is None else str(row.official_order),
        "tile": none if None in tile else translate("hierarchy.tile", row=str(tile[0]), column=str(tile[1])),
        "state": state_of(row, reads.today),
    }
    st.markdown(translate("hierarchy.facts", **facts))


def _past(reads: Reads, row: AuthorityRow) -> None:
    names = reads.common(names_frame, authority_id=row.authority_id)
    if not names.empty:
        st.markdown(f"**{translate('hierarchy.names')}**")
        kinds = [translate(f"authority_kind.{kind}") for kind in names["kind"]]
        shown = names.assign(authority_name=names["name"], authority_kind=kinds)
        plain_table(shown, "authority_name", "short_name", "authority_kind", "in_force_on")
    places = reads.common(places_frame, authority_id=row.authority_id)
    if not places.empty:
        st.markdown(f"**{translate('hierarchy.history')}**")
        plain_table(places, "relation", "parent_name", "in_force_on", "ended_on")


def _forms(reads: Reads, by: SignedIn, row: AuthorityRow) -> None:
    parts = {"rename": rename_form, "move": move_form, "place": list_form, "split": split_form}
    parts |= {"merge": merge_form, "dissolve": dissolve_form}
    if row.parent_id is None:
        parts.pop("move")
    for name, form in parts.items():
        with st.expander(translate(f"hierarchy.{name}_title")):
            st.caption(translate(f"hierarchy.{name}_note"))
            form(reads, by, row)
