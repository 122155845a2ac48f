"""How the value of an authority with others beneath it is made of theirs, and which of all values then count.

What is made of others is no value of its own: summed or averaged, those furthest down count; taken over, those furthest up.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import pandas as pd

from tracking.rates import Rate

_CENT = Decimal("0.01")


class Making(StrEnum):
    """How an indicator's value is made of an authority with others beneath it, or under another."""

    ENTERED = "entered"
    SUMMED = "summed"
    AVERAGED = "averaged"
    TAKEN_OVER = "taken_over"


def lowest(authority_ids: Collection[int], parents: Mapping[int, int]) -> frozenset[int]:
    """Those of the authorities beneath which there is none of them."""
    above = {one for authority_id in authority_ids for one in _above(authority_id, parents)}
    return frozenset(authority_ids) - above


def highest(authority_ids: Collection[int], parents: Mapping[int, int]) -> frozenset[int]:
    """Those of the authorities above which there is none of them."""
    known = set(authority_ids)
    return frozenset(one for one in known if not known & set(_above(one, parents)))


def _above(authority_id: int, parents: Mapping[int, int]) -> list[int]:
    way: list[int] = []
    above = parents.get(authority_id)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return way


def made_of(making: Making, values: Sequence[Decimal]) -> Decimal:
    """The value made of at least one: their sum, or their mean; of rates all numerators over all denominators."""
    rates = [one for one in values if isinstance(one, Rate)]
    if rates:
        return Rate(
            sum((one.numerator for one in rates), Decimal()),
            sum((one.denominator for one in rates), Decimal()),
        )
    total = sum(values, Decimal())
    return total if making is Making.SUMMED else (total / len(values)).quantize(_CENT, ROUND_HALF_UP)


def counted_once(actuals: pd.DataFrame, indicators: pd.DataFrame, parents: Mapping[int, int]) -> pd.DataFrame:
    """The values, with indicator_id and authority_id, without those made of others; `indicators` has `making`."""
    for row in indicators[indicators["making"] != Making.ENTERED].to_dict("records"):
        own = actuals["indicator_id"] == row["indicator_id"]
        which = highest if row["making"] == Making.TAKEN_OVER else lowest
        counted = which(set(actuals["authority_id"][own].tolist()), parents)
        actuals = actuals[~own | actuals["authority_id"].isin(list(counted))]
    return actuals
