"""Evidence as a list names it."""

import streamlit as st

from db.tables import EvidenceFile
from pages.shared.wording import plain, translate
from tracking.evidence import LINK


def show_file(file: EvidenceFile) -> None:
    """A file's name, linked to its content; of a page on the web its address, linked to it."""
    size = translate("evidence.kilobytes", size=f"{max(file.size // 1024, 1):,}")
    if file.media_type == LINK:
        size = translate("evidence.link")
    st.markdown(f"[{plain(file.name)}](/evidence/{file.id})　:gray[{size}]", width="content")
