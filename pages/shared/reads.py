"""Cached reads of the pages: frames and figures, until a table they were read from or the day changes.

Everything kept is shared by all sessions and must never be changed; a permission is never decided
in here, the permitted scope is part of the key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

from db import clock
from db.authorities.scope import scope_of
from db.figures.summaries import keep_current
from db.identity import SignedIn
from db.store import Store
from db.table_versions import note_read, tables_read
from pages.shared.store import the_store
from tracking.permissions import Scope

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Reads:
    """Reads for one run of a page: one permitted scope, one version of each table, one day.

    `today` is the page's day: `known_on` if it shows what was known at the end of a past day.
    """

    store: Store
    scope: Scope
    versions: Mapping[str, int]
    today: date
    known_on: date | None = None

    def scoped(self, query: Callable[..., Kept], /, **asked: Any) -> Kept:
        """A query that takes the permitted scope: `query(store, scope, **asked)`."""
        return self._keep(lambda: query(self.store, self.scope, **asked), query, *sorted(asked.items()))

    def common(self, query: Callable[..., Kept], /, **asked: Any) -> Kept:
        """A query that everybody may read: `query(store, **asked)`."""
        return self._keep(lambda: query(self.store, **asked), query, *sorted(asked.items()))

    def made(self, build: Callable[..., Kept], /, *asked: Any) -> Kept:
        """Something built from reads, such as a figure: `build(reads, *asked)`, with plain values as arguments."""
        return self._keep(lambda: build(self, *asked), build, *asked)

    def _keep(self, make: Callable[[], Kept], source: Callable[..., Any], *asked: Any) -> Kept:
        # Page scripts are all named __main__ and recreated at each run: file and name distinguish them.
        name = (source.__code__.co_filename, source.__qualname__)
        scope = (self.scope.authority_ids, self.scope.drafts_of, self.scope.own)
        reach = [ids if ids is None else sorted(ids) for ids in scope]
        return _kept((self.store.engine.url, name, reach, self.today, asked), make, self.versions)


def _kept(key: tuple[Any, ...], make: Callable[[], Kept], versions: Mapping[str, int]) -> Kept:
    value: Kept = _entry(repr(key)).value(make, versions)
    return value


class _Entry:
    """One thing kept: made once for all who ask at the same time, and again once a table under it has changed."""

    def __init__(self) -> None:
        self._making = Lock()
        self._value: Any = None
        self._rests_on: Mapping[str, int] | None = None

    def value(self, make: Callable[[], Any], versions: Mapping[str, int]) -> Any:
        """What is kept, if nothing under it is newer; else made anew."""
        with self._making:
            if self._rests_on is None or _grown(versions, self._rests_on):
                with tables_read() as tables:
                    self._value = make()
                self._rests_on = {name: versions.get(name, 0) for name in tables}
            note_read(self._rests_on)
            return self._value


def _grown(versions: Mapping[str, int], rests_on: Mapping[str, int]) -> bool:
    # A run that began before another one's write may well be shown what rests on it.
    return any(versions.get(name, 0) > number for name, number in rests_on.items())


@st.cache_resource(max_entries=1000, show_spinner=False)
def _entry(key: str) -> _Entry:  # noqa: ARG001 -- read by the cache, not by the body
    return _Entry()


def reads_for(by: SignedIn, known_on: date | None = None) -> Reads:
    """The reads of this run for the signed-in officer; as of a past day, if given."""
    store, today = the_store(), clock.today()
    versions = store.table_versions()
    _kept(("day", store.engine.url, today), partial(keep_current, store), versions)
    asker = (by.roles, by.authority_id, today)
    scope = _kept(("scope", store.engine.url, asker), partial(scope_of, store, by), versions)
    return Reads(store, scope, versions, known_on or today, known_on)
