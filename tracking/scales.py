"""What the values of an indicator are measured in: how each kind is typed, worded and judged.

Every value is a decimal. A rate is one in percent that knows its numerator and denominator; of a yes or no it is 1 or 0,
and the unit names its two answers, "是/否".
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from tracking.cleaning import UNSEEN, amount_problem, parse_amount
from tracking.messages import Message, Refusal, amount_words
from tracking.rates import Rate
from tracking.vocabulary import IndicatorKind

# These do not grow from period to period: they are as they are.
STATES = frozenset({IndicatorKind.RATE, IndicatorKind.YES_NO})
PERCENT = "%"
OVER = "/"
# Ways to write the stroke between two parts.
_STROKES = str.maketrans("／∕÷", OVER * 3)
YES = frozenset({"是", "yes", "y", "true", "1", "√", "✓", "对", "已完成"})
NO = frozenset({"否", "no", "n", "false", "0", "×", "✗", "", "未完成"})


class Measured(Protocol):
    """Anything whose values have a unit and are of a kind."""

    @property
    def unit(self) -> str:
        """The unit: 家次, 万美元, % of a rate, 是/否."""

    @property
    def kind(self) -> IndicatorKind:
        """What its values are."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit and a kind, where nothing else is known of an indicator."""

    unit: str = ""
    kind: IndicatorKind = IndicatorKind.COUNT


COUNTED = Scale()


def value_of(value: Decimal, numerator: Decimal | None, denominator: Decimal | None) -> Decimal:
    """A stored value: a rate where its parts are stored with it."""
    return value if numerator is None or denominator is None else Rate(numerator, denominator)


def parts_of(value: Decimal) -> dict[str, Decimal | None]:
    """The parts that are stored beside a value; of anything but a rate there are none."""
    names = ("numerator", "denominator")
    return {name: getattr(value, name) if isinstance(value, Rate) else None for name in names}


def packed(value: Decimal, form: str = "") -> str:
    """A value as plain text; of a rate both parts."""
    return OVER.join(format(part, form) for part in (value.parts if isinstance(value, Rate) else (value,)))


def unpacked(written: str) -> Decimal:
    """Undo `packed`."""
    parts = [Decimal(part) for part in written.split(OVER)]
    return parts[0] if len(parts) == 1 else Rate(*parts)


def answers_of(unit: str) -> tuple[str, str]:
    """The two answers that the unit of a yes or no names."""
    yes, _, no = unit.partition(OVER)
    return yes, no


def nothing_of(scale: Measured) -> Decimal:
    """What an indicator has that nothing was reported of."""
    return Rate(Decimal(), Decimal()) if scale.kind == IndicatorKind.RATE else Decimal()


def read_value(typed: str, scale: Measured) -> Decimal:
    """What was typed as reached: 12, of a rate 5/6, of a yes or no one of its answers. Raises `Refusal`."""
    readers: dict[IndicatorKind, Callable[[str], Decimal]] = {
        IndicatorKind.RATE: _read_rate,
        IndicatorKind.YES_NO: lambda answer: _read_answer(answer, scale.unit),
    }
    return readers.get(scale.kind, parse_amount)(typed)


def read_target(typed: str, scale: Measured) -> Decimal:
    """What was typed as to be reached; of a rate that is a percentage, with or without its sign. Raises `Refusal`."""
    if scale.kind == IndicatorKind.RATE:
        return parse_amount(typed.strip().removesuffix("%").removesuffix("％"))
    return read_value(typed, scale)


def _read_rate(typed: str) -> Decimal:
    said = typed.translate(_STROKES).split(OVER)
    if len(said) != len(("numerator", "denominator")):
        raise Refusal(Message("validation.rate_needs_parts"))
    return Rate(*map(parse_amount, said))


def _read_answer(typed: str, unit: str) -> Decimal:
    word = typed.translate(UNSEEN).strip().lower()
    yes, no = (answer.lower() for answer in answers_of(unit))
    if word not in {yes, no} | YES | NO:
        raise Refusal(Message("validation.not_an_answer", answers=unit))
    return Decimal(int(word == yes or (word in YES and word != no)))


def value_problem(value: Decimal, scale: Measured) -> Message | None:
    """Why a decimal cannot be a value of the kind, or None; that it is an amount at all is another's question."""
    if scale.kind == IndicatorKind.YES_NO and value not in (0, 1):
        return Message("validation.not_an_answer", answers=scale.unit)
    if scale.kind == IndicatorKind.RATE and not isinstance(value, Rate):
        return Message("validation.rate_needs_parts")
    if isinstance(value, Rate):
        return _rate_problem(value, scale)
    return None


def _rate_problem(value: Rate, scale: Measured) -> Message | None:
    if scale.kind != IndicatorKind.RATE:
        return Message("validation.is_no_rate")
    faults = filter(None, map(amount_problem, value.parts))
    nothing = not value.denominator and value.numerator
    return next(faults, Message("validation.rate_over_nothing") if nothing else None)


def as_typed(value: Decimal, scale: Measured) -> str:
    """A value as it would be typed: 12, 5/6, 是."""
    if isinstance(value, Rate):
        return OVER.join(map(amount_words, value.parts))
    return _answer(value, scale) or amount_words(value)


def bare_words(value: Decimal, scale: Measured) -> str:
    """A value for reading where its unit stands elsewhere: 12, 83.33（5/6）, 是."""
    return _answer(value, scale) or amount_words(value)


def value_words(value: Decimal, scale: Measured) -> str:
    """A value for reading with its unit: 12 家次, 83.33%（5/6）, 是."""
    if isinstance(value, Rate):
        return amount_words(value).replace("（", "%（")
    if scale.kind == IndicatorKind.RATE:
        return f"{amount_words(value)}%"
    return _answer(value, scale) or f"{amount_words(value)} {scale.unit}".strip()


def _answer(value: Decimal, scale: Measured) -> str:
    """The word that a yes or no is read as; "" for any other kind."""
    if scale.kind != IndicatorKind.YES_NO:
        return ""
    return answers_of(scale.unit)[0 if value else 1]
