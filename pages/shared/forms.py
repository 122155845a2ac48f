"""Owns what every form shares: one action a save, all errors at once, and nothing saved twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.shared.components import saved
from pages.shared.once import deeds, spend_token
from pages.shared.store import the_store
from pages.shared.words import plain, say, t
from tracking.messages import Refusal


def perform(
    action: Callable[..., Any], /, *, done: str, form: str = "", token: str = "", **asked: Any
) -> Refusal | None:
    """Do one action, `action(store, **asked)`: on success confirm `done` and run the page afresh.

    A refusal comes back, to be shown by `error_summary` and `field_errors`; what was typed stays. With the
    `token` that `form_token(form)` gave before the button was drawn, a double click does it once.
    """
    store, deeds_done = the_store(), deeds()
    try:
        deeds_done.do(token or uuid4().hex, lambda: action(store, **asked), done)
    except Refusal as refused:
        return refused
    saved(done)
    spend_token(form)
    return st.rerun()


def error_summary(refused: Refusal | None) -> None:
    """Everything that is wrong, on top of the form, each with a link to its field."""
    if refused is None:
        return
    lines = [
        f"- [{say(message)}](#{anchor(field)})" if field else f"- {say(message)}"
        for message, field in zip(refused.messages, refused.fields, strict=True)
    ]
    st.error("\n".join([t("page.mend"), "", *lines]))


def field_errors(refused: Refusal | None, field: str) -> None:
    """What is wrong with one field, beside it; the summary on top links to here."""
    wrong = [] if refused is None else list(zip(refused.messages, refused.fields, strict=True))
    lines = [say(message) for message, named in wrong if named == field]
    if lines:
        st.html(f'<span id="{anchor(field)}"></span>')
        st.markdown("  \n".join(f":red[{plain(line)}]" for line in lines))


def anchor(field: str) -> str:
    """Where on the page a field stands, as the end of an address."""
    return "field-" + "".join(sign if sign.isalnum() else "-" for sign in field)
