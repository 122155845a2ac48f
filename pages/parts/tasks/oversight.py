"""Oversight of one task: its urging slips and difficulties, each linked to its page."""

import streamlit as st

from db.clock import day_of
from db.difficulties.queries import difficulties_frame
from db.identity import SignedIn
from db.urging.queries import slips_frame
from pages.parts.difficulties.list import word_difficulties as worded_difficulties
from pages.parts.urging.list import word_slips as worded_slips
from pages.shared.navigation import open_page, page_link
from pages.shared.reads import Reads
from pages.shared.tables import table
from pages.shared.wording import translate
from tracking.permissions import Right, may


def task_oversight(reads: Reads, by: SignedIn, task_id: int) -> None:
    """Today's slips and difficulties, and for members a way to urge."""
    _slips(reads, task_id)
    if may(by, Right.URGE):
        page_link("urging", translate("urging_page.issue_for_task"), show="candidates", task=task_id)
    _difficulties(reads, task_id)


def _slips(reads: Reads, task_id: int) -> None:
    slips = reads.scoped(slips_frame, task_id=task_id)
    if slips.empty:
        return
    st.header(translate("urging_page.history"), anchor=False)
    place = table(worded_slips(slips, reads.today), "slip", "answer_by", "slip_state", key="task_slips")
    if place is not None:
        open_page("urging", slip=int(slips["slip_id"].iloc[place]))


def _difficulties(reads: Reads, task_id: int) -> None:
    found = reads.scoped(difficulties_frame, task_id=task_id)
    if found.empty:
        return
    st.header(translate("difficulties_page.of_task"), anchor=False)
    shown = worded_difficulties(found, reads.today).assign(
        raised_on=[day_of(at) for at in found["raised_at"]]
    )
    place = table(shown, "raised_on", "description", "difficulty_state", key="task_difficulties")
    if place is not None:
        open_page("difficulties", difficulty=int(found["difficulty_id"].iloc[place]))
