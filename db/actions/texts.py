"""Owns cleaning the short texts of a form: every fault at once, each beside its field."""

from collections.abc import Mapping
from typing import Any

from tracking.cleaning import clean_text
from tracking.validation import Problem, refuse_all
from tracking.validation.problems import text_problems


def cleaned_texts(
    typed: Mapping[str, str], limits: Mapping[str, int], *, optional: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The texts as they are stored, each within its limit of characters and given unless it is optional.

    Raises `Refusal` with every fault.
    """
    problems: list[Problem] = []
    for field, value in typed.items():
        problems += text_problems(field, value, required=field not in optional, limit=limits[field])
    refuse_all(problems)
    return {field: clean_text(value) for field, value in typed.items()}
