"""A form, and the one way to save on a page: `Form.perform`.

A save runs once however often the mouse clicked. On success it is confirmed and the draft is done with; refused,
every fault stands beside its field and what was typed stays; after a conflict both versions are shown. What a store
that is away or full cannot take, the same button saves once it is back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn, Self

import streamlit as st
import structlog

from db import clock
from db.engine import STORE_AWAY
from db.store import Conflict
from pages.shared.components import confirm, saved
from pages.shared.faults import error_summary, field_errors
from pages.shared.form_drafts import FormDraft
from pages.shared.once_per_click import once_per_click, use
from pages.shared.store import the_store
from pages.shared.working_copies import forgetting, tell
from tracking.messages import Message, Refusal
from tracking.validation import Problem, refuse_all
from tracking.validation.days import FIRST_DAY, last_day

_LOG = structlog.get_logger()


class Form(FormDraft):
    """A form draft with its fields and its buttons."""

    @classmethod
    def under_way(cls, form: str, row_version: int | None = None, draft: Any = None) -> Self:
        """The current form draft, or a new one; says what was found again in it."""
        begun = super().under_way(form, row_version, draft)
        tell(begun)
        return begun

    def begin_again(self) -> None:
        """Drop what was typed, here and on the server, and begin from what stands now."""
        forgetting(self)()
        self.leave()
        super().begin_again()

    def done_with(self) -> Callable[[], None]:
        """What is to be done once it is saved: nothing of what was typed needs to be kept."""
        return forgetting(self)

    def perform(
        self, action: Callable[..., Any], /, *, done: str | Callable[[], str], **asked: Any
    ) -> NoReturn:
        """Do `action(store, **asked)` once, and draw the page again: with `done` confirmed, or with what was refused."""
        store, forget = the_store(), self.done_with()

        # It asks nothing of Streamlit: there a second click would end this run between the deed and its mark.
        def deed() -> None:
            action(store, **asked)
            forget()

        try:
            once_per_click().do(self.token.value, deed, done)
        except Refusal as refused:
            self._meet(refused)
        except (*STORE_AWAY, OSError) as error:  # a full disk refuses the files of evidence as well
            _LOG.error("store_away", exc_info=error)
            self.refused = Refusal(Message("store.away"))
        else:
            saved(once_per_click().done[self.token.value])
            use(self.token)
            self.leave()
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
        """One line of text; a password is kept nowhere."""
        told = {"autocomplete": "off", **self.kept, **options}
        first = initial if told.get("type") == "password" else self.first(field, initial)
        typed = st.text_input(label, first, key=self.key(field), **told)
        self._under(field, label, note)
        return typed or ""

    def area(self, field: str, label: str, initial: str = "", **options: Any) -> str:
        """Several lines of text."""
        told = {"height": 80, **self.kept, **options}
        typed = st.text_area(label, self.first(field, initial), key=self.key(field), **told)
        self._under(field, label)
        return typed or ""

    def day(self, field: str, label: str, initial: date | None, **options: Any) -> date:
        """A date field; when cleared, it returns to its initial day."""
        first = self.first(field, initial)
        told = {**self.kept, **options, **day_bounds(initial, first, **options)}
        typed = st.date_input(label, first, format="YYYY-MM-DD", key=self.key(field), **told)
        self._under(field, label)
        chosen: date | None = typed or initial
        return chosen or date.min

    def whole(self, field: str, label: str, initial: int, note: str = "", **options: Any) -> int:
        """A whole number."""
        first = self.first(field, initial)
        typed = st.number_input(label, value=first, step=1, key=self.key(field), **options)
        self._under(field, label, note)
        return int(typed)

    def choice(
        self, field: str, label: str, options: Mapping[Any, str], initial: Any = None, **more: Any
    ) -> Any:
        """One of several, by value."""
        # A select box that holds None would offer to clear it.
        values = ["" if value is None else value for value in options]
        names = dict(zip(values, options.values(), strict=True))
        first = self.first(field, initial if initial in values else values[0] if values else None)
        chosen = st.selectbox(
            label,
            values,
            values.index(first) if first in values else 0,
            format_func=names.__getitem__,
            key=self.key(field),
            **more,
        )
        self._under(field, label)
        return None if chosen == "" else chosen

    def several(
        self, field: str, label: str, options: Mapping[Any, str], initial: Iterable[Any] = ()
    ) -> list[Any]:
        """A multiple choice, by value."""
        first = self.first(field, [value for value in initial if value in options])
        chosen = st.multiselect(
            label,
            list(options),
            [value for value in first if value in options],
            format_func=options.__getitem__,
            key=self.key(field),
            placeholder="",
        )
        self._under(field, label)
        return chosen

    def switch(self, field: str, label: str, initial: bool, **options: Any) -> bool:
        """Yes or no."""
        first = bool(self.first(field, initial))
        chosen = st.checkbox(label, first, key=self.key(field), **options)
        self._under(field, label)
        return bool(chosen)

    def _under(self, field: str, label: str, note: str = "") -> None:
        """The one-line help of a field, and its faults; its label is known to the summary on top."""
        self.labels[field] = label
        if note:
            st.caption(note)
        field_errors(self.refused, field)


def day_bounds(
    *days: date | None, min_value: date = FIRST_DAY, max_value: date | None = None, **_: Any
) -> dict[str, date]:
    """Between what days a field lets choose: those that can be meant, and whatever stands in it.

    What is chosen beyond them would not reach us, and the day before would be saved in silence.
    """
    known = [day for day in days if day]
    latest = max_value or last_day(clock.today())
    return {"min_value": min([min_value, *known]), "max_value": max([latest, *known])}


def small_form(name: str) -> Form:
    """A form for something not stored yet, with its faults on top."""
    form = Form.under_way(name)
    error_summary(form.refused, form.labels)
    return form
