"""A rule that is an ordered table of conditions, of which the first that holds decides.

Conditions are written with `==`, `<=`, `&` and the like alone, which plain values, numpy columns and the expressions
of a database all know: whoever asks brings facts of one of these kinds, and there is one table for all three.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Word = TypeVar("Word", bound=StrEnum)
Facts = TypeVar("Facts")


@dataclass(frozen=True)
class FirstCase(Generic[Word, Facts]):
    """The words in the order of their conditions, and the word if none holds."""

    cases: tuple[tuple[Word, Callable[[Facts], Any]], ...]
    otherwise: Word

    def of(self, facts: Facts) -> Word:
        """The word for a single item."""
        return next((word for word, holds in self.cases if holds(facts)), self.otherwise)

    def codes(self, facts: Facts, words: tuple[Word, ...]) -> NDArray[np.int8]:
        """For columns, one row per item: the index of each word in `words`."""
        found: Any = np.int8(words.index(self.otherwise))
        for word, holds in reversed(self.cases):
            found = np.where(holds(facts), np.int8(words.index(word)), found)
        return np.asarray(found)

    def conditions(self, facts: Facts, word: Word) -> tuple[Any, list[Any]]:
        """The condition of a word, and the earlier conditions, which must not hold."""
        place = [one for one, _ in self.cases].index(word)
        *before, own = (holds(facts) for _, holds in self.cases[: place + 1])
        return own, before
