"""Rules of `tracking` as expressions of the database, built from the rules' own tables."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, not_

from db.clock import end_of
from tracking.first_case import FirstCase


def word_of(rule: FirstCase[Any, Any], facts: Any) -> Any:
    """The word a rule gives, as an expression."""
    cases = [(holds(facts), str(word)) for word, holds in rule.cases]
    return case(*cases, else_=str(rule.otherwise))


def place_of(rule: FirstCase[Any, Any], facts: Any, words: Sequence[Any]) -> Any:
    """The place among `words` of the word a rule gives, as an expression."""
    cases = [(holds(facts), words.index(word)) for word, holds in rule.cases]
    return case(*cases, else_=words.index(rule.otherwise))


def has_word(rule: FirstCase[Any, Any], facts: Any, word: Any) -> Any:
    """The condition for a rule to give this word, which must have a condition."""
    own, before = rule.conditions(facts, word)
    return and_(own, *(not_(one) for one in before))


def band_of_age(since: Any, bands: Sequence[tuple[Any, int | None]], today: date) -> Any:
    """The age band of an instant; `bands` map to their last day, the last band to none."""
    *bounded, (oldest, _) = bands
    cases: list[Any] = [
        (since > end_of(today - timedelta(last + 1)), band) for band, last in bounded if last is not None
    ]
    return case(*cases, else_=oldest)
