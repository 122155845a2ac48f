"""What is seen while something is made: the tables and columns it is read from, and what the store answered.

Made of the same answers it comes out the same. So a write under it makes it worthless only if one of them has changed,
and asking the store again takes a tenth of the time of making.
"""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Engine

from db.driver import run

_SEEN: ContextVar["Seen | None"] = ContextVar("seen", default=None)


class Answer:
    """What the store answered to a statement; one that has changed once stays so."""

    __slots__ = ("_changed", "_parameters", "_rests_on", "_statement", "digest")

    def __init__(
        self, statement: str, parameters: Any, rows: Sequence[Any], rests_on: Mapping[str, int]
    ) -> None:
        self._statement, self._parameters = statement, parameters
        self.digest, self._rests_on, self._changed = _digest(rows), rests_on, False

    def stands(self, engine: Engine, numbers: Mapping[str, int]) -> bool:
        """Whether the store answers the same; it is asked only if what the statement names has a higher number."""
        if not self._changed and grown(numbers, self._rests_on):
            # Others may look at the same time: none may take back that it has changed.
            if _digest(self._asked_again(engine)) != self.digest:
                self._changed = True
            else:
                self._rests_on = numbers_of(self._rests_on, numbers)
        return not self._changed

    def _asked_again(self, engine: Engine) -> Sequence[Any]:
        # As the driver was asked the first time: to build a statement takes longer than to run it, and so do its rows.
        with (
            engine.connect() as connection,
            closing(run(connection, self._statement, self._parameters)) as cursor,
        ):
            return cursor.fetchall()  # type: ignore[no-any-return]  # as the driver says


@dataclass
class Seen:
    """The tables and columns that were read, and the answers; with `more`, what cannot be asked again.

    `numbers` are theirs when it began, None where the answers do not matter.
    """

    numbers: Mapping[str, int] | None = None
    names: set[str] = field(default_factory=set)
    answers: dict[Answer, None] = field(default_factory=dict)
    more: bool = False

    @property
    def keeps_answers(self) -> bool:
        """Whether a further answer is of use."""
        return self.numbers is not None and not self.more

    def stands(self, engine: Engine, numbers: Mapping[str, int]) -> bool:
        """Whether what was made would come out the same, though tables were written."""
        return not self.more and all(answer.stands(engine, numbers) for answer in self.answers)

    def is_like(self, other: "Seen") -> bool:
        """Whether the store answered the same to both."""
        return [answer.digest for answer in self.answers] == [answer.digest for answer in other.answers]


@contextmanager
def watching(numbers: Mapping[str, int] | None = None) -> Iterator[Seen]:
    """What this thread sees meanwhile; where it fails, what is made around it rests on that as well."""
    token = _SEEN.set(seen := Seen(numbers))
    try:
        yield seen
    except Exception:
        _SEEN.reset(token)
        note_seen(seen)
        raise
    _SEEN.reset(token)


def being_seen() -> Seen | None:
    """What the innermost `watching` of this thread has seen so far."""
    return _SEEN.get()


def note_seen(inner: Seen) -> None:
    """What is made now rests on something that was made of this."""
    if (outer := _SEEN.get()) is not None:
        outer.names |= inner.names
        outer.answers |= inner.answers
        outer.more |= inner.more


def note_tables(names: Iterable[str]) -> None:
    """What is made now rests on these tables and columns, of which nobody here saw what was read."""
    note_seen(Seen(names=set(names), more=True))


def note_instant() -> None:
    """What is made now rests on the instant at which it is made."""
    note_seen(Seen(more=True))


def grown(numbers: Mapping[str, int], rests_on: Mapping[str, int]) -> bool:
    """Whether a table or a column has a higher number than the one that was seen."""
    return any(numbers.get(name, 0) > number for name, number in rests_on.items())


def numbers_of(names: Iterable[str], numbers: Mapping[str, int]) -> Mapping[str, int]:
    """The numbers of these names alone."""
    return {name: numbers.get(name, 0) for name in names}


def _digest(rows: Sequence[Any]) -> bytes:
    return blake2b(pickle.dumps(list(map(tuple, rows)), 5), digest_size=16).digest()
