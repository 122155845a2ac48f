"""What the entries of registers count in: the number of them, or the sum of a field, in an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracking.registers.contents import Content, value_of
from tracking.registers.definitions import Register


@dataclass(frozen=True, slots=True)
class Counted:
    """What one entry adds to an indicator, and the key of the register it stands in."""

    register: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Fed:
    """What entries add up to: their sum, how many they are, and the key of their register."""

    value: Decimal
    entries: int
    register: str


def feeds_of(register: Register, content: Content) -> Iterator[tuple[int, Counted]]:
    """Indicator and what an entry adds to it; a number that is not given adds nothing and is no entry of it."""
    if register.indicator_id is not None:
        yield register.indicator_id, Counted(register.key, Decimal(1))
    for one in register.asked:
        value = value_of(one, content)
        if one.indicator_id is not None and value is not None:
            yield one.indicator_id, Counted(register.key, value)


def summed(counted: Sequence[Counted]) -> Fed:
    """What at least one entry adds up to."""
    return Fed(sum((one.value for one in counted), Decimal()), len(counted), counted[0].register)
