"""What is typed in a form until it is saved: it survives another task, another page, and someone else's save.

A form draft remembers the version of the row it began from, so that a save names that version and not the newest
one. Its widgets carry its token in their keys: a fresh draft has fresh widgets. Only this module knows where a
draft is kept, which is the session of the browser.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import streamlit as st

from pages.shared.once_per_click import Token, form_token, use
from tracking.messages import Message, Refusal, refusal

_KEPT: Any = {"persist_state": "session"}


@dataclass
class FormDraft:
    """A form draft, begun from `draft` at `row_version`; `refused` is why the last save failed.

    Without a `row_version` nothing was stored before, and its text does not survive leaving the page. `rows`
    are the lines of its lists, `highest` the highest number ever given to one.
    """

    token: Token
    row_version: int | None = None
    draft: Any = None
    refused: Refusal | None = None
    touched: bool = False
    rows: dict[str, list[Any]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def under_way(cls, form: str, row_version: int | None = None, draft: Any = None) -> Self:
        """The current form draft, or a new one; untouched, it follows the store."""
        token = form_token(form)
        found = cls.left(form)
        if found and found.token == token:
            if found.touched or found.row_version == row_version:
                return found
            use(token)
            token = form_token(form)
        st.session_state[_name(form)] = begun = cls(token, row_version, draft)
        return begun

    @classmethod
    def left(cls, form: str) -> Self | None:
        """The form draft begun last, whether or not it is still current."""
        found: Self | None = st.session_state.get(_name(form))
        return found

    def drop(self) -> None:
        """Forget what was typed."""
        self.begin_again()
        st.session_state.pop(_name(self.token.form), None)

    @property
    def kept(self) -> Any:
        """Widget arguments that preserve what was typed when one comes back."""
        return {} if self.row_version is None else _KEPT

    def key(self, name: str) -> str:
        """The widget key of a field or button."""
        return f"{self.token.form}:{self.token}:{name}"

    def typed(self, name: str, initial: Any) -> Any:
        """The content of a field, even before it is drawn."""
        return st.session_state.get(self.key(name), initial)

    def is_stale(self, row_version: int) -> bool:
        """Whether somebody else saved the row since this form draft began, and something was typed here."""
        return self.touched and row_version != self.row_version

    def begin_again(self) -> None:
        """Drop what was typed and start again from the current version."""
        use(self.token)

    def go_on(self, row_version: int) -> None:
        """Keep what was typed, to be saved over the current version."""
        self.row_version, self.refused = row_version, None


def _name(form: str) -> str:
    return f"filling_{form}"


def parsed(parse: Callable[[str], Any], typed: str) -> tuple[Any, Message | None]:
    """A typed value as parsed for its kind, and its fault; both None if nothing was typed."""
    if not typed.strip():
        return None, None
    wrong = refusal(parse, typed)
    return (None, wrong) if wrong else (parse(typed), None)
