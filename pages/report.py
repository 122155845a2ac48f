"""Report progress: every task of a period on one page, as a list beside the form of one or as one grid."""

from collections.abc import Mapping, Sequence

import streamlit as st

from db.updates.queries import ReportItem, report_items
from pages.parts.attestations.links import period_page_link
from pages.parts.updates.authority import pick_authority
from pages.parts.updates.editor import ReportContext
from pages.parts.updates.grid import GridContext, fill_in
from pages.parts.updates.list import OPEN_STAGES, report_list, staged
from pages.parts.updates.other_notices import other_notices
from pages.parts.updates.period import Window, pick_window
from pages.parts.updates.sheet import names_of_indicators
from pages.parts.updates.task import after_handing_over, next_open, show_task
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar
from pages.shared.components import empty, heading
from pages.shared.filters import asked_number, switch
from pages.shared.reads import reads_for
from pages.shared.wording import day, message_text, translate

by = require("report")
reads = reads_for(by)
top = st.container()


def show(notice_id: int, window: Window, authority_id: int) -> None:
    """The page for one period."""
    items = reads.scoped(report_items, authority_id=authority_id, period_id=window.period_id)
    with top:
        heading(translate("page.report"), sentence(window, stages := staged(items)), scrolls=True)
    if window.refused:
        st.info(message_text(window.refused))
    if not items:
        empty(translate("report.no_tasks"), page="work_plan", label=translate("report.to_plan"))
        other_notices(by, reads, authority_id, notice_id)
        return
    if any(item.update for item in items):
        with bar[2]:
            period_page_link(by, authority_id, window.period_id)
    with bar[3]:
        entry = switch("filling", {name: translate(f"grid.entry_{name}") for name in ("single", "grid")})
    if entry == "grid":
        show_grid(notice_id, window, authority_id, items)
    else:
        show_list(notice_id, window, authority_id, stages)


def show_grid(notice_id: int, window: Window, authority_id: int, items: Sequence[ReportItem]) -> None:
    """All tasks as one grid, in plan order."""
    names, writable = names_of_indicators(reads, notice_id), window.refused is None
    fill_in(GridContext(by, items, authority_id, window.period_id, names, reads.today, writable=writable))
    other_notices(by, reads, authority_id, notice_id)


def show_list(
    notice_id: int, window: Window, authority_id: int, stages: Mapping[str, Sequence[ReportItem]]
) -> None:
    """The list of tasks by stage, and the form of the one that is open."""
    in_order = [item for found in stages.values() for item in found]
    item = after_handing_over(in_order, chosen_item(in_order))
    left, right = st.columns([5, 7], gap="medium")
    with left, st.container(key="worklist"):
        report_list(
            by,
            stages,
            period_id=window.period_id,
            chosen=item.task.id,
            writable=window.refused is None,
            today=reads.today,
        )
        other_notices(by, reads, authority_id, notice_id)
    with right:
        desk = ReportContext(by, reads, item, window.period_id, names_of_indicators(reads, notice_id))
        following = next_open(in_order, item)
        show_task(desk, following, writable=window.refused is None)


def chosen_item(items: Sequence[ReportItem]) -> ReportItem:
    """The task in the address, else the first; it stays open when its report moves down the list."""
    asked = asked_number("task")
    found = next((item for item in items if item.task.id == asked), items[0])
    st.query_params["task"] = str(found.task.id)
    return found


def sentence(window: Window, stages: Mapping[str, Sequence[ReportItem]]) -> str:
    """How many tasks there are, how many are still to be reported, and until when."""
    counts = {stage: len(found) for stage, found in stages.items()}
    total = sum(counts.values())
    open_count = sum(counts.get(stage, 0) for stage in OPEN_STAGES)
    key = "report.sentence_open" if window.refused is None else "report.sentence_closed"
    return translate(
        key,
        period=window.name,
        closes_on=day(window.closes_on),
        total=total,
        open=open_count,
        returned=counts.get("returned", 0) + counts.get("sent_back", 0),
        underway=counts.get("handed_over", 0) + counts.get("signed_off", 0),
        submitted=sum(counts.get(stage, 0) for stage in ("checking", "submitted", "accepted")),
        closed=counts.get("closed", 0),
    )


notice_id = chosen_notice(reads)
bar = notice_bar(reads, 4)
with bar[0]:
    window = None if notice_id is None else pick_window(reads, notice_id)
if notice_id is None or window is None or by.authority_id is None:
    with top:
        heading(translate("page.report"))
    empty(translate("report.no_period"))
    other_notices(by, reads, by.authority_id, notice_id)
else:
    with bar[1]:
        authority_id = pick_authority(by, reads, window.period_id)
    show(notice_id, window, authority_id)
