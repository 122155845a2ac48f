"""The messages page: today's reminders, messages, and the choice of what to be told."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from db.identity import SignedIn
from db.messages.choices import set_message_choices
from db.messages.inbox import choices_of
from db.notifications.actions import read_notifications
from pages.shared.forms import small_form
from pages.shared.navigation import PAGES, page_link
from pages.shared.reads import Reads
from pages.shared.wording import day, language, moment, plain, translate
from tracking.messages import text
from tracking.reminders import PAGES as REMINDER_PAGES, Reminder, kinds_for


def follow(link: str, label: str) -> None:
    """A link to where a message leads; none if the address is not a page of the product."""
    name, _, query = link.partition("?")
    if name in PAGES:
        page_link(name, label, **dict(parse_qsl(query)))


def reminder_list(reminders: Sequence[Reminder]) -> None:
    """One line per kind: how many, what, since when, and a link."""
    if not reminders:
        st.caption(translate("inbox.none_waiting"))
        return
    with st.container(key="waiting"):
        for reminder in reminders:
            count, what, way = st.columns([1, 5, 2], vertical_alignment="center")
            count.markdown(f"**{reminder.count}**")
            with what:
                st.markdown(translate(f"reminder.{reminder.kind}"))
                if reminder.oldest_on is not None:
                    st.caption(translate("desk.oldest", day=day(reminder.oldest_on)))
            with way:
                follow(REMINDER_PAGES[reminder.kind], translate("desk.go"))


def message_list(by: SignedIn, messages: pd.DataFrame) -> None:
    """One line per message: what, when, a link, and a button to dismiss it."""
    with st.container(key="messages"):
        for row in messages.itertuples():
            _message(by, row)


def _message(by: SignedIn, row: Any) -> None:
    is_unread = pd.isna(row.read_at)
    told = plain(text(str(row.message), language(), **row.details))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"● **{told}**" if is_unread else told, width="stretch")
        said = translate("inbox.unread_since" if is_unread else "inbox.read", at=moment(row.created_at))
        st.caption(said, width="content")
        follow(str(row.link), translate("inbox.open"))
        if is_unread:
            _lay_aside(by, [row.notification_id], f"read_{row.notification_id}", translate("inbox.lay_aside"))


def lay_all_aside(by: SignedIn, messages: pd.DataFrame) -> None:
    """Mark everything on the first page of unread messages as read."""
    _lay_aside(
        by,
        messages["notification_id"].tolist(),
        "read_all",
        translate("inbox.lay_all_aside", count=len(messages)),
    )


def _lay_aside(by: SignedIn, notification_ids: list[int], name: str, label: str) -> None:
    form = small_form(name)
    if st.button(label, key=form.key("save"), type="tertiary"):
        ids = [int(one) for one in notification_ids]
        form.perform(read_notifications, done=translate("desk.laid_aside"), by=by, notification_ids=ids)


def choices_form(reads: Reads, by: SignedIn) -> None:
    """Whether the digest comes by e-mail, where to, and which kinds are left out."""
    kept = reads.common(choices_of, by=by)
    st.caption(translate("inbox.choices_help"))
    if not reads.store.settings.writes_email:
        st.caption(translate("inbox.no_server"))
    form = small_form("message_choices")
    by_email = form.switch("by_email", translate("inbox.by_email"), kept.by_email)
    email = kept.email
    if by_email:
        email = form.text(
            "email", translate("inbox.email"), kept.email, note=translate("inbox.email_note"), max_chars=100
        )
    st.markdown(translate("inbox.kinds"))
    wanted = {
        kind: form.switch(kind, translate(f"reminder.{kind}"), kind not in kept.muted)
        for kind in kinds_for(by.roles)
    }
    # Kinds that only another of their roles could mute stay as they were.
    muted = sorted({kind for kind, on in wanted.items() if not on} | (kept.muted - set(wanted)))
    form.save(
        translate("inbox.save"),
        set_message_choices,
        done=translate("inbox.saved"),
        primary=True,
        by=by,
        by_email=by_email,
        email=email,
        muted=muted,
    )
