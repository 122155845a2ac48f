"""Whom a notice addresses: how many units and which, and the form that says so from a day on."""

from datetime import date

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.reference.addressed import list_of, planned
from db.reference.addressing import address
from db.reference.queries import units_frame
from db.reference.rows import UnitRow
from db.typed_rows import rows_as
from pages.parts.reference.catalogue import notice_row
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import plain, translate
from tracking.hierarchy import UNIT_KINDS
from tracking.vocabulary import AuthorityKind


def addressed_view(reads: Reads, by: SignedIn, notice_id: int) -> None:
    """The units that report under a notice today, and the form to change that."""
    units = reads.common(units_frame, notice_id=notice_id)
    units = units[units["reports"]]
    listed = reads.common(list_of, notice_id=notice_id, on=reads.today)
    key = "addressed.sentence_listed" if listed else "addressed.sentence_all"
    st.markdown(translate(key, count=len(units)))
    words = [translate(f"authority_kind.{kind}") for kind in units["kind"]]
    shown = units.assign(authority_name=units["name"], authority_kind=words)
    height = None if len(shown) < 12 else 360
    table(shown, "code", "authority_name", "authority_kind", key=f"addressed_{notice_id}", height=height)
    with st.expander(translate("addressed.change"), expanded=not listed):
        _form(reads, by, notice_id, listed)


def _form(
    reads: Reads, by: SignedIn, notice_id: int, listed: list[tuple[AuthorityKind | None, int | None]]
) -> None:
    form = small_form(f"address_{notice_id}")
    st.caption(translate("addressed.note"))
    units = reads.common(units_frame)
    kinds = {kind: translate(f"authority_kind.{kind}") for kind in UNIT_KINDS if kind in set(units["kind"])}
    kinds.pop(AuthorityKind.NOT_COVERED, None)
    names = {row.unit_id: plain(row.name) for row in rows_as(UnitRow, units[units["reports"]])}
    chosen = form.several("kinds", translate("addressed.kinds"), kinds, [kind for kind, _ in listed if kind])
    one_by_one = form.several(
        "authority_ids", translate("addressed.units"), names, [unit for _, unit in listed if unit]
    )
    form.save(
        translate("addressed.save"),
        address,
        done=translate("addressed.saved"),
        primary=True,
        by=by,
        notice_id=notice_id,
        kinds=chosen,
        authority_ids=one_by_one,
        starts_on=form.day("starts_on", translate("addressed.starts_on"), _first(reads, notice_id)),
        reason=form.text("reason", translate("addressed.reason")),
    )


def _first(reads: Reads, notice_id: int) -> date:
    """The day that the form offers: that of the notice, or today once anybody has planned under it."""
    issued_on = notice_row(reads, notice_id).issued_on
    open_still = pd.notna(issued_on) and not reads.common(planned, notice_id=notice_id)
    return issued_on if open_still else reads.today
