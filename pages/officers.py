"""The officers: who is responsible for what and since when, which posts stand vacant, and who takes over."""

from typing import Any

import pandas as pd
import streamlit as st

from db.officers.queries import posts_frame
from db.officers.rows import PostRow
from db.site.queries import site_settings
from db.typed_rows import rows_as
from pages.parts.officers.forms import new_post_form, post_forms
from pages.parts.officers.list import (
    holder_sentence,
    narrowed,
    post_columns,
    posts_sentence,
    shares,
    with_vacancies,
)
from pages.parts.officers.sheet import post_tasks, tenures
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number, filter_bar, pick, pick_day, switch, with_all
from pages.shared.navigation import open_page, page_link
from pages.shared.reads import reads_for
from pages.shared.tables import table
from pages.shared.wording import day, plain, translate
from tracking.messages import refusal
from tracking.permissions import Right, check

by = require("officers")
reads = reads_for(by)
allowed_days = reads.common(site_settings).vacancy_days
registers = by.authority_id and not refusal(check, by, Right.REGISTER_APPOINTMENTS, by.authority_id)
top = st.container()
view_place, day_place, unit_place = filter_bar(3)
with day_place:
    on = pick_day("on") or reads.today
is_today = on == reads.today
posts = reads.scoped(posts_frame, on=on)


def show_list(posts: pd.DataFrame) -> None:
    """The filtered posts; a click opens one."""
    names = dict(zip(posts["authority_id"].tolist(), posts["authority_name"], strict=True))
    authority_id = None
    if len(names) > 1:
        with unit_place:
            authority_id = pick("authority", with_all(names, "authority"))
    if authority_id is not None:
        posts = posts[posts["authority_id"] == authority_id]
    with view_place:
        view = switch("show", shares(posts))
    shown = with_vacancies(narrowed(posts, view))
    if shown.empty:
        empty(translate("officers_page.none_match"))
        return
    st.caption(translate("officers_page.click"))
    place = table(
        shown,
        *("authority_name", "post_title", "officer_name", "office_phone", "since_on"),
        *post_columns(is_today=is_today),
        key=f"posts_{authority_id}_{view}_{on}_{asked_number('post')}",
        height=None if len(shown) < 10 else 320 if asked_number("post") else 530,
    )
    if place is not None:
        opened = int(shown["post_id"].iloc[place])
        kept = {"show": None if view == "all" else view, "on": None if is_today else on}
        open_page("officers", post=opened, authority=authority_id, **kept)


def show_post(post: Any) -> None:
    """One post: its holder, tasks, tenures and actions."""
    st.subheader(f"{plain(post.authority_name)} · {plain(post.post_title)}", anchor=False)
    st.markdown(holder_sentence(post, is_today=is_today))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if is_today:
            post_tasks(reads, post)
        tenures(reads, post)
    with right:
        if is_today:
            post_forms(reads, by, post)
        else:
            st.markdown(translate("officers_page.as_of_note", day=day(on)))
            page_link("officers", translate("officers_page.today"), post=int(post.post_id))


with top:
    as_of = "" if is_today else translate("officers_page.as_of", day=day(on))
    heading(translate("page.officers"), "" if posts.empty else as_of + posts_sentence(posts, allowed_days))
if posts.empty:
    empty(translate("officers_page.empty" if registers else "officers_page.empty_reader"))
else:
    show_list(posts)
for post in rows_as(PostRow, posts[posts["post_id"] == asked_number("post")]):
    show_post(post)
if registers and is_today:
    with st.expander(translate("officers_page.new_post"), expanded=posts.empty):
        new_post_form(reads, by)
foot(
    translate("officers_page.source"),
    day(on),
    translate("officers_page.rule_vacancy", days=allowed_days),
    translate("officers_page.rule_posts"),
)
