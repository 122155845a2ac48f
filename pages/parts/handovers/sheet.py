"""The sheet of one handover, read, printed and signed, and what can still be done with it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from db.handovers.actions import LIMITS, cancel_handover
from db.handovers.queries import HandoverSheet, handover_sheet
from db.identity import SignedIn
from pages.shared.forms import small_form
from pages.shared.papers import paper_links
from pages.shared.reads import Reads
from pages.shared.wording import day, language, plain, translate
from tracking.handovers.state import HandoverLine
from tracking.handovers.wording import COLUMNS, SIGNED_BY, cells, facts
from tracking.messages import refusal
from tracking.permissions import Right, check
from tracking.vocabulary import HandoverState


def sheet_of(reads: Reads, handover_id: int) -> HandoverSheet:
    """The sheet of a handover in reach. Raises `NotFound`."""
    return reads.scoped(handover_sheet, handover_id=handover_id)


def sheet_sentence(sheet: HandoverSheet) -> str:
    """Who hands what to whom and when, and how much of it is still open."""
    row = sheet.row
    return translate(
        "handover_sheet.sentence",
        authority=plain(row["authority_name"]),
        post=plain(row["post_title"]),
        outgoing=plain(row["outgoing_name"]),
        incoming=plain(row["incoming_name"]),
        effective_on=day(row["effective_on"]),
        state=translate(f"handover_state.{row['handover_state']}"),
        count=sum(line.listed for line in sheet.lines),
        open=sum(line.now is not None for line in sheet.lines),
    )


def acts(reads: Reads, by: SignedIn, sheet: HandoverSheet) -> None:
    """Downloading the sheet, and cancelling the handover until it takes effect."""
    row = sheet.row
    with st.container(horizontal=True, vertical_alignment="center", key="sheet_acts"):
        paper_links(translate("handover_page.word"), "handover", {"handover": row["handover_id"]})
        st.caption(translate("handover_page.print"))
    to_come = row["handover_state"] == HandoverState.TO_COME
    if to_come and not refusal(check, by, Right.REGISTER_APPOINTMENTS, row["authority_id"]):
        with st.container(key="sheet_cancel"), st.expander(translate("handover_page.cancel")):
            _cancel_form(reads, by, sheet)


def _cancel_form(reads: Reads, by: SignedIn, sheet: HandoverSheet) -> None:
    row = sheet.row
    form = small_form(f"cancel_{row['handover_id']}")
    reason = form.area("reason", translate("handover_page.reason"), max_chars=LIMITS["reason"])
    holds = pd.notna(row["outgoing_until_on"]) and row["outgoing_until_on"] >= reads.today
    key = "handover_page.cancel_consequence" if holds else "handover_page.cancel_vacant"
    values = {"name": plain(row["outgoing_name"])} if holds else {}
    form.save(
        translate("handover_page.cancel"),
        cancel_handover,
        done=translate("handover_page.cancel_done"),
        consequence=translate(key, **values),
        by=by,
        handover_id=int(row["handover_id"]),
        reason=reason,
    )


def sheet(reads: Reads, found: HandoverSheet) -> None:
    """The printed sheet: who, when, every item then and now, and the signature fields."""
    with st.container(key="handover_sheet"):
        with st.container(key="facts"):
            rows = [f"| {plain(name)} | {plain(value)} |" for name, value in facts(found.row, language())]
            st.markdown("\n".join(["| | |", "|---|---|", *rows]))
        st.markdown(f"**{translate('handover_sheet.items', day=day(reads.today))}**")
        st.markdown(_items(found.lines) if found.lines else translate("handover_sheet.nothing"))
        if not reads.scope.covers_own(int(found.row["authority_id"])):
            st.caption(translate("handover_page.not_shown"))
        st.markdown(translate("handover_sheet.confirmed"))
        _signatures()


def _items(lines: Sequence[HandoverLine]) -> str:
    """The items as Markdown, since a grid prints only what the screen shows."""
    header = " | ".join(translate(f"handover_sheet.{column}") for column in COLUMNS)
    rule = "|".join("---:" if column == "number" else "---" for column in COLUMNS)
    rows = [" | ".join(map(plain, cells(line, language()))) for line in lines]
    return "\n".join([f"| {header} |", f"|{rule}|", *(f"| {row} |" for row in rows)])


def _signatures() -> None:
    with st.container(key="signatures"):
        for place, name in zip(st.columns(len(SIGNED_BY)), SIGNED_BY, strict=True):
            place.markdown(translate(f"handover_sheet.{name}"))
            place.markdown(translate("handover_sheet.sign_date"))
