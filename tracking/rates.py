"""A rate: a decimal in percent that knows its numerator and its denominator."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

_CENT = Decimal("0.01")
_DIGITS = Decimal(10) ** 20


class Rate(Decimal):
    """Numerator ÷ denominator in percent with two decimals, rounded down: what is not reached never reads as reached.

    Two are equal only if their parts are. Nothing over nothing is 0: there was nothing to measure yet.
    """

    numerator: Decimal
    denominator: Decimal

    def __new__(cls, numerator: Decimal, denominator: Decimal) -> "Rate":
        whole = numerator * 100 / denominator if denominator else Decimal()
        made = super().__new__(cls, whole.quantize(_CENT, ROUND_FLOOR) if whole < _DIGITS else whole)
        made.numerator, made.denominator = numerator, denominator
        return made

    @property
    def parts(self) -> tuple[Decimal, Decimal]:
        """Numerator and denominator."""
        return self.numerator, self.denominator

    @property
    def exact(self) -> Decimal:
        """The same with all its decimals; 0 for nothing over nothing."""
        return self.numerator * 100 / self.denominator if self.denominator else Decimal()

    def __eq__(self, other: object) -> bool:
        return self.parts == other.parts if isinstance(other, Rate) else super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Decimal.__hash__

    def __reduce__(self) -> Any:
        return Rate, self.parts

    def __copy__(self) -> "Rate":
        return self

    def __deepcopy__(self, _memo: object) -> "Rate":
        return self
