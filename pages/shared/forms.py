"""A form, and the one way to save on a page: `Form.perform`.

A save runs once however often the mouse clicked. On success it is confirmed and the draft is done with; refused,
every fault stands beside its field and what was typed stays; after a conflict both versions are shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

import streamlit as st

from db.store import Conflict
from pages.shared.components import confirm, saved
from pages.shared.faults import error_summary, field_errors
from pages.shared.form_drafts import FormDraft
from pages.shared.once_per_click import once_per_click, use
from pages.shared.store import the_store
from tracking.messages import Refusal
from tracking.validation import Problem, refuse_all


class Form(FormDraft):
    """A form draft with its fields and its buttons."""

    def perform(self, action: Callable[..., Any], /, *, done: str, **asked: Any) -> NoReturn:
        """Do `action(store, **asked)` once, then rerun the page, confirming `done` or showing the refusal."""
        try:
            once_per_click().do(self.token.value, lambda: action(the_store(), **asked), done)
        except Refusal as refused:
            self._meet(refused)
        else:
            saved(done)
            use(self.token)
        st.rerun()

    def refuse(self, problems: Sequence[Problem]) -> NoReturn:
        """Show faults found before calling the store: unreadable typed values."""
        try:
            refuse_all(problems)
        except Refusal as refused:
            self._meet(refused)
        st.rerun()

    def _meet(self, refused: Refusal) -> None:
        """Keep the refusal; after a conflict a form that began from a draft shows both versions instead."""
        if isinstance(refused, Conflict) and self.draft is not None:
            self.refused, self.touched = None, True
        else:
            self.refused = refused

    def save(
        self,
        verb: str,
        action: Callable[..., Any],
        /,
        *,
        done: str,
        button: str = "save",
        consequence: str = "",
        primary: bool = False,
        disabled: bool = False,
        **asked: Any,
    ) -> None:
        """The button that does `action(store, **asked)`, after asking once if there is a `consequence`."""
        key = self.key(button)
        pressed = (
            confirm(key, verb=verb, consequence=consequence, primary=primary, disabled=disabled)
            if consequence
            else st.button(verb, key=key, type="primary" if primary else "secondary", disabled=disabled)
        )
        if pressed:
            self.perform(action, done=done, **asked)

    def text(self, field: str, label: str, initial: str = "", note: str = "", **options: Any) -> str:
        """One line of text."""
        told = {"autocomplete": "off", **self.kept, **options}
        typed = st.text_input(label, initial, key=self.key(field), **told)
        self._under(field, note)
        return typed or ""

    def area(self, field: str, label: str, initial: str = "", **options: Any) -> str:
        """Several lines of text."""
        typed = st.text_area(label, initial, key=self.key(field), **{"height": 80, **self.kept, **options})
        self._under(field)
        return typed or ""

    def day(self, field: str, label: str, initial: date | None, **options: Any) -> date:
        """A date field; when cleared, it returns to its initial day."""
        told = {**self.kept, **options}
        typed = st.date_input(label, initial, format="YYYY-MM-DD", key=self.key(field), **told)
        self._under(field)
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
        # A select box that holds None would offer to clear it.
        values = ["" if value is None else value for value in options]
        names = dict(zip(values, options.values(), strict=True))
        first = values.index(initial) if initial in values else 0
        chosen = st.selectbox(
            label, values, first, format_func=names.__getitem__, key=self.key(field), **more
        )
        self._under(field)
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
        self._under(field)
        return chosen

    def switch(self, field: str, label: str, initial: bool, **options: Any) -> bool:
        """Yes or no."""
        chosen = st.checkbox(label, initial, key=self.key(field), **options)
        self._under(field)
        return bool(chosen)

    def _under(self, field: str, note: str = "") -> None:
        """The one-line help of a field, and its faults."""
        if note:
            st.caption(note)
        field_errors(self.refused, field)


def small_form(name: str) -> Form:
    """A form for something not stored yet, with its faults on top."""
    form = Form.under_way(name)
    error_summary(form.refused)
    return form
