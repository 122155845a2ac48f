"""Keeping what is typed on the server, and saying what was found there (decision 20).

At the start of each run, what differs from the last time is written; nothing of it is ever logged.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache

import streamlit as st

from db.clock import OFFICE_ZONE, now
from db.engine import StoreFailed
from db.store import Store
from db.working_copies.actions import drop, keep
from db.working_copies.queries import Copy, copies_of
from pages.shared.form_drafts import COPIES, FormDraft, all_drafts
from pages.shared.once_per_click import AUTHOR, told_by_browser
from pages.shared.store import the_store
from pages.shared.wording import message_text, translate
from tracking.messages import Message, Refusal

# Seconds until what the store did not take is offered to it again.
TRIED_EVERY = 3


def keep_what_is_typed(officer_id: int | None) -> None:
    """Keep it for whoever is signed in, `officer_id`; None where that is over: what arrives then is kept as well."""
    author: int | None = officer_id or st.session_state.get(AUTHOR)
    if author is None:
        return
    st.session_state[AUTHOR] = author
    told_by_browser()
    store = the_store()
    st.session_state[COPIES] = _reader(store, author)
    for draft in all_drafts().values():
        draft.note()
        if draft.content() != (draft.written or {}):
            _write(store, author, draft)


def _reader(store: Store, author: int) -> Callable[[], Mapping[str, Copy]]:
    """What is kept for the author, read when it is first asked for."""
    return cache(lambda: copies_of(store, officer_id=author))


def _write(store: Store, author: int, draft: FormDraft) -> None:
    content = draft.content()
    copy = Copy(draft.row_version, draft.token.value, content, now())
    form = draft.token.form
    try:
        if content:
            keep(store, officer_id=author, form=form, copy=copy, known=(draft.follows,))
        else:
            drop(store, officer_id=author, form=form)
    except Refusal as refused:
        draft.unkept = refused.messages[0]
    except StoreFailed:
        draft.unkept = Message("working_copy.unkept")
    else:
        draft.written, draft.unkept = content, None


def forgetting(draft: FormDraft) -> Callable[[], None]:
    """What makes the server forget a form that was saved or discarded."""
    author, store = st.session_state.get(AUTHOR), the_store()

    def forget() -> None:
        if author is not None and draft.written:
            with suppress(StoreFailed):  # then it is offered once more
                drop(store, officer_id=author, form=draft.token.form)

    return forget


def tell(draft: FormDraft) -> None:
    """One quiet line where text was found again, another where the newest is not kept."""
    if draft.restored_at is not None:
        with st.container(key=f"restored_{draft.token.form}", horizontal=True, vertical_alignment="center"):
            st.caption(translate("working_copy.restored", at=_when(draft)), width="content")
            st.button(
                translate("working_copy.discard"),
                key=draft.key("discard"),
                type="tertiary",
                on_click=_discard,
                args=(draft,),
            )
    if draft.unkept is not None:
        with st.container(key="copy_unkept", horizontal=True, vertical_alignment="center"):
            st.caption(f":red[{message_text(draft.unkept)}]", width="content")
            if draft.unkept.key == "working_copy.elsewhere":
                st.button(
                    translate("working_copy.keep_here"),
                    key=draft.key("keep_here"),
                    type="tertiary",
                    on_click=_keep_here,
                    args=(draft,),
                )
            elif draft.unkept.key == "working_copy.unkept":
                _try_again()


@st.fragment(run_every=TRIED_EVERY)
def _try_again() -> None:
    """The store was away or busy: look whether it takes the text now. That is no action of anybody."""
    keep_what_is_typed(None)
    if not any(draft.unkept for draft in all_drafts().values()):
        st.rerun()


def _when(draft: FormDraft) -> str:
    """The time, and the day where that is not today."""
    at, today = (instant.astimezone(OFFICE_ZONE) for instant in (draft.restored_at or now(), now()))
    return f"{at:%H:%M}" if at.date() == today.date() else f"{at:%m-%d %H:%M}"


def _discard(draft: FormDraft) -> None:
    draft.begin_again()


def _keep_here(draft: FormDraft) -> None:
    """From now on the text of this page counts, not that of the other."""
    read = st.session_state[COPIES]
    copy = read().get(draft.token.form)
    draft.follows = copy.token if copy else ""
    draft.unkept = None
