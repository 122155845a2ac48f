"""The vintage a page shows: read from the address, chosen in the bar, stated above the figures."""

from collections.abc import Iterable
from concurrent.futures import wait
from datetime import date, datetime, timedelta

import streamlit as st

from db import clock
from db.figures.past_days import past_days
from db.store import Store
from pages.shared.filters import asked, asked_day, pick_day, switch
from pages.shared.navigation import VINTAGE
from pages.shared.wording import day, moment, translate
from tracking.figures.vintages import Vintage

AS_OF, FIGURES = VINTAGE
PUBLISHED, CORRECTED = "published", "corrected"
# Seconds.
LOOKED_AT_EVERY = 0.3


def asked_past_day() -> date | None:
    """The past day in the address; None for today."""
    return asked_day(AS_OF, latest=_yesterday())


def bring_back(store: Store, said: str, *, notice_id: int, year: int, days: Iterable[date]) -> None:
    """Wait for the figures of days that are over, saying what is done; others' pages run on."""
    waited_for = past_days(store, notice_id=notice_id, year=year, days=days)
    if not waited_for:
        return
    with st.spinner(said):
        place = st.empty()
        while wait(waited_for, LOOKED_AT_EVERY).not_done:
            place.empty()  # whoever has gone on to something else is let go here
    for done in waited_for:
        done.result()


def _yesterday() -> date:
    return clock.today() - timedelta(1)


def vintage_of(known_on: date | None, *, frozen: bool) -> Vintage:
    """The vintage in the address, for a period that is frozen or not."""
    return Vintage(known_on, published=known_on is None and frozen and asked(FIGURES) == PUBLISHED)


def pick_vintage(vintage: Vintage, frozen_at: datetime | None = None, corrections: int = 0) -> None:
    """The vintage control: a past day or, for a frozen period, the published figures.

    `corrections` is how many there are between the published and the newest figures.
    """
    label = (
        day(vintage.known_on)
        if vintage.known_on
        else translate("vintage.published" if vintage.published else "vintage.newest")
    )
    with st.popover(label, icon=":material/history:", width="stretch", help=translate("vintage.help")):
        pick_day(AS_OF, latest=_yesterday())
        st.caption(translate("vintage.day_note"))
        if frozen_at is not None and vintage.known_on is None:
            st.caption(translate("vintage.frozen", at=moment(frozen_at), count=corrections))
            switch(FIGURES, {word: translate(f"vintage.{word}") for word in (CORRECTED, PUBLISHED)})


def vintage_note(vintage: Vintage) -> None:
    """Which figures are shown, if not the newest, and a link back to those."""
    if vintage.known_on is None and not vintage.published:
        return
    key = "vintage.shows_published" if vintage.published else "vintage.shows_day"
    with st.container(key="vintage", horizontal=True, vertical_alignment="center"):
        st.markdown(translate(key, day=day(vintage.known_on)))
        st.button(translate("vintage.back"), type="tertiary", icon=":material/undo:", on_click=_back)


def address_of(vintage: Vintage) -> dict[str, object]:
    """A vintage as query values."""
    return {AS_OF: vintage.known_on, FIGURES: PUBLISHED if vintage.published else None}


def _back() -> None:
    for word in VINTAGE:
        st.query_params.pop(word, None)
