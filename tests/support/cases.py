"""The shape of an action's case: the right it needs, whether it is bound to one authority, its arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracking.permissions import Right


@dataclass(frozen=True)
class Case:
    """`right` is None where everybody signed in may, for themselves; `bound` where it is for one authority."""

    action: Callable[..., Any]
    right: Right | None
    bound: bool
    asked: Mapping[str, Any]


def of(right: Right | None, *actions: tuple[Callable[..., Any], dict[str, Any]], bound: bool) -> list[Case]:
    """A case for each of these actions, which need the same right."""
    return [Case(action, right, bound, asked) for action, asked in actions]
