"""The right half of the report page: one task's place in the plan, and its form or report."""

from collections.abc import Sequence

import streamlit as st

from db.updates.queries import ReportItem
from pages.parts.difficulties.acts import raise_part
from pages.parts.requests.form import ask_links
from pages.parts.support.list import contribution_list
from pages.parts.tasks.head import task_head, task_title, why_back
from pages.parts.tasks.sheet import suspension_note
from pages.parts.updates.acts import take_back
from pages.parts.updates.compare import differences
from pages.parts.updates.editor import HANDING_OVER, ReportContext, edit
from pages.parts.updates.form import read_update
from pages.parts.updates.list import EDITABLE, OPEN_STAGES, stage_of
from pages.parts.updates.sheet import update_sheet
from pages.shared.conflicts import versions
from pages.shared.forms import Form
from pages.shared.wording import translate


def show_task(desk: ReportContext, following: int | None, *, writable: bool) -> None:
    """The task with its form while it can be edited, else its report."""
    item, stage = desk.item, stage_of(desk.item)
    with st.container(key="subject"):
        task_head(desk.reads, item, title=task_title(item), following=("task", following))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_help(item), width="stretch")
            ask_links(desk.by, desk.reads, item.task.id, near_only=True)
            if writable:
                take_back(desk.by, item)
        suspension_note(desk.reads, item.task.id)
    why_back(item)
    if writable and stage in EDITABLE:
        edit(desk)
        return
    _show_unsaved(desk)
    if item.update:
        update_sheet(item, desk.indicators)
        contribution_list(desk.reads, item.task.id, desk.period_id)
        raise_part(desk.reads, desk.by, item)


def _help(item: ReportItem) -> str:
    """What to do with it at its stage; the first report of a task has nothing carried over to check."""
    stage = stage_of(item)
    return translate(f"report.stage_help_{'first' if stage == 'todo' and not item.before else stage}")


def _show_unsaved(desk: ReportContext) -> None:
    """Text typed before somebody else signed or submitted the report: it cannot be saved, but is not lost."""
    filled = Form.left(desk.form)
    if filled is None or not filled.touched:
        return
    typed = read_update(filled, desk.item)
    with st.container(border=True, key="unsaved"):
        st.warning(translate("report.unsaved"))
        versions(differences(desk.item.draft, typed.draft, desk.indicators))
        if st.button(translate("report.drop"), key=filled.key("drop")):
            filled.begin_again()
            st.rerun()


def next_open(items: Sequence[ReportItem], after: ReportItem) -> int | None:
    """The next task in the list still to be reported; None after the last."""
    waiting = [item.task.id for item in items if stage_of(item) in OPEN_STAGES]
    keys = [item.task.id for item in items]
    later = [key for key in keys[keys.index(after.task.id) + 1 :] if key in waiting]
    return next(iter(later), None) or next((key for key in waiting if key != after.task.id), None)


def after_handing_over(items: Sequence[ReportItem], item: ReportItem) -> ReportItem:
    """The next task to be written by its number, once this one was handed over and has left its place; else this one."""
    if st.session_state.pop(HANDING_OVER, None) != item.task.id or stage_of(item) != "handed_over":
        return item
    waiting = [other for other in items if stage_of(other) in OPEN_STAGES]
    later = (other for other in waiting if other.planned.number > item.planned.number)
    found = next(later, None) or next(iter(waiting), item)
    st.query_params["task"] = str(found.task.id)
    return found
