"""A page that comes back to a server which may be another one than it was drawn by."""

import streamlit as st

from pages.shared.wording import translate

# Told by the server: buttons that were clicked on a page of another process and are not on this one.
NOT_DONE = "clicks_not_done"
# Seconds; the longest that browsers time is 24 days.
SELDOM = 86_400


def say_what_was_not_done() -> None:
    """That a click came to nothing, once."""
    if st.session_state.pop(NOT_DONE, None):
        st.warning(translate("page.click_not_done"))


@st.fragment(run_every=SELDOM)
def run_whole_when_back() -> None:
    """Nothing to see: a browser that reconnects asks by itself for a whole run where something runs now and then."""
