"""The messages: what needs this person today, what they were told, and what they choose to be told by e-mail."""

import streamlit as st

from db.messages.inbox import message_count, messages_frame, pages_of
from db.messages.reminders import reminders_for
from db.site.queries import working_days
from pages.parts.messages.inbox import choices_form, lay_all_aside, message_list, reminder_list
from pages.shared.access import require
from pages.shared.components import empty, foot, heading
from pages.shared.filters import pick_page, switch
from pages.shared.reads import reads_for
from pages.shared.wording import day, translate

by = require("inbox")
reads = reads_for(by)
unread = reads.common(message_count, by=by, unread_only=True)
total = reads.common(message_count, by=by, unread_only=False)
reminders = reads.common(reminders_for, by=by)


def sentence() -> str:
    """How much is unread, and how much is waiting today."""
    things = sum(reminder.count for reminder in reminders)
    waiting = (
        translate("inbox.waiting", count=things, kinds=len(reminders))
        if things
        else translate("inbox.none_waiting")
    )
    return translate("inbox.unread", unread=unread, total=total) + waiting


def show_messages() -> None:
    """The messages, unread ones or all, a page at a time."""
    views = {
        "unread": translate("inbox.show_unread", count=unread),
        "all": translate("inbox.show_all", count=total),
    }
    view = switch("messages", views, default="unread" if unread else "all")
    shown = unread if view == "unread" else total
    if not shown:
        empty(translate("inbox.none_unread" if total else "inbox.none"))
        return
    page = pick_page(pages_of(shown))
    frame = reads.common(messages_frame, by=by, unread_only=view == "unread", page=page)
    message_list(by, frame)
    if unread:
        lay_all_aside(by, reads.common(messages_frame, by=by, unread_only=True, page=1))


heading(translate("page.inbox"), sentence())
left, right = st.columns([3, 2], gap="large")
with left:
    st.header(translate("inbox.messages"), anchor=False)
    show_messages()
with right:
    st.header(translate("inbox.today", day=day(reads.today)), anchor=False)
    reminder_list(reminders)
    with st.container(key="screen_only"):
        st.header(translate("inbox.choices"), anchor=False)
        choices_form(reads, by)
notes = [translate("inbox.rule_reminders"), translate("inbox.rule_digest")]
if reads.common(working_days).is_estimated(reads.today.year):
    notes.append(translate("digest.estimated", year=str(reads.today.year)))
foot(translate("inbox.source"), day(reads.today), *notes)
