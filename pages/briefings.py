"""The briefings: what the working group has issued, what is being drafted, and one with the figures it was made of."""

from typing import Any

import streamlit as st

from db.briefings.queries import briefings_frame
from db.store import NotFound
from pages.parts.briefings.form import draft_form
from pages.parts.briefings.list import briefings_sentence, word_briefings
from pages.parts.briefings.sheet import show_briefing
from pages.shared.access import require
from pages.shared.choices import begun_periods, chosen_notice, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, pick, with_all
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, translate
from tracking.permissions import Right, may
from tracking.vocabulary import BriefingKind, BriefingStatus

by = require("briefings")
reads = reads_for(by)
drafts = may(by, Right.ISSUE_BRIEFING)
COLUMNS = (
    "briefing_title",
    "briefing_place",
    "period",
    "briefing_state",
    "briefing_version",
    "briefing_at",
    "briefing_by",
)


def show_list(notice_id: int) -> None:
    """The readable briefings, filtered; a click opens one. Authors draft new ones here."""
    top = st.container()
    found = reads.scoped(briefings_frame, drafts=drafts, notice_id=notice_id, **chosen(notice_id))
    with top:
        heading(translate("page.briefings"), briefings_sentence(reads, notice_id, drafts=drafts))
    if drafts:
        draft_form(reads, by, notice_id)
    if found.empty:
        empty(translate("briefings_page.none"))
        return
    st.caption(translate("briefings_page.click"))
    place = table(word_briefings(found), *COLUMNS, key="briefings")
    if place is not None:
        open_page("briefings", briefing=int(found["briefing_id"].iloc[place]))


def chosen(notice_id: int) -> dict[str, Any]:
    """The filter of the list: kind, period and, if there are drafts, state."""
    kind, period, *state = notice_bar(reads, 3 if drafts else 2)
    narrowed: dict[str, Any] = {}
    with kind:
        kinds = {word: translate(f"briefing_kind.{word}") for word in BriefingKind}
        narrowed["kind"] = pick("briefing_kind", with_all(kinds, "briefing_kind"))
    with period:
        periods = begun_periods(reads, notice_id)
        names = dict(zip(periods["period_id"].tolist(), periods["name"], strict=True))
        narrowed["period_id"] = pick("period", with_all(names, "period"))
    for place in state:
        with place:
            states = {word: translate(f"briefing_status.{word}") for word in BriefingStatus}
            narrowed["status"] = pick("state", with_all(states, "state"))
    return narrowed


def show() -> None:
    """One briefing, or the list. Raises `NotFound`."""
    notice_id = chosen_notice(reads)
    briefing_id = asked_number("briefing")
    if notice_id is None:
        heading(translate("page.briefings"))
        empty(translate("briefings_page.none"))
    elif briefing_id:
        show_briefing(reads, by, briefing_id, asked_number("version"), drafts=drafts)
    else:
        show_list(notice_id)


try:
    show()
except NotFound:
    heading(translate("page.briefings"))
    empty(translate("store.not_found"), page="briefings", label=translate("briefings_page.back"))
rules = (translate(f"briefings_page.rule_{name}") for name in ("pace", "versions"))
foot(translate("briefings_page.source"), day(reads.today), *rules)
