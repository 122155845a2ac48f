"""Doing once what one click asks for, however often the mouse clicked.

Streamlit answers a second click by a second run of the page, which interrupts the first wherever that next
asks Streamlit for something, or runs beside it. So a button carries a token; the token is spent in the same
breath as the deed, and a run that finds its token spent has nothing left to do but to tell of it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

from pages.shared.components import saved

REMEMBERED = 10_000
_TOLD = "told_by_browser"
# The key of a widget of a form draft.
_KEY = re.compile(r"(?P<form>[^:]+):(?P<token>[0-9a-f]{24}(?P<whose>[0-9a-f]{8})):")
# Who types in this session of the browser.
AUTHOR = "author"


class OncePerClick:
    """Recently used tokens, each with the confirmation of what was done."""

    def __init__(self) -> None:
        self.done: OrderedDict[str, str] = OrderedDict()
        self._doing: dict[str, Lock] = {}

    def do(self, token: str, deed: Callable[[], object], confirmation: str | Callable[[], str]) -> None:
        """Do it unless the token is used; a second run waits for the first.

        A confirmation that depends on what came of it is made in the same breath, so it asks nothing of Streamlit.
        """
        try:
            with self._doing.setdefault(token, Lock()):
                if token not in self.done:
                    deed()
                    self.done[token] = confirmation if isinstance(confirmation, str) else confirmation()
        finally:
            self._doing.pop(token, None)
        while len(self.done) > REMEMBERED:
            self.done.popitem(last=False)


@st.cache_resource(show_spinner=False)
def once_per_click() -> OncePerClick:
    """This process's instance."""
    return OncePerClick()


@dataclass(frozen=True, slots=True)
class Token:
    """Distinguishes one submission of a form, or one press of a button, from the next."""

    form: str
    value: str

    def __str__(self) -> str:
        return self.value


def form_token(form: str) -> Token:
    """The token of a form draft; a fresh one once it is used.

    Get it before drawing the button and include it in the button's key: the second click of a double click
    then hits a button that is gone.
    """
    name = _name(form)
    value: str = st.session_state.setdefault(name, told_by_browser().pop(form, None) or _fresh())
    if value in once_per_click().done:
        # The run that did it was interrupted before it could confirm.
        confirmation = once_per_click().done[value]
        st.session_state.pop(name, None)
        saved(confirmation)
        st.rerun()
    return Token(form, value)


def told_by_browser() -> dict[str, str]:
    """Form → token, as the widgets name it that a browser has open from a session this process does not know.

    So its fields and buttons stay the same after a restart. Each is told once: used, it never comes back. What
    somebody else has typed in this browser is not taken over: a token ends with whose it is.
    """
    if _TOLD not in st.session_state:
        context = get_script_run_ctx()
        states = context.session_state.get_widget_states() if context else []
        keys = (user_key_from_element_id(state.id) or "" for state in states)
        found = (_KEY.match(key) for key in keys)
        mine = _whose()
        st.session_state[_TOLD] = {one["form"]: one["token"] for one in found if one and one["whose"] == mine}
    told: dict[str, str] = st.session_state[_TOLD]
    return told


def _fresh() -> str:
    return uuid4().hex[:24] + _whose()


def _whose() -> str:
    return f"{st.session_state.get(AUTHOR, 0):08x}"


def use(token: Token) -> None:
    """Mark the token used, after a save or a discard: the next form draft gets a fresh one."""
    st.session_state.pop(_name(token.form), None)


def _name(form: str) -> str:
    return f"token_{form}"
