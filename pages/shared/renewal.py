"""That figures for other thresholds are being made, and how far they are."""

import streamlit as st

from db.figures.renewal import percent_made, rule_to_come
from db.store import Store
from pages.shared.navigation import Group, Page
from pages.shared.reads import Reads
from pages.shared.wording import translate

# Seconds.
LOOKED_AT_EVERY = 2


def renewal_note(reads: Reads, page: Page) -> None:
    """A line above figures and lights while they are still those of the former thresholds."""
    shows_lights = page.group is not Group.SYSTEM or page.name == "thresholds"
    if shows_lights and reads.common(rule_to_come):
        _while_made(reads.store)


@st.fragment(run_every=LOOKED_AT_EVERY)
def _while_made(store: Store) -> None:
    if rule_to_come(store) is None:
        st.rerun()
    percent = percent_made(store)
    with st.container(key="renewal"):
        if percent is None:
            st.markdown(translate("renewal.begun"))
        else:
            st.markdown(translate("renewal.made", percent=percent))
