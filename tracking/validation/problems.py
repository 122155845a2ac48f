"""What a fault is, and the single-value checks that every form shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from tracking.cleaning import clean_text, says_something, text_problem
from tracking.messages import Message, Refusal

Draft = TypeVar("Draft")

# Maximum characters by field name; the columns in db/tables hold as many.
LIMITS = {
    "goals": 2000,
    "reason": 1000,
    "title": 200,
    "goal": 500,
    "lead_unit": 100,
    "supporting_units": 300,
    "supervising_leader": 40,
    "liaison": 40,
    "remark": 500,
    "milestone_title": 100,
    "exempt_because": 300,
    "progress": 2000,
    "difficulties": 1000,
    "next_steps": 1000,
    "explanation": 1000,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, in the user's words, beside the field it belongs to ("" is the whole form)."""

    field: str
    message: Message


def refuse_all(problems: Sequence[Problem], kind: type[Refusal] = Refusal) -> None:
    """Refuse with all problems together, if any. Raises `Refusal`, or the given kind of it."""
    if problems:
        raise kind(
            *(problem.message for problem in problems), fields=tuple(problem.field for problem in problems)
        )


def text_problems(
    field: str, value: str, *, required: bool = False, limit: int | None = None
) -> Iterable[Problem]:
    """Faults of one text: unstorable characters, empty or without a word though required, too long."""
    fault = text_problem(value)
    if fault is not None:
        yield Problem(field, fault)
        return
    length, most = len(clean_text(value)), limit or LIMITS[field]
    if required and not says_something(value):
        yield Problem(field, Message("validation.says_nothing" if length else "validation.required"))
    if length > most:
        yield Problem(field, Message("validation.too_long", length=length, limit=most))


def cleaned(draft: Draft) -> Draft:
    """The draft with every text in it, at any depth, as it is stored. Raises `Refusal` as `clean_text` does."""
    whole: Draft = _cleaned(draft)
    return whole


def _cleaned(value: Any) -> Any:
    if isinstance(value, Enum):  # a closed word is a string too, and would lose its type
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(value, **{part.name: _cleaned(getattr(value, part.name)) for part in fields(value)})
