"""Attestation wording, the same on paper and on screen: plain text, not Markdown."""

from collections.abc import Callable, Mapping
from decimal import InvalidOperation
from typing import Any

from tracking.attestations.comparison import AttestedLine, Difference, Field
from tracking.messages import amount_words, text
from tracking.periods import period_name
from tracking.scales import unpacked
from tracking.vocabulary import AttestationKind, Language


def _figure(value: str) -> str:
    """A value that a line holds; an answer is its own word."""
    try:
        return amount_words(unpacked(value))
    except InvalidOperation:
        return value


_NOTHING = "—"
_READ: Mapping[Field, Callable[[str], str]] = {
    Field.WEIGHT: lambda value: f"{int(value) / 10:.1f}",
    Field.MILESTONE_SHARE: lambda value: percent(int(value)),
    Field.COMPLETION: lambda value: percent(int(value)),
    Field.TARGET: _figure,
    Field.BASELINE: _figure,
    Field.ACTUAL: _figure,
}
# What refers to something is read by its name, and a switch by a word.
_NAMED = frozenset({Field.MEASURE, Field.ACTION, Field.POST, Field.COUNTRIES, Field.TAGS})
_SWITCHES = frozenset({Field.NO_CHANGE, Field.COMPLETION_REQUESTED, Field.SUSPENDED, Field.REACHED})


def percent(permille: float | None) -> str:
    """A percentage with one decimal; nothing known is a dash."""
    return _NOTHING if permille is None else f"{permille / 10:.1f}%"


def subject_of(kind: AttestationKind, content: Mapping[str, Any], language: Language) -> str:
    """What a page speaks of: a revision of the plan of a year, or a reporting period."""
    if kind is AttestationKind.PLAN:
        return text("attestation.plan", language, year=str(content["year"]), number=content["number"])
    period = period_name(year=content["year"], number=content["number"], cycle=content["cycle"])
    return text("attestation.period", language, period=period)


def stage_words(status: str, language: Language) -> str:
    """The state of a report; one that nobody has begun says so."""
    return text(f"attestation_stage.{status or 'none'}", language)


def value_words(line: AttestedLine | None, language: Language) -> str:
    """What a line says; what is not said is a dash."""
    if line is None:
        return _NOTHING
    if line.field in _SWITCHES:
        return text("attestation.yes", language)
    if line.field in _NAMED:
        return line.label
    return _READ.get(line.field, str)(line.value)


def field_words(difference: Difference, language: Language) -> str:
    """The field that differs, and which of several."""
    line: Any = difference.paper or difference.now
    return line_words(line, language)


def line_words(line: AttestedLine, language: Language) -> str:
    """The field of a line, and which of several."""
    return text(f"attestation_field.{line.field}", language, key=line.key, label=line.label)
