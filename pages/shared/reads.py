"""Cached reads of the pages: frames and figures, until a table they were read from or the day changes.

Everything kept is shared by all sessions and must never be changed; a permission is never decided
in here, the permitted scope is part of the key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from db import clock
from db.authorities.scope import scope_of
from db.figures.summaries import keep_current
from db.identity import SignedIn
from db.kept import Kept
from db.store import Store
from pages.shared.store import the_store
from tracking.permissions import Scope

Made = TypeVar("Made")


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

    def scoped(self, query: Callable[..., Made], /, **asked: Any) -> Made:
        """A query that takes the permitted scope: `query(store, scope, **asked)`."""
        return self._keep(lambda: query(self.store, self.scope, **asked), query, *sorted(asked.items()))

    def common(self, query: Callable[..., Made], /, **asked: Any) -> Made:
        """A query that everybody may read: `query(store, **asked)`."""
        return self._keep(lambda: query(self.store, **asked), query, *sorted(asked.items()))

    def made(self, build: Callable[..., Made], /, *asked: Any) -> Made:
        """Something built from reads, such as a figure: `build(reads, *asked)`, with plain values as arguments."""
        return self._keep(lambda: build(self, *asked), build, *asked)

    def _keep(self, make: Callable[[], Made], source: Callable[..., Any], *asked: Any) -> Made:
        # Page scripts are all named __main__ and recreated at each run: file and name distinguish them.
        name = (source.__code__.co_filename, source.__qualname__)
        scope = (self.scope.authority_ids, self.scope.drafts_of, self.scope.own)
        reach = [ids if ids is None else sorted(ids) for ids in scope]
        told = (reach, self.scope.minding)
        return _kept((self.store.engine.url, name, told, self.today, asked), make, self.store, self.versions)


def _kept(key: tuple[Any, ...], make: Callable[[], Made], store: Store, versions: Mapping[str, int]) -> Made:
    value: Made = _entry(repr(key)).value(make, store.engine, versions)
    return value


@st.cache_resource(max_entries=1000, show_spinner=False)
def _entry(key: str) -> Kept:  # noqa: ARG001 -- read by the cache, not by the body
    return Kept()


def reads_for(by: SignedIn, known_on: date | None = None) -> Reads:
    """The reads of this run for the signed-in officer; as of a past day, if given."""
    store, today = the_store(), clock.today()
    versions = store.table_versions()
    _kept(("day", store.engine.url, today), partial(keep_current, store), store, versions)
    asker = (by.roles, by.authority_id, today)
    scope = _kept(("scope", store.engine.url, asker), partial(scope_of, store, by), store, versions)
    return Reads(store, scope, versions, known_on or today, known_on)
