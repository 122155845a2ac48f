"""The desk: what needs this officer now, each a click from where it is done, and how the work stands."""

import streamlit as st

from pages.parts.figures.extract import Extract, headline_of, unit_figures
from pages.parts.figures.headline import headline_figures, progress_sentence
from pages.parts.home.views import desk_sentence, news, tasks_to_report, waiting_for, waiting_list
from pages.parts.support.list import supported_tasks
from pages.shared.access import no_role, require
from pages.shared.choices import begun_periods, choice_of, chosen_notice
from pages.shared.components import heading
from pages.shared.navigation import PAGES, page_link
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.permissions import Right, may

by = require("home")
reads = reads_for(by)
lines = waiting_for(reads, by)
notice_id = chosen_notice(reads)


def show_progress(notice_id: int) -> None:
    """Overall progress, for those who may see it, in one sentence and a few figures."""
    periods = begun_periods(reads, notice_id)
    if periods.empty:
        return
    newest = int(periods["period_id"].iloc[0])
    extract = Extract(choice_of(periods, notice_id, newest, reads.today))
    head, units = reads.made(headline_of, extract), reads.made(unit_figures, extract)
    st.header(translate("desk.progress"), anchor=False)
    st.markdown(progress_sentence(head, extract, units))
    if head.tasks:
        headline_figures(head, extract)
    page_link("overview", translate("desk.to_overview"))


def show_pages() -> None:
    """Links for administrators, whose pages do not concern progress."""
    st.header(translate("desk.pages"), anchor=False)
    for page in PAGES.values():
        if page.rights and page.open_to(by):
            page_link(page.name, translate(page.title))


heading(translate("page.home"), desk_sentence(by, lines) if by.roles else no_role())
waiting_list(lines)
if may(by, Right.REPORT_PROGRESS):
    tasks_to_report(reads, by)
supported_tasks(by, reads)
news(reads, by)
if not may(by, Right.VIEW_PROGRESS):
    show_pages()
elif notice_id is not None:
    show_progress(notice_id)
