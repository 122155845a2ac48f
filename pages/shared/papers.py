"""The buttons that fetch a paper, as Word and as PDF."""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from pages.shared.navigation import address
from pages.shared.wording import translate


def paper_links(
    label: str,
    name: str,
    query: Mapping[str, object],
    *,
    look: Literal["primary", "secondary", "tertiary"] = "secondary",
    told: str | None = None,
) -> None:
    """The Word file under its label, and the same as PDF beside it; `told` is shown by pointing at either."""
    asked = urlencode(address(**query))
    with st.container(horizontal=True, width="content", gap="small"):
        st.link_button(label, f"/{name}.docx?{asked}", icon=":material/download:", type=look, help=told)
        st.link_button(
            translate("paper.pdf"),
            f"/{name}.pdf?{asked}",
            icon=":material/picture_as_pdf:",
            type="secondary" if look == "primary" else look,
            help=told,
        )
