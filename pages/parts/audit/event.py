"""One audit event, and a link to what it concerns."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.audit.wording import BUSINESS, action_words, detail_lines, numbered_subject, who_words
from pages.shared.navigation import open_page
from pages.shared.wording import moment, plain, translate

# As many as fit on a screen without scrolling.
PAGE_ROWS = 10


def show_event(event: Any) -> None:
    """One event (a row of `audit_frame`) in words."""
    with st.container(border=True):
        action = action_words(event.action)
        st.markdown(f"**{translate('audit_page.event', number=event.number, action=plain(action))}**")
        who, when = plain(who_words(event)), moment(event.happened_at)
        st.markdown(translate("audit_page.who", when=when, who=who, action=plain(action)))
        lines = [translate("audit_page.about", subject=plain(numbered_subject(event)))]
        if pd.notna(event.authority_id):
            lines.append(translate("audit_page.of_authority", name=plain(event.authority_name)))
        lines += detail_lines(event)
        st.markdown("\n".join(f"- {line}" for line in lines))
        if event.subject in BUSINESS:
            st.caption(translate("audit_page.business"))
        if pd.notna(event.subject_id) and st.button(translate("audit_page.same_subject")):
            open_page("audit", subject=event.subject, subject_id=event.subject_id)
