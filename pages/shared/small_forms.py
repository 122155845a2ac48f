"""A complete small form: fields above one button, faults beside their fields, typed values kept, saved once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from pages.shared.components import confirm
from pages.shared.forms import error_summary, field_errors, perform
from pages.shared.once_per_click import Token, form_token
from pages.shared.wording import translate
from tracking.messages import Refusal
from tracking.permissions import Right, holders_of


@dataclass(frozen=True, slots=True)
class SmallForm:
    """One form draft; its widgets carry its token, so that a fresh draft has fresh widgets."""

    name: str
    token: Token

    @property
    def refused(self) -> Refusal | None:
        """What the last save met."""
        found: Refusal | None = st.session_state.get(self.key("refused"))
        return found

    def key(self, field: str) -> str:
        """The key of the widget of a field, or of a button."""
        return f"{self.name}:{self.token}:{field}"

    def text(self, field: str, label: str, initial: str = "", note: str = "", **options: Any) -> str:
        """One line of text."""
        typed = st.text_input(label, initial, key=self.key(field), autocomplete="off", **options)
        self._under(field, note)
        return typed or ""

    def area(self, field: str, label: str, **options: Any) -> str:
        """Several lines of text."""
        typed = st.text_area(label, key=self.key(field), height=80, **options)
        field_errors(self.refused, field)
        return typed or ""

    def day(self, field: str, label: str, initial: date | None, **options: Any) -> date:
        """A date field; emptied, it returns to its initial day."""
        typed = st.date_input(label, initial, format="YYYY-MM-DD", key=self.key(field), **options)
        field_errors(self.refused, field)
        chosen: date | None = typed or initial
        return chosen or date.min

    def whole(self, field: str, label: str, initial: int, note: str = "", **options: Any) -> int:
        """A whole number."""
        typed = st.number_input(label, value=initial, step=1, key=self.key(field), **options)
        self._under(field, note)
        return int(typed)

    def choice(
        self, field: str, label: str, options: Mapping[Any, str], initial: Any = None, **more: Any
    ) -> Any:
        """One of several, by value."""
        # A box that holds None would offer to be emptied.
        values = ["" if value is None else value for value in options]
        names = dict(zip(values, options.values(), strict=True))
        first = values.index(initial) if initial in values else 0
        chosen = st.selectbox(
            label, values, first, format_func=names.__getitem__, key=self.key(field), **more
        )
        field_errors(self.refused, field)
        return None if chosen == "" else chosen

    def several(
        self, field: str, label: str, options: Mapping[int, str], initial: Iterable[int] = ()
    ) -> list[int]:
        """A multiple choice, by value."""
        chosen = st.multiselect(
            label,
            list(options),
            [value for value in initial if value in options],
            format_func=options.__getitem__,
            key=self.key(field),
            placeholder="",
        )
        field_errors(self.refused, field)
        return chosen

    def switch(self, field: str, label: str, initial: bool, **options: Any) -> bool:
        """Yes or no."""
        chosen = st.checkbox(label, initial, key=self.key(field), **options)
        field_errors(self.refused, field)
        return bool(chosen)

    def _under(self, field: str, note: str) -> None:
        """The help of a field in one line, and what is wrong with it."""
        if note:
            st.caption(note)
        field_errors(self.refused, field)

    def save(
        self,
        verb: str,
        action: Callable[..., Any],
        /,
        *,
        done: str,
        consequence: str = "",
        primary: bool = False,
        **asked: Any,
    ) -> None:
        """The button that does `action(store, **asked)`, after asking once where `consequence` says what follows."""
        key, kind = self.key("save"), "primary" if primary else "secondary"
        pressed = (
            confirm(key, verb=verb, consequence=consequence, primary=primary)
            if consequence
            else st.button(verb, key=key, type=kind)
        )
        if pressed:
            st.session_state[self.key("refused")] = perform(action, done=done, token=self.token, **asked)
            st.rerun()


def small_form(name: str) -> SmallForm:
    """The current form draft; faults of the form as a whole stand on top of it."""
    form = SmallForm(name, form_token(name))
    error_summary(form.refused)
    return form


def may_not(right: Right) -> None:
    """Why a control is not here: who has it."""
    roles = translate("access.list").join(translate(f"role.{role}") for role in holders_of(right))
    st.caption(translate("admin.holders", right=right, roles=roles))
