"""What the entries of registers count in: the number of them, the sum of a field, or one over another, in an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracking.making import Making
from tracking.rates import Rate
from tracking.registers.contents import Content, value_of
from tracking.registers.definitions import Register
from tracking.vocabulary import IndicatorKind


@dataclass(frozen=True, slots=True)
class Counted:
    """What one entry adds to an indicator, and the key of the register it stands in.

    It adds itself, or what its `field` holds; in a rate over `whole`.
    """

    register: str
    value: Decimal
    field: str | None = None
    whole: Decimal | None = None

    def fits(self, kind: IndicatorKind) -> bool:
        """Whether it can count in an indicator of a kind: that may have changed since."""
        if kind is IndicatorKind.YES_NO:
            return self.field is None
        return (kind is IndicatorKind.RATE) is (self.whole is not None)


@dataclass(frozen=True, slots=True)
class Fed:
    """What entries add up to: their sum, how many they are, and the key of their register.

    Or, with another `making` than entered, what is made of so many authorities beneath or above; then there is no register.
    """

    value: Decimal
    entries: int
    register: str
    making: Making = Making.ENTERED


def feeds_of(register: Register, content: Content) -> Iterator[tuple[int, Counted]]:
    """Indicator and what an entry adds to it; a number that is not given adds nothing and is no entry of it."""
    if register.indicator_id is not None:
        yield register.indicator_id, Counted(register.key, Decimal(1))
    numbers = {one.key: value_of(one, content) for one in register.asked}
    for one in register.asked:
        value, whole = numbers[one.key], numbers.get(one.denominator or "")
        lacks = value is None or (one.denominator is not None and whole is None)
        if one.indicator_id is not None and not lacks:
            yield one.indicator_id, Counted(register.key, value, one.key, whole)


def summed(counted: Sequence[Counted], kind: IndicatorKind) -> Fed:
    """What at least one entry adds up to; of a yes or no that is a yes."""
    total = sum((one.value for one in counted), Decimal())
    if kind is IndicatorKind.YES_NO:
        total = Decimal(1)
    if kind is IndicatorKind.RATE:
        total = Rate(total, sum((one.whole or Decimal() for one in counted), Decimal()))
    return Fed(total, len(counted), counted[0].register)
