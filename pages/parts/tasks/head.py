"""A task's heading where it is acted on: its place in the plan, and who is responsible."""

import streamlit as st

from db.officers.queries import task_posts
from db.officers.rows import PostRow
from db.typed_rows import rows_as
from db.updates.queries import ReportItem
from pages.parts.updates.held import where_held
from pages.shared.choices import measure_names
from pages.shared.navigation import page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, lines, plain, translate
from tracking.workflow import PROGRESS_UPDATE, allows


def task_title(item: ReportItem) -> str:
    """Number and title of a task."""
    return f"{item.planned.number}　{plain(item.planned.draft.title)}"


def task_head(
    reads: Reads,
    item: ReportItem,
    *,
    title: str,
    following: tuple[str, int | None] = ("", None),
    linked: bool = False,
) -> None:
    """Title, measure with its notice where there are several, due day, holder and goal; `following` is the query name and key of the next."""
    planned = item.planned.draft
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(title, anchor=False, width="stretch")
        if linked:
            page_link("task", translate("report.to_task"), task=item.task.id)
        name, key = following
        if key is not None:
            st.button(translate("report.next"), key=f"next_{item.task.id}", on_click=_go_to, args=(name, key))
    st.markdown(
        translate(
            "report.place",
            measure=measure_names(reads, None)[planned.measure_id],
            due_on=day(item.task.due_on),
            holder=holder_names(reads, item.task.authority_id).get(planned.post_id, "—"),
        )
    )
    if planned.goal:
        st.markdown(translate("report.goal", goal=plain(planned.goal)))


def why_back(item: ReportItem) -> None:
    """Why it was returned, or the signatory sent it back, while it is being rewritten; or who above has it."""
    if item.update:
        where_held(item.update.status, item.checker_name, item.update.received_at)
    if item.returned_because:
        st.warning(translate("report.returned_because", reason=lines(item.returned_because)))
    update = item.update
    if update and update.sent_back_because and allows(PROGRESS_UPDATE, update.status, "edit"):
        st.warning(translate("report.sent_back_because", reason=lines(update.sent_back_because)))


def _go_to(name: str, key: int) -> None:
    st.query_params[name] = str(key)


def holder_names(reads: Reads, authority_id: int) -> dict[int | None, str]:
    """Post that may be responsible for an authority's tasks → its title and current holder."""
    posts = reads.common(task_posts, authority_id=authority_id, on=reads.today)
    return {row.post_id: _post(row, authority_id) for row in rows_as(PostRow, posts)}


def _post(row: PostRow, authority_id: int) -> str:
    holder = plain(row.officer_name) if row.officer_name is not None else translate("report.vacant")
    said = f"{plain(row.post_title)} {holder}"
    if row.authority_id == authority_id:
        return said
    return translate("report.post_above", authority=plain(row.authority_name), post=said)
