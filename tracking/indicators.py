"""What an indicator of each kind is: its unit, its currency, and whether its values may be summed."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracking.making import Making
from tracking.messages import Message
from tracking.scales import OVER, PERCENT, answers_of
from tracking.validation.problems import Problem, refuse_all
from tracking.vocabulary import Currency, IndicatorKind

ANSWERS = "是/否"
# What each kind brings itself, so that nobody is asked for it.
_UNITS: Mapping[IndicatorKind, str] = {IndicatorKind.RATE: PERCENT, IndicatorKind.YES_NO: ANSWERS}


@dataclass(frozen=True, slots=True)
class Nature:
    """The kind of an indicator with what follows from it."""

    kind: IndicatorKind
    unit: str
    additive: bool
    currency: Currency | None
    making: Making


def nature_of(
    kind: IndicatorKind,
    unit: str,
    currency: Currency | None,
    *,
    additive: bool,
    making: Making = Making.ENTERED,
) -> Nature:
    """An indicator's nature as it is kept. Raises `Refusal` with every fault.

    The unit of a rate is the percent sign, that of a yes or no its two answers, 是/否 where none are given; neither is
    summed. Only an amount has a currency, and each has one. From level to level a value is summed only where values may be
    added, and averaged only where they may not; a yes or no is neither.
    """
    amount = kind is IndicatorKind.AMOUNT
    states = kind in _UNITS
    given = _UNITS[kind] if kind is IndicatorKind.RATE else unit.strip() or _UNITS.get(kind, "")
    problems = []
    if kind is IndicatorKind.YES_NO and not _names_two(given):
        problems.append(Problem("unit", Message("reference.two_answers")))
    if amount and currency is None:
        problems.append(Problem("currency", Message("reference.amount_needs_currency")))
    summable = additive and not states
    if making is Making.SUMMED and not summable:
        problems.append(Problem("making", Message("reference.cannot_be_summed")))
    if making is Making.AVERAGED and (summable or kind is IndicatorKind.YES_NO):
        problems.append(Problem("making", Message("reference.cannot_be_averaged")))
    refuse_all(problems)
    return Nature(kind, given, summable, currency if amount else None, making)


def _names_two(unit: str) -> bool:
    """Whether a unit names two answers that can be told apart."""
    yes, no = (answer.strip() for answer in answers_of(unit))
    return bool(yes and no) and yes != no and OVER not in no
