"""Owns the right half of the report page: one task with its place in the plan, and its form or what was reported."""

from collections.abc import Sequence

import streamlit as st

from db.queries.officers import posts_frame
from db.queries.progress import ReportItem
from pages.shared.choices import measure_names
from pages.shared.fillings import Filling
from pages.shared.reads import Reads
from pages.shared.report_editor import Desk, edit
from pages.shared.report_form import read_update
from pages.shared.report_list import OPEN_STAGES, stage_of
from pages.shared.update_compare import differences
from pages.shared.update_sheet import update_sheet
from pages.shared.words import day, lines, plain, t

EDITABLE = OPEN_STAGES | {"handed_over"}


def show_task(desk: Desk, following: int | None, *, notice_id: int, writable: bool) -> None:
    """The task, its form while it can be written, else what was reported."""
    item, stage = desk.item, stage_of(desk.item)
    with st.container(key="subject"):
        _head(desk, following, notice_id)
        st.caption(t(f"report.stage_help_{stage}"))
    if item.returned_because:
        st.warning(t("report.returned_because", reason=lines(item.returned_because)))
    if writable and stage in EDITABLE:
        edit(desk)
        return
    _show_unsaved(desk)
    if item.update:
        update_sheet(item, desk.indicators)


def _head(desk: Desk, following: int | None, notice_id: int) -> None:
    item, planned = desk.item, desk.item.planned.draft
    measure = measure_names(desk.reads, notice_id)[planned.measure_id]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"{item.planned.number}　{plain(planned.title)}", anchor=False, width="stretch")
        if following is not None:
            st.button(t("report.next"), key=f"next_{item.task.id}", on_click=_go_to, args=(following,))
    st.markdown(
        t(
            "report.place",
            measure=measure,
            due_on=day(item.task.due_on),
            holder=holder_names(desk.reads, item.task.authority_id).get(planned.post_id, "—"),
        )
    )
    if planned.goal:
        st.markdown(t("report.goal", goal=plain(planned.goal)))


def _go_to(task_id: int) -> None:
    st.query_params["task"] = str(task_id)


def holder_names(reads: Reads, authority_id: int) -> dict[int | None, str]:
    """Post → its title and whoever holds it today."""
    posts = reads.scoped(posts_frame, on=reads.today, authority_id=authority_id)
    vacant = t("report.vacant")
    return {
        int(row.post_id): f"{plain(row.post_title)} {plain(row.officer_name) if row.officer_name else vacant}"
        for row in posts.itertuples()
    }


def _show_unsaved(desk: Desk) -> None:
    """What was typed before somebody else signed or submitted the report: it cannot be saved, but is not lost."""
    filled: Filling | None = st.session_state.get(f"filling_{desk.form}")
    if filled is None or not filled.touched:
        return
    typed = read_update(filled, desk.item)
    with st.container(border=True, key="unsaved"):
        st.warning(t("report.unsaved"))
        st.table(differences(desk.item.draft, typed.draft, desk.indicators))
        if st.button(t("report.drop"), key=filled.key("drop")):
            filled.begin_again()
            st.session_state.pop(f"filling_{desk.form}")
            st.rerun()


def next_open(items: Sequence[ReportItem], after: ReportItem) -> int | None:
    """The next task in the list that still has to be written; None after the last."""
    waiting = [item.task.id for item in items if stage_of(item) in OPEN_STAGES]
    keys = [item.task.id for item in items]
    later = [key for key in keys[keys.index(after.task.id) + 1 :] if key in waiting]
    return next(iter(later), None) or next((key for key in waiting if key != after.task.id), None)
