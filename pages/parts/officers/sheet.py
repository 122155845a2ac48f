"""Details of one post: the tasks it answers for, and everyone who has held it."""

import pandas as pd
import streamlit as st

from db.officers.queries import appointments_frame
from db.officers.rows import PostRow
from db.tasks.queries import task_frame
from pages.shared.choices import notice_names, plan_year, with_notice
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import plain_table, table
from pages.shared.wording import translate


def post_tasks(reads: Reads, post: PostRow) -> None:
    """The tasks of a post (a row of `posts_frame`) in the current plan year, of all notices; a click opens one."""
    notices = list(notice_names(reads))
    years = sorted({plan_year(reads, notice_id) for notice_id in notices})
    st.markdown(f"**{translate('officers_page.tasks', year='、'.join(map(str, years)))}**")
    tasks = pd.concat([_tasks(reads, post, notice_id) for notice_id in notices], ignore_index=True)
    tasks = tasks[tasks["post_title"] == post.post_title]
    if tasks.empty:
        st.caption(translate("officers_page.no_tasks"))
        return
    names = ("number", "title", "light", "completion_permille", "due_on")
    shown, columns = with_notice(reads, tasks, *names)
    place = table(shown, *columns, key=f"tasks_{post.post_id}")
    if place is not None:
        open_page("task", task=tasks["task_id"].iloc[place])


def _tasks(reads: Reads, post: PostRow, notice_id: int) -> pd.DataFrame:
    asked = {"notice_id": notice_id, "year": plan_year(reads, notice_id)}
    return reads.scoped(task_frame, **asked, authority_id=int(post.authority_id)).assign(notice_id=notice_id)


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
