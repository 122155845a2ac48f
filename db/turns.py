"""Whose turn it is to have a file made or read: so many in all, two of one person, and persons take turns.

Such work takes seconds and a core. In a thread that pages, sign-in and health need it would stop the whole site, so
it begins only when its turn has come, and whoever waits for it is told the place.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from itertools import count
from threading import Lock

from tracking.messages import Message, Refusal
from tracking.steps import OnStep, Step

# One more than one person may have, so that nobody ever holds all of them.
AT_ONCE, OF_ONE, WAITING_OF_ONE = 3, 2, 20
LOOKED_AT_EVERY = 0.5


class TooMany(Refusal):
    """Too many files of one person are waiting already; no more are accepted."""


class Turn:
    """A place in the queue; `begins` is done once the work may begin."""

    def __init__(self, who: int, order: tuple[int, int]) -> None:
        self.who = who
        self.order = order
        self.begins: Future[None] = Future()


class Turns:
    """A fair queue: everybody's first file comes before anybody's second, and so on."""

    def __init__(self, at_once: int = AT_ONCE, of_one: int = OF_ONE, waiting: int = WAITING_OF_ONE) -> None:
        self.at_once, self.of_one, self.most_waiting = at_once, of_one, waiting
        self._lock, self._numbers = Lock(), count()
        self._waiting: list[Turn] = []
        self._begun: list[Turn] = []
        self._round = 0

    def ask(self, who: int) -> Turn:
        """Queue one more file for a person. Raises `TooMany`."""
        with self._lock:
            mine = [turn for turn in self._waiting if turn.who == who]
            if len(mine) >= self.most_waiting:
                raise TooMany(Message("turns.too_many", most=self.most_waiting))
            before = mine or [turn for turn in self._begun if turn.who == who]
            last = max((turn.order[0] for turn in before), default=-1)
            turn = Turn(who, (max(self._round, last + 1), next(self._numbers)))
            insort(self._waiting, turn, key=lambda waiting: waiting.order)
            self._begin()
            return turn

    def place(self, turn: Turn) -> int:
        """The position in the queue: 1 for the next, 0 once it has begun."""
        with self._lock:
            return self._waiting.index(turn) + 1 if turn in self._waiting else 0

    def leave(self, turn: Turn) -> None:
        """Leave: the work is done or no longer wanted."""
        with self._lock:
            for turns in (self._waiting, self._begun):
                if turn in turns:
                    turns.remove(turn)
            self._begin()

    def _begin(self) -> None:
        running = Counter(turn.who for turn in self._begun)
        for turn in list(self._waiting):
            if len(self._begun) < self.at_once and running[turn.who] < self.of_one:
                self._waiting.remove(turn)
                self._begun.append(turn)
                running[turn.who] += 1
                self._round = max(self._round, turn.order[0])
                turn.begins.set_result(None)


# All files of this process: those of its pages and of its routes.
TURNS = Turns()


@contextmanager
def in_turn(who: int, told: Callable[[int], object], turns: Turns = TURNS) -> Iterator[None]:
    """Wait for a person's turn, then work. Meanwhile `told` is called with the position, and may raise to give up.

    Raises `TooMany`.
    """
    turn = turns.ask(who)
    try:
        while place := turns.place(turn):
            told(place)
            _wait(turn)
        yield
    finally:
        turns.leave(turn)


def waiting(on_step: OnStep) -> Callable[[int], object]:
    """Report the position as a step of the work waited for."""
    return lambda place: on_step(Step.WAITING, 0, place)


def _wait(turn: Turn) -> None:
    with suppress(TimeoutError):
        turn.begins.result(LOOKED_AT_EVERY)
