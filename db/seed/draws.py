"""Randomness: every draw has a named source, so the same name gives the same data on any machine."""

import random
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Card = TypeVar("Card")
Draw = random.Random

NAME = "sample data 1"


def draws(*names: object) -> Draw:
    """The random source with this name."""
    return random.Random(":".join(map(str, (NAME, *names))))  # noqa: S311 -- sample data keeps no secret


class Deck(Generic[Card]):
    """Deals cards in given proportions, a whole pack at a time, so that every card turns up."""

    def __init__(self, draw: Draw, copies: Mapping[Card, int]) -> None:
        self._draw = draw
        self._pack = [card for card, number in copies.items() for _ in range(number)]
        self._left: list[Card] = []

    def deal(self) -> Card:
        """The next card."""
        if not self._left:
            self._left = self._draw.sample(self._pack, len(self._pack))
        return self._left.pop()


def between(draw: Draw, low: int, high: int) -> int:
    """A whole number from low to high; low if high is less."""
    return draw.randint(low, max(low, high))


def in_turn(draw: Draw, cards: Iterable[Card], number: int) -> list[Card]:
    """This many cards, each once before any repeats."""
    deck = Deck(draw, dict.fromkeys(cards, 1))
    return [deck.deal() for _ in range(number)]
