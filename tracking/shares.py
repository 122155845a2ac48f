"""Indicators that several notices ask for: which of them are one figure on a day, and what was reported of it elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


class Declared(Protocol):
    """From a day on, an indicator is the same figure as another, or as none."""

    indicator_id: int
    from_on: date
    same_as_id: int | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the same authority reported of a figure under another notice: its value, the notice and the task."""

    value: Decimal
    notice: str
    task_number: int


def homes_on(declared: Iterable[Declared], day: date) -> Mapping[int, int]:
    """Indicator → the one it is the same figure as on a day; those that stand alone are left out."""
    newest: dict[int, int | None] = {}
    for row in sorted(declared, key=lambda row: row.from_on):
        if row.from_on <= day:
            newest[row.indicator_id] = row.same_as_id
    return {key: same for key, same in newest.items() if same is not None}


def shared_with(homes: Mapping[int, int]) -> Mapping[int, frozenset[int]]:
    """Indicator → the others that are the same figure."""
    groups: dict[int, set[int]] = {}
    for key, home in homes.items():
        groups.setdefault(home, {home}).add(key)
    return {key: frozenset(group - {key}) for group in groups.values() for key in group}
