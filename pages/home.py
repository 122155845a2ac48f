"""The desk: what needs this officer now, each a click from where it is done, and how the work stands."""

import streamlit as st

from pages.parts.figures.extract import Extract, headline_of, unit_figures
from pages.parts.figures.headline import headline_figures, progress_sentence
from pages.parts.home.views import desk_sentence, news, tasks_to_report, waiting_for, waiting_list
from pages.parts.remits.whose import narrowed_reads
from pages.parts.support.list import supported_tasks
from pages.shared.access import no_role, require
from pages.shared.choices import begun_periods, choice_of, named_of, notice_address, notice_names
from pages.shared.components import heading
from pages.shared.navigation import NOTICE, PAGES, page_link
from pages.shared.reads import reads_for
from pages.shared.wording import translate
from tracking.permissions import Right, may

by = require("home")
reads = reads_for(by)
top = st.container()
lines = waiting_for(narrowed_reads(by, reads), by)
# The desk is that of all notices.
st.query_params.pop(NOTICE, None)


def show_progress(notice_id: int) -> None:
    """Overall progress under a notice, for those who may see it, in one sentence; figures too if it is the only one."""
    periods = begun_periods(reads, notice_id)
    if periods.empty:
        return
    newest = int(periods["period_id"].iloc[0])
    extract = Extract(choice_of(periods, notice_id, newest, reads.today))
    head, units = reads.made(headline_of, extract), reads.made(unit_figures, extract)
    st.header(named_of(reads, translate("desk.progress"), notice_id), anchor=False)
    st.markdown(progress_sentence(head, extract, units))
    if head.tasks and len(notice_names(reads)) == 1:
        headline_figures(head, extract)
    page_link("overview", translate("desk.to_overview"), **notice_address(reads, notice_id))


def show_pages() -> None:
    """Links for administrators, whose pages do not concern progress."""
    st.header(translate("desk.pages"), anchor=False)
    for page in PAGES.values():
        if page.rights and page.open_to(by):
            page_link(page.name, translate(page.title))


with top:
    heading(translate("page.home"), desk_sentence(by, lines) if by.roles else no_role())
waiting_list(reads, lines)
if may(by, Right.REPORT_PROGRESS):
    tasks_to_report(reads, by)
supported_tasks(by, reads)
news(reads, by)
if not may(by, Right.VIEW_PROGRESS):
    show_pages()
else:
    for notice_id in notice_names(reads):
        show_progress(notice_id)
