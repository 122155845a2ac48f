"""What entries of a register add up to: each of its numbers, and each of its amounts by currency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tracking.registers.contents import Content, value_of
from tracking.registers.definitions import Register, RegisterField
from tracking.vocabulary import FieldKind


@dataclass(frozen=True, slots=True)
class Result:
    """The sum of a field over the entries that give it; the currency of an amount, else ""."""

    field: RegisterField
    value: Decimal
    entries: int
    currency: str = ""


def results_of(register: Register, contents: Iterable[Content]) -> list[Result]:
    """The sums of a register's numbers and amounts, in the order of its fields; unlike currencies are not added."""
    given: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    summed = register.of_kind(FieldKind.NUMBER, FieldKind.AMOUNT)
    for content in contents:
        for one in summed:
            if (value := value_of(one, content)) is not None:
                number, _, currency = str(value).partition(" ")
                given[one.key, currency].append(Decimal(number))
    order = {one.key: place for place, one in enumerate(summed)}
    by_key = {one.key: one for one in summed}
    return [
        Result(by_key[key], sum(values, Decimal()), len(values), currency)
        for (key, currency), values in sorted(given.items(), key=lambda pair: (order[pair[0][0]], pair[0][1]))
    ]
