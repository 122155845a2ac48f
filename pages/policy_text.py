"""The notice's text, article by article, each measure linked to its passage; entered and kept by version."""

import streamlit as st

from pages.parts.reference.catalogue import notice_line
from pages.parts.reference.text import keep_forms, pick_version, show_articles, text_sentence
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar
from pages.shared.components import empty, foot, heading
from pages.shared.reads import reads_for
from pages.shared.wording import day, translate
from tracking.permissions import Right, may

by = require("policy_text")
reads = reads_for(by)
notice_id = chosen_notice(reads)
top = st.container()


def show(notice_id: int) -> None:
    """The page for a notice."""
    notice_bar(reads, 0)
    text = pick_version(reads, notice_id)
    with top:
        sentence = "" if text is None else text_sentence(reads, notice_id, text)
        heading(translate("page.policy_text"), sentence)
        st.markdown(notice_line(reads, notice_id))
    if text is None:
        empty(translate("text_page.none"))
    else:
        show_articles(reads, notice_id, text, leads=may(by, Right.VIEW_PROGRESS))
    if may(by, Right.MANAGE_REFERENCE_DATA):
        keep_forms(reads, by, notice_id, text)
    rules = (translate(f"text_page.rule_{name}") for name in ("summary", "version", "link"))
    foot(translate("text_page.source"), day(reads.today), *rules)


if notice_id is None:
    with top:
        heading(translate("page.policy_text"))
    empty(translate("reference_page.empty"))
else:
    show(notice_id)
