"""What is typed in a form until it is saved: it survives another task, another page, and someone else's save.

A form draft remembers the version of the row it began from, so that a save names that version and not the newest
one. Its widgets carry its token in their keys: a fresh draft has fresh widgets. What differs from the values it
began with is kept on the server as well (`pages.shared.working_copies`), and stands in the fields again when its
author comes back in another session, on another machine or after a restart.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self, TypeVar

import streamlit as st

from db.working_copies.queries import Copy
from pages.shared.once_per_click import Token, form_token, use
from pages.shared.plain_values import from_plain, to_plain
from tracking.messages import Message, Refusal, refusal

_KEPT: Any = {"persist_state": "session"}
_DRAFTS = "form_drafts"
# What the server keeps for whoever is signed in, read once a run where a draft begins.
COPIES = "working_copies"
Line = TypeVar("Line", bound=Any)


@dataclass
class FormDraft:
    """A form draft, begun from `draft` at `row_version`; `refused` is why the last save failed, `labels` what its
    fields are called.

    `rows` are the lines of its lists, `highest` the highest number that was ever given to one. `initial` is what its
    fields began with, `typed_here` what differs from that. `written` is what the server keeps of it, `follows` names
    the page that kept it before, and `unkept` says why the newest is not kept.
    """

    token: Token
    row_version: int | None = None
    draft: Any = None
    refused: Refusal | None = None
    touched: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)
    typed_here: dict[str, Any] = field(default_factory=dict)
    written: Any = None
    follows: str = ""
    restored_at: datetime | None = None
    unkept: Message | None = None
    _drawn_with: dict[str, Any] = field(default_factory=dict)
    _rows_at_first: dict[str, list[Any]] = field(default_factory=dict)
    _rows_restored: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def under_way(cls, form: str, row_version: int | None = None, draft: Any = None) -> Self:
        """The current form draft, or a new one; untouched, it follows the store."""
        token = form_token(form)
        found = cls.left(form)
        if found and found.token == token:
            if found.touched or found.typed_here or found.row_version == row_version:
                return found
            use(token)
            token = form_token(form)
        all_drafts()[form] = begun = cls(token, row_version, draft)
        if copy := copy_of(form):
            begun._restore(copy)
        return begun

    @classmethod
    def left(cls, form: str) -> Self | None:
        """The form draft begun last, whether or not it is still current."""
        found: Self | None = all_drafts().get(form)
        return found

    @property
    def kept(self) -> Any:
        """Widget arguments that preserve what was typed when one comes back."""
        return {} if self.row_version is None else _KEPT

    def key(self, name: str) -> str:
        """The widget key of a field or button."""
        return f"{self.token.form}:{self.token}:{name}"

    def typed(self, name: str, initial: Any) -> Any:
        """What stands in a field, also before it is drawn."""
        self.initial.setdefault(name, initial)
        return st.session_state.get(self.key(name), self.typed_here.get(name, initial))

    def first(self, name: str, initial: Any) -> Any:
        """What the widget of a field is drawn with: what was typed before it was there, else `initial`."""
        self.initial.setdefault(name, initial)
        if self.key(name) not in st.session_state:
            self._drawn_with[name] = self.typed_here.get(name, initial)
        return self._drawn_with.get(name, initial)

    def lines(self, name: str, kind: type[Line], begun: list[Line]) -> list[Line]:
        """The lines of a list as they are now, since lines come and go; `kind` is a dataclass."""
        if name not in self.rows:
            self._rows_at_first[name] = list(begun)
            restored = self._rows_restored.get(name)
            self.rows[name] = begun if restored is None else [kind(**line) for line in restored]
        return self.rows[name]

    def note(self) -> None:
        """Remember what stands in the fields now: a widget that is not drawn any more forgets it."""
        for name, initial in self.initial.items():
            value = st.session_state.get(self.key(name), self.typed_here.get(name, initial))
            if value == initial:
                self.typed_here.pop(name, None)
            else:
                self.typed_here[name] = value

    def content(self) -> Mapping[str, Any]:
        """What was typed, as plain values; empty where nothing was."""
        rows = dict(self._rows_restored)
        rows |= {name: [asdict(line) for line in lines] for name, lines in self.rows.items()}
        for name, first in self._rows_at_first.items():
            if self.rows[name] == first:
                del rows[name]
        if not self.typed_here and not rows:
            return {}
        return {"fields": to_plain(self.typed_here), "rows": to_plain(rows), "highest": dict(self.highest)}

    def _restore(self, copy: Copy) -> None:
        """Begin with what was typed before; over what changed since, it is for its author to say which stays."""
        self.typed_here = from_plain(copy.content["fields"])
        self._rows_restored = from_plain(copy.content["rows"])
        self.highest = dict(copy.content["highest"])
        self.written, self.follows, self.restored_at = copy.content, copy.token, copy.saved_at
        if self.draft is not None:
            self.row_version, self.touched = copy.row_version, True

    def is_stale(self, row_version: int) -> bool:
        """Whether somebody else saved the row since this form draft began, and something was typed here."""
        return self.touched and row_version != self.row_version

    def begin_again(self) -> None:
        """Drop what was typed and start again from the current version."""
        use(self.token)

    def leave(self) -> None:
        """Have nothing more to do with it: what it held is saved or discarded."""
        if all_drafts().get(self.token.form) is self:
            del all_drafts()[self.token.form]

    def go_on(self, row_version: int) -> None:
        """Keep what was typed, to be saved over the current version."""
        self.row_version, self.refused = row_version, None


def copy_of(form: str) -> Copy | None:
    """What the server keeps of a form for whoever is signed in."""
    read = st.session_state.get(COPIES)
    copies: Mapping[str, Copy] = read() if read else {}
    return copies.get(form)


def all_drafts() -> dict[str, Any]:
    """Form → the draft begun last in this session of the browser."""
    found: dict[str, Any] = st.session_state.setdefault(_DRAFTS, {})
    return found


def parsed(parse: Callable[[str], Any], typed: str) -> tuple[Any, Message | None]:
    """A typed value as parsed for its kind, and its fault; both None if nothing was typed."""
    if not typed.strip():
        return None, None
    wrong = refusal(parse, typed)
    return (None, wrong) if wrong else (parse(typed), None)
