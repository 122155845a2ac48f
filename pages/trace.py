"""The trace: what a figure is made of, from the nation down to the update behind one task, and who wrote it."""

import streamlit as st

from db.store import NotFound
from pages.parts.traces.task import task_trace_sheet
from pages.parts.traces.views import Traced, a_page_of, asked_trace, missing_tasks, pick_figure, trace_of
from pages.parts.traces.wording import columns_of, formula, path, trace_sentence
from pages.shared.access import require
from pages.shared.choices import notice_bar, pick_figures, pick_period
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.filters import asked_number
from pages.shared.navigation import open_page
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.wording import day, translate
from tracking.traces import Trace

by = require("trace")
reads = reads_for(by, asked_past_day())
top = st.container()


def chosen() -> Traced | None:
    """The figure in the address, None before any period has begun."""
    period, figure, vintage = notice_bar(reads, 3)
    with period:
        choice = pick_period(reads)
    if choice is None:
        return None
    with figure:
        word = pick_figure()
    with vintage:
        pick_figures(reads, choice)
    return asked_trace(reads, choice, word)


def show(traced: Traced) -> None:
    """A figure over units, measures or tasks, or one task."""
    vintage_note(traced.extract.choice.vintage)
    task_id = asked_number("task")
    if task_id is not None:
        with top:
            heading(translate("page.trace"))
        task_trace_sheet(reads, traced, task_id)
        return
    trace = reads.made(trace_of, traced)
    with top:
        heading(translate("page.trace"), trace_sentence(reads, traced, trace))
    path(reads, traced)
    if trace.rows.empty:
        empty(translate("trace.empty"))
        return
    with st.container(border=True, key="formula"):
        st.markdown(formula(traced, trace))
    show_parts(traced, trace)


def show_parts(traced: Traced, trace: Trace) -> None:
    """The parts, paged; a click goes one level down."""
    first, rows = a_page_of(trace.rows)
    kind, key, names = columns_of(traced)
    st.header(translate(f"trace.parts.{kind}", count=len(trace.rows)), anchor=False)
    place = table(rows, *names, key=f"parts_{kind}_{first}")
    if place is not None:
        open_page("trace", **traced.address(**{kind: int(rows[key].iloc[place])}))
    if kind == "task" and (missing := missing_tasks(reads, traced.extract, trace)):
        st.caption(translate("trace.missing", tasks=missing))


traced = chosen()
if traced:
    try:
        show(traced)
    except NotFound:
        with top:
            heading(translate("page.trace"))
        empty(translate("page.unknown"), page="overview", label=translate("page.overview"))
    rules = [
        translate("rule.unit"),
        translate("rule.nation"),
        translate("rule.completion"),
        translate("rule.expected"),
        translate("rule.light"),
    ]
    foot(translate("page.source_accepted"), day(traced.extract.choice.as_of), *rules)
else:
    with top:
        heading(translate("page.trace"))
    no_period(by)
