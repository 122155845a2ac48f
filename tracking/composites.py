"""Figures reckoned from others: which may be put together, what unit comes of it, and what it comes to.

Unlike units are never added, and a middle of several values is no input. Of percentages only a weighted mean is made.
What one input is missing of is withheld, and so is what would be divided by nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol

from tracking.cleaning import parse_tenths
from tracking.messages import Message, Refusal, amount_words
from tracking.rates import Rate
from tracking.scales import PERCENT
from tracking.validation.problems import Problem
from tracking.vocabulary import Currency

FEWEST = 2
MOST_WEIGHT_TENTHS = 10_000
_CENT = Decimal("0.01")
_MARK = re.compile(r"[、,，;；\s]+")


class CompositeForm(StrEnum):
    """How a composite is reckoned: a weighted sum, a sum over a sum, or the weighted mean of percentages."""

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Input:
    """What a composite is reckoned from; `summed` if its values over several authorities are a sum or a rate of sums."""

    title: str
    unit: str
    summed: bool
    currency: Currency | None = None
    below: bool = False
    weight_tenths: int = 10
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a composite comes to, None where it is withheld: for its `missing` inputs, or nothing to divide by."""

    value: Decimal | None
    missing: tuple[str, ...] = ()


def weights_of(typed: str, count: int) -> list[int]:
    """The weights of so many inputs in order, in tenths; of equal weight where nothing is typed. Raises `Refusal`."""
    said = _MARK.split(typed.strip()) if typed.strip() else ["1"] * count
    if len(said) != count:
        raise Refusal(Message("composite.weights_each", count=count), fields=("weights",))
    try:
        return [parse_tenths(one) for one in said]
    except Refusal as refused:
        raise Refusal(*refused.messages, fields=("weights",)) from refused


def composite_problems(form: CompositeForm, inputs: Sequence[Input]) -> Iterator[Problem]:
    """Why a figure cannot be reckoned from these."""
    yield from _of_each(inputs)
    above, below = _sides(inputs)
    if form is CompositeForm.RATIO:
        if not above or not below:
            yield Problem("below" if above else "above", Message("composite.ratio_needs_both"))
    elif below or len(above) < FEWEST:
        yield Problem("above", Message("composite.needs_several", fewest=FEWEST))
    for side in (above, below):
        yield from _unlike(form, side)


def _of_each(inputs: Sequence[Input]) -> Iterator[Problem]:
    for one in inputs:
        if not one.summed:
            yield Problem(_side(one), Message("composite.middle", title=one.title))
        if not 0 < one.weight_tenths <= MOST_WEIGHT_TENTHS:
            yield Problem("weights", Message("composite.weight", title=one.title))
    if len({(one.title, one.unit, one.below) for one in inputs}) < len(inputs):
        yield Problem("above", Message("composite.twice"))


def _unlike(form: CompositeForm, side: Sequence[Input]) -> Iterator[Problem]:
    if form is CompositeForm.MEAN:
        for one in side:
            if one.unit != PERCENT:
                yield Problem(_side(one), Message("composite.mean_of_percentages", title=one.title))
        return
    if any(one.unit == PERCENT for one in side):
        yield Problem(_side(side[0]), Message("composite.adds_percentages"))
    elif len({(one.unit, one.currency) for one in side}) > 1:
        units = "、".join(dict.fromkeys(one.unit for one in side))
        yield Problem(_side(side[0]), Message("composite.unlike", units=units))


def _side(one: Input) -> str:
    return "below" if one.below else "above"


def unit_of(form: CompositeForm, inputs: Sequence[Input]) -> str:
    """The unit of what is reckoned: a percentage of like units, else one unit over the other."""
    above, below = _sides(inputs)
    if form is not CompositeForm.RATIO:
        return above[0].unit
    alike = (above[0].unit, above[0].currency) == (below[0].unit, below[0].currency)
    return PERCENT if alike else f"{above[0].unit}/{below[0].unit}"


def reckoned(form: CompositeForm, unit: str, inputs: Sequence[Input]) -> Reckoned:
    """What these come to; withheld while one of them is not known."""
    missing = tuple(one.title for one in inputs if one.value is None)
    if missing:
        return Reckoned(None, missing)
    above, below = map(_weighed, _sides(inputs))
    if form is CompositeForm.SUM:
        return Reckoned(above.quantize(_CENT, ROUND_HALF_UP))
    if form is CompositeForm.MEAN:
        return Reckoned((above / _weights(inputs)).quantize(_CENT, ROUND_HALF_UP))
    if not below:
        return Reckoned(None)
    if unit == PERCENT:
        return Reckoned(Rate(above, below))
    return Reckoned((above / below).quantize(_CENT, ROUND_HALF_UP))


def _sides(inputs: Sequence[Input]) -> tuple[list[Input], list[Input]]:
    return [one for one in inputs if not one.below], [one for one in inputs if one.below]


def _weighed(inputs: Sequence[Input]) -> Decimal:
    return sum(((one.value or Decimal()) * one.weight_tenths / 10 for one in inputs), Decimal())


def _weights(inputs: Sequence[Input]) -> Decimal:
    return Decimal(sum(one.weight_tenths for one in inputs)) / 10


class Term(Protocol):
    """What a formula names: an input with its weight, above or below the stroke."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def below(self) -> bool:
        """Whether it is in the sum that divides."""

    @property
    def weight_tenths(self) -> int:
        """How much it weighs."""


def formula_of(form: CompositeForm, terms: Sequence[Term]) -> str:
    """A formula as it is read: (甲×60 + 乙×40) ÷ 100, 丙 ÷ 丁."""
    above = [one for one in terms if not one.below]
    below = [one for one in terms if one.below]
    if form is CompositeForm.MEAN:
        whole = Decimal(sum(one.weight_tenths for one in above)) / 10
        return f"({_added(above)}) ÷ {amount_words(whole)}"
    if not below:
        return _added(above)
    return " ÷ ".join(_added(side) if len(side) == 1 else f"({_added(side)})" for side in (above, below))


def _added(terms: Sequence[Term]) -> str:
    return " + ".join(_times(one) for one in terms)


def _times(term: Term) -> str:
    weight = Decimal(term.weight_tenths) / 10
    return term.title if weight == 1 else f"{term.title}×{amount_words(weight)}"
