"""Owns what every form shares: one action a save, all errors at once, and nothing saved twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.shared.components import saved
from pages.shared.store import the_store
from pages.shared.words import plain, say, t
from tracking.messages import Refusal


def perform(
    action: Callable[..., Any], /, *, done: str, form: str = "", key: str = "", **asked: Any
) -> Refusal | None:
    """Do one action, `action(store, **asked)`: on success confirm `done` and run the page afresh.

    A refusal comes back, to be shown by `error_summary` and `field_errors`; what was typed stays. A filling
    of `form`, or what `key` names where nothing is filled in, is acted upon once: the second click of a double
    click interrupts the run of the first and finds the work done.
    """
    token, spent, store = form_token(form) if form else key, _spent(), the_store()
    if token not in spent:
        try:
            action(store, **asked)
        except Refusal as refused:
            return refused
        if token:
            spent.add(token)
    saved(done)
    if form:
        spend_token(form)
    spent.discard(token)
    return st.rerun()


@st.cache_resource(show_spinner=False)
def _spent() -> set[str]:
    """Fillings that have been acted upon, until the run that did it has told so."""
    return set()


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


def form_token(form: str) -> str:
    """A key for one filling of a form: a second click carries the same, a fresh form another."""
    return str(st.session_state.setdefault(f"token_{form}", uuid4().hex))


def spend_token(form: str) -> None:
    """The form was saved: its next filling gets a key of its own."""
    st.session_state.pop(f"token_{form}", None)
