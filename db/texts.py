"""Cleaning a form's short texts: every fault at once, each with its field."""

from collections.abc import Mapping
from typing import Any

from tracking.cleaning import clean_text, says_something
from tracking.messages import Message, Refusal
from tracking.validation import Problem, refuse_all
from tracking.validation.problems import text_problems


def cleaned_texts(
    typed: Mapping[str, str], limits: Mapping[str, int], *, optional: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The texts as stored, each within its length limit and non-empty unless optional.

    Raises `Refusal` with every fault.
    """
    problems: list[Problem] = []
    for field, value in typed.items():
        problems += text_problems(field, value, required=field not in optional, limit=limits[field])
    refuse_all(problems)
    return {field: clean_text(value) for field, value in typed.items()}


def required_reason(reason: str) -> str:
    """The reason, cleaned. Raises `Refusal` for the field if it is empty or says nothing that can be read."""
    written = written_text("reason", reason)
    if not says_something(written):
        key = "validation.says_nothing" if written else "review.reason_required"
        raise Refusal(Message(key), fields=("reason",))
    return written


def written_text(field: str, typed: str) -> str:
    """A text as stored. Raises `Refusal` for the field if it cannot be stored."""
    refuse_all(list(text_problems(field, typed)))
    return clean_text(typed)
