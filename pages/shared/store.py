"""The pages' one open store."""

import streamlit as st

from db.store import Store, open_store


@st.cache_resource(show_spinner=False)
def the_store() -> Store:
    """The store, opened once for the whole process."""
    return open_store()
