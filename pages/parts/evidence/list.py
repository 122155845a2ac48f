"""Evidence as a list names it."""

import streamlit as st

from db.tables import EvidenceFile
from pages.shared.wording import plain, translate


def show_file(file: EvidenceFile) -> None:
    """A file's name, linked to its content."""
    size = translate("evidence.kilobytes", size=f"{max(file.size // 1024, 1):,}")
    st.markdown(f"[{plain(file.name)}](/evidence/{file.id})　:gray[{size}]", width="content")
