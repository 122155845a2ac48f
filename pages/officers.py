"""The officers: who is responsible for what and since when, which posts stand vacant, and who takes over."""

from typing import Any

import pandas as pd
import streamlit as st

from db.queries.officers import appointments_frame, posts_frame
from db.queries.settings import site_settings
from db.queries.tasks import task_frame
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, switch, with_all
from pages.shared.navigation import open_page
from pages.shared.post_forms import new_post_form, post_forms
from pages.shared.posts import holder_sentence, narrowed, posts_sentence, shares, with_vacancies
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, table
from pages.shared.words import day, plain, t
from tracking.messages import refusal
from tracking.permissions import Right, check

by = require("officers")
reads = reads_for(by)
allowed_days = reads.common(site_settings).vacancy_days
posts = reads.scoped(posts_frame, on=reads.today)
registers = by.authority_id and not refusal(check, by, Right.REGISTER_APPOINTMENTS, by.authority_id)


def show_list(posts: pd.DataFrame) -> None:
    """The posts, narrowed; a click opens one."""
    names = dict(zip(posts["authority_id"].tolist(), posts["authority_name"], strict=True))
    several = len(names) > 1
    *first, last = filter_bar(2 if several else 1)
    authority_id = None
    for place in first:
        with place:
            authority_id = pick("authority", with_all(names, "authority"))
    if authority_id is not None:
        posts = posts[posts["authority_id"] == authority_id]
    with last:
        view = switch("show", shares(posts))
    shown = with_vacancies(narrowed(posts, view))
    if shown.empty:
        empty(t("officers_page.none_match"))
        return
    st.caption(t("officers_page.click"))
    place = table(
        shown,
        *(
            "authority_name",
            "post_title",
            "officer_name",
            "office_phone",
            "since_on",
            "open_tasks",
            "vacancy",
        ),
        key=f"posts_{authority_id}_{view}_{asked_number('post')}",
        height=None if len(shown) < 10 else 320 if asked_number("post") else 530,
    )
    if place is not None:
        opened = int(shown["post_id"].iloc[place])
        open_page("officers", post=opened, authority=authority_id, show=None if view == "all" else view)


def show_post(post: Any) -> None:
    """One post: its holder, its tasks, its tenures, and what may be done about it."""
    st.subheader(f"{plain(post.authority_name)} · {plain(post.post_title)}", anchor=False)
    st.markdown(holder_sentence(post))
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_tasks(post)
        st.markdown(f"**{t('officers_page.history')}**")
        tenures = reads.scoped(appointments_frame, post_id=int(post.post_id)).rename(
            columns={"starts_on": "since_on", "ends_on": "until_on"}
        )
        if tenures.empty:
            st.caption(t("officers_page.no_history"))
        else:
            plain_table(tenures, "officer_name", "office_phone", "since_on", "until_on")
    with right:
        post_forms(reads, by, post)


def show_tasks(post: Any) -> None:
    """What the post answers for this year."""
    year, notice_id = reads.today.year, chosen_notice(reads)
    st.markdown(f"**{t('officers_page.tasks', year=str(year))}**")
    tasks = reads.scoped(task_frame, notice_id=notice_id, year=year, authority_id=int(post.authority_id))
    tasks = tasks[tasks["post_title"] == post.post_title]
    if tasks.empty:
        st.caption(t("officers_page.no_tasks"))
        return
    place = table(
        tasks, "number", "title", "light", "completion_permille", "due_on", key=f"tasks_{post.post_id}"
    )
    if place is not None:
        open_page("task", task=tasks["task_id"].iloc[place])


heading(t("page.officers"), "" if posts.empty else posts_sentence(posts, allowed_days))
if posts.empty:
    empty(t("officers_page.empty" if registers else "officers_page.empty_reader"))
else:
    show_list(posts)
for post in posts[posts["post_id"] == asked_number("post")].itertuples():
    show_post(post)
if registers:
    with st.expander(t("officers_page.new_post"), expanded=posts.empty):
        new_post_form(by)
foot(
    t("officers_page.source"),
    day(reads.today),
    t("officers_page.rule_vacancy", days=allowed_days),
    t("officers_page.rule_posts"),
)
