"""Which reporting unit an authority counts towards on a day, as authorities move within the tree.

The unit is the top of what an authority is part of. A period is added up by the tree of its own day, so a move
changes no figure of a period that was over before it; the tree of another day only regroups the same tasks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracking.vocabulary import AuthorityKind

# What may belong to what: the smaller the number, the higher. Kinds without a rank report for themselves.
_RANKS = {AuthorityKind.CITY: 1, AuthorityKind.COUNTY: 2}
UNIT_KINDS = tuple(kind for kind in AuthorityKind if kind not in _RANKS)


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which an authority is part of another, both ends included; no last day while it lasts.

    `merged` if it reported for itself until then.
    """

    authority_id: int
    parent_id: int
    starts_on: date
    ends_on: date | None = None
    merged: bool = False

    def covers(self, day: date) -> bool:
        """Whether it applies on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Tree:
    """The spans of all authorities that are or were part of another; those of one authority never overlap."""

    spans: tuple[Span, ...]

    @cached_property
    def _of(self) -> Mapping[int, list[Span]]:
        ordered = sorted(self.spans, key=lambda span: (span.authority_id, span.starts_on))
        return {key: list(spans) for key, spans in groupby(ordered, key=lambda span: span.authority_id)}

    def parent_of(self, authority_id: int, on: date) -> int | None:
        """Its parent; before the first recorded day, the first recorded parent. None for a unit."""
        spans = self._of.get(authority_id, [])
        if spans and on < spans[0].starts_on:
            return None if spans[0].merged else spans[0].parent_id
        return next((span.parent_id for span in spans if span.covers(on)), None)

    def way_up(self, authority_id: int, on: date) -> list[int]:
        """The authority, its parent, and so on; terminates even if somebody has entered a cycle."""
        way, parent = [authority_id], self.parent_of(authority_id, on)
        while parent is not None and parent not in way:
            way.append(parent)
            parent = self.parent_of(parent, on)
        return way

    def unit_of(self, authority_id: int, on: date) -> int:
        """The reporting unit it counts towards."""
        return self.way_up(authority_id, on)[-1]

    def under(self, authority_id: int, on: date) -> frozenset[int]:
        """The authority and all authorities that count through it."""
        return frozenset({authority_id, *(one for one in self._of if authority_id in self.way_up(one, on))})

    @cached_property
    def moved(self) -> frozenset[int]:
        """Authorities that have moved, or were under one that has: only their unit can change."""
        days = self._turning_days
        return frozenset(one for one in self._of if len({self.unit_of(one, day) for day in days}) > 1)

    @cached_property
    def _turning_days(self) -> list[date]:
        turning = {
            span.starts_on for span in self.spans if span.merged or span != self._of[span.authority_id][0]
        }
        before = {span.starts_on - timedelta(1) for span in self.spans if span.merged}
        ended = {span.ends_on for span in self.spans if span.ends_on is not None}
        return sorted(turning | ended | before)

    def units(self, on: date) -> dict[int, int]:
        """Authority → its unit on a day, for those that have `moved`; all others always have the same unit."""
        return {authority_id: self.unit_of(authority_id, on) for authority_id in self.moved}

    def units_ever(self, authority_id: int) -> frozenset[int]:
        """Every unit that an authority in `moved` has ever counted towards; none for the others."""
        if authority_id not in self.moved:
            return frozenset()
        return frozenset(self.unit_of(authority_id, day) for day in self._turning_days)


def rehomed(facts: pd.DataFrame, units: Mapping[int, int]) -> pd.DataFrame:
    """The facts with unit_id replaced as `units` (authority → unit) says."""
    return facts.assign(unit_id=units_of(facts, units)) if units else facts


def units_of(facts: Any, units: Mapping[int, int]) -> NDArray[np.int64]:
    """The unit of every fact, as `units` (authority → unit) says."""
    kept = np.asarray(facts["unit_id"])
    if not units:
        return kept
    pairs = zip(np.asarray(facts["authority_id"]).tolist(), kept.tolist(), strict=True)
    return np.array([units.get(authority_id, unit_id) for authority_id, unit_id in pairs], dtype=np.int64)


def is_beneath(kind: AuthorityKind) -> bool:
    """Whether authorities of this kind report through another."""
    return kind in _RANKS


def may_stand_under(kind: AuthorityKind, parent: AuthorityKind) -> bool:
    """A county may be under a city or a reporting unit, a city under a reporting unit."""
    return kind in _RANKS and _RANKS.get(parent, 0) < _RANKS[kind] and parent is not AuthorityKind.NOT_COVERED


def may_be_hosted(kind: AuthorityKind) -> bool:
    """Whether a province may host this kind: those that report for themselves from within it."""
    return kind in {AuthorityKind.SEPARATE_PLAN_CITY, AuthorityKind.XPCC, AuthorityKind.CCPIT_LOCAL}


def may_become(kind: AuthorityKind, other: AuthorityKind) -> bool:
    """Whether an authority may turn into another kind: who reports for itself goes on doing so."""
    covered = AuthorityKind.NOT_COVERED not in {kind, other}
    return covered and is_beneath(kind) == is_beneath(other)


def may_take_over(kind: AuthorityKind, successor: AuthorityKind) -> bool:
    """Whether an authority may be merged into one of another kind: none that is lower."""
    return successor is not AuthorityKind.NOT_COVERED and _RANKS.get(successor, 0) <= _RANKS.get(kind, 0)
