"""The place of an entry of the catalogue among its like, and until when it is offered."""

from typing import Any

import streamlit as st

from db.identity import SignedIn
from db.reference.parts import PARTS, move_part, restore_part, retire_part
from pages.parts.reference.catalogue import VIEWS, frame_of
from pages.shared.forms import small_form
from pages.shared.reads import Reads
from pages.shared.wording import day, translate
from tracking.vocabulary import CataloguePart


def life_forms(reads: Reads, by: SignedIn, notice_id: int, part: CataloguePart, row: Any) -> None:
    """Both, side by side behind one click."""
    asked = {"by": by, "part": part, "part_id": getattr(row, VIEWS[part].key)}
    with st.expander(translate("reference_page.life")):
        left, right = st.columns(2, gap="large")
        with left:
            _move(reads, notice_id, row, asked)
        with right:
            _end(reads, row, asked)


def _move(reads: Reads, notice_id: int, row: Any, asked: dict[str, Any]) -> None:
    part, within = asked["part"], PARTS[asked["part"]].within
    frame = frame_of(reads, notice_id, part)
    if within in frame:
        frame = frame[frame[within] == getattr(row, within)]
    numbers = {number: str(number) for number in frame["number"].tolist()}
    form = small_form(f"move_{part}_{asked['part_id']}")
    st.caption(translate("reference_page.move_note"))
    number = form.choice("number", translate("reference_page.number"), numbers, row.number)
    done = translate("reference_page.moved")
    form.save(translate("reference_page.move"), move_part, done=done, number=number, **asked)


def _end(reads: Reads, row: Any, asked: dict[str, Any]) -> None:
    form = small_form(f"retire_{asked['part']}_{asked['part_id']}")
    if row.retired_on:
        st.caption(translate("reference_page.retired", day=day(row.retired_on)))
        done = translate("reference_page.restored")
        form.save(translate("reference_page.restore"), restore_part, done=done, **asked)
        return
    st.caption(translate("reference_page.retire_note"))
    label = translate("reference_page.retired_on")
    retired_on = form.day("retired_on", label, reads.today, min_value=reads.today)
    reason = form.text("reason", translate("reference_page.reason"))
    form.save(
        translate("reference_page.retire"),
        retire_part,
        done=translate("reference_page.retired_done"),
        retired_on=retired_on,
        reason=reason,
        **asked,
    )
