"""The lines of a file, each judged by doing it: what is refused is told, and all are taken or none."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from db.store import Transaction
from tracking.messages import Message, Refusal
from tracking.unit_lists import ListChange

Line = TypeVar("Line")


class Judged(Protocol):
    """A line of a file, and what it would do."""

    @property
    def line(self) -> int:
        """Its place in the file."""

    @property
    def change(self) -> ListChange:
        """What it would do, or that it is refused."""


def on_trial(tx: Transaction, do: Callable[[], Line], refused: Callable[[Refusal], Line]) -> Line:
    """One line, done; what is refused of it is undone, so that the next is judged rightly."""
    try:
        with tx.session.begin_nested():
            return do()
    except Refusal as why:
        return refused(why)


def counted(judged: Iterable[Judged]) -> dict[ListChange, int]:
    """How many lines do what. Raises `Refusal` naming every line that cannot be taken, or if none does anything."""
    lines = list(judged)
    counts = Counter(one.change for one in lines)
    if counts[ListChange.REFUSED]:
        named = tuple(str(one.line) for one in lines if one.change is ListChange.REFUSED)
        raise Refusal(Message("unit_list.refused", lines=named))
    if not counts[ListChange.NEW] + counts[ListChange.CHANGED]:
        raise Refusal(Message("unit_list.nothing_new"))
    return dict(counts)
