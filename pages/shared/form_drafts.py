"""Text typed in a form until it is saved: it survives another task, another page, and someone else's save.

A filling remembers the version of the row it began from, so that a save names that version and not the newest
one. Its widgets carry its token in their keys: a fresh filling has fresh widgets.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from db.store import Conflict
from pages.shared.forms import field_errors
from pages.shared.once_per_click import Token, form_token, use
from tracking.messages import Message, Refusal, refusal

KEPT: Any = {"persist_state": "session"}


@dataclass
class FormDraft:
    """One form draft, begun from `draft` at `row_version`; `refused` is why the last save failed.

    `rows` are the lines of its lists, `highest` the highest number that was ever given to one.
    """

    token: Token
    row_version: int
    draft: Any
    refused: Refusal | None = None
    touched: bool = False
    rows: dict[str, list[Any]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The key of the widget of a field, or of a button."""
        return f"{self.token.form}:{self.token}:{name}"

    def typed(self, name: str, initial: Any) -> Any:
        """What stands in a field, also before it is drawn."""
        return st.session_state.get(self.key(name), initial)

    def is_stale(self, row_version: int) -> bool:
        """Whether somebody saved the row since this form draft began, and something was typed here."""
        return self.touched and row_version != self.row_version

    def begin_again(self) -> None:
        """Drop what was typed and begin from what stands now."""
        use(self.token)

    def go_on(self, row_version: int) -> None:
        """Keep what was typed and save it over what stands now."""
        self.row_version, self.refused = row_version, None


def form_draft(form: str, *, row_version: int, draft: Any) -> FormDraft:
    """The current form draft, or a new one; untouched, it follows the store."""
    token, name = form_token(form), f"filling_{form}"
    found: FormDraft | None = st.session_state.get(name)
    if found and found.token == token:
        if found.touched or found.row_version == row_version:
            return found
        use(token)
        token = form_token(form)
    st.session_state[name] = begun = FormDraft(token, row_version, draft)
    return begun


def keep_refusal(filled: FormDraft, refused: Refusal | None) -> None:
    """Keep what was refused; a conflict is shown with the version that has come in between."""
    if isinstance(refused, Conflict):
        filled.refused, filled.touched = None, True
        st.rerun()
    filled.refused = refused


def show_refusal(filled: FormDraft, refused: Refusal | None) -> None:
    """Keep what was refused and draw the page again, where what is wrong stands above the button."""
    filled.refused = refused
    if refused:
        st.rerun()


def text_field(filled: FormDraft, name: str, label: str, initial: str, **options: Any) -> None:
    """A field of one line, with what is wrong with it beside it."""
    st.text_input(label, initial, key=filled.key(name), **{"autocomplete": "off", **KEPT, **options})
    field_errors(filled.refused, name)


def text_area(filled: FormDraft, name: str, label: str, initial: str, **options: Any) -> None:
    """A field of several lines, with what is wrong with it beside it."""
    st.text_area(label, initial, key=filled.key(name), **{**KEPT, **options})
    field_errors(filled.refused, name)


def date_field(filled: FormDraft, name: str, label: str, initial: date | None) -> None:
    """A day, with what is wrong with it beside it."""
    st.date_input(label, initial, format="YYYY-MM-DD", key=filled.key(name), **KEPT)
    field_errors(filled.refused, name)


def parsed(parse: Callable[[str], Any], typed: str) -> tuple[Any, Message | None]:
    """A typed value as its kind reads it, and what is wrong with it; both None where nothing was typed."""
    if not typed.strip():
        return None, None
    wrong = refusal(parse, typed)
    return (None, wrong) if wrong else (parse(typed), None)
