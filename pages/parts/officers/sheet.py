"""Details of one post: the tasks it answers for, and everyone who has held it."""

import streamlit as st

from db.officers.queries import appointments_frame
from db.officers.rows import PostRow
from db.tasks.queries import task_frame
from pages.shared.choices import chosen_notice, plan_year
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import translate


def post_tasks(reads: Reads, post: PostRow) -> None:
    """The tasks of a post (a row of `posts_frame`) in the current plan year; a click opens one."""
    notice_id = chosen_notice(reads) or 0
    year = plan_year(reads, notice_id)
    st.markdown(f"**{translate('officers_page.tasks', year=str(year))}**")
    tasks = reads.scoped(task_frame, notice_id=notice_id, year=year, authority_id=int(post.authority_id))
    tasks = tasks[tasks["post_title"] == post.post_title]
    if tasks.empty:
        st.caption(translate("officers_page.no_tasks"))
        return
    place = table(
        tasks, "number", "title", "light", "completion_permille", "due_on", key=f"tasks_{post.post_id}"
    )
    if place is not None:
        open_page("task", task=tasks["task_id"].iloc[place])


def tenures(reads: Reads, post: PostRow) -> None:
    """Everybody who has held a post, latest first."""
    st.markdown(f"**{translate('officers_page.history')}**")
    held = reads.scoped(appointments_frame, post_id=int(post.post_id)).rename(
        columns={"starts_on": "since_on", "ends_on": "until_on"}
    )
    if held.empty:
        st.caption(translate("officers_page.no_history"))
    else:
        plain_table(held, "officer_name", "office_phone", "since_on", "until_on")
