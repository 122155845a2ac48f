"""What is made of others counts once, and a rate is never the mean of rates."""

from decimal import Decimal

import pandas as pd
import pytest

from tracking.indicators import nature_of
from tracking.making import Making, counted_once, highest, lowest, made_of
from tracking.messages import Refusal
from tracking.rates import Rate
from tracking.vocabulary import IndicatorKind

UNIT, CITY, COUNTY, OTHER = 1, 11, 21, 12
PARENTS = {CITY: UNIT, COUNTY: CITY, OTHER: UNIT}


def test_the_lowest_and_the_highest_of_those_that_have_a_value_count():
    assert lowest({UNIT, CITY, COUNTY, OTHER}, PARENTS) == {COUNTY, OTHER}
    assert lowest({UNIT, CITY}, PARENTS) == {CITY}
    assert highest({CITY, COUNTY, OTHER}, PARENTS) == {CITY, OTHER}
    assert highest({UNIT, COUNTY}, PARENTS) == {UNIT}
    assert lowest({2, 3}, {2: 3, 3: 2}) == frozenset(), "a circle ends"


@pytest.mark.parametrize(
    ("making", "values", "made"),
    [
        (Making.SUMMED, [Decimal(2), Decimal("3.5")], Decimal("5.5")),
        (Making.AVERAGED, [Decimal(1), Decimal(2), Decimal(2)], Decimal("1.67")),
        (
            Making.AVERAGED,
            [Rate(Decimal(1), Decimal(1)), Rate(Decimal(0), Decimal(3))],
            Rate(Decimal(1), Decimal(4)),
        ),
        (Making.TAKEN_OVER, [Decimal(7)], Decimal(7)),
    ],
)
def test_values_are_summed_averaged_or_taken_over(making: Making, values: list[Decimal], made: Decimal):
    assert made_of(making, values) == made


def test_a_value_made_of_others_is_not_added_to_them():
    actuals = pd.DataFrame(
        {"indicator_id": [1, 1, 1, 2, 2, 3], "authority_id": [UNIT, CITY, OTHER, UNIT, CITY, UNIT]}
    )
    indicators = pd.DataFrame(
        {"indicator_id": [1, 2, 3], "making": [Making.SUMMED, Making.TAKEN_OVER, Making.ENTERED]}
    )
    left = counted_once(actuals, indicators, PARENTS)
    assert left.values.tolist() == [[1, CITY], [1, OTHER], [2, UNIT], [3, UNIT]]


@pytest.mark.parametrize(
    ("kind", "additive", "making", "fits"),
    [
        (IndicatorKind.COUNT, True, Making.SUMMED, True),
        (IndicatorKind.COUNT, False, Making.SUMMED, False),
        (IndicatorKind.RATE, True, Making.SUMMED, False),
        (IndicatorKind.RATE, False, Making.AVERAGED, True),
        (IndicatorKind.COUNT, True, Making.AVERAGED, False),
        (IndicatorKind.YES_NO, False, Making.AVERAGED, False),
        (IndicatorKind.YES_NO, False, Making.TAKEN_OVER, True),
    ],
)
def test_only_what_may_be_added_is_summed(kind: IndicatorKind, additive: bool, making: Making, fits: bool):
    asked = {"additive": additive, "making": making}
    if fits:
        assert nature_of(kind, "", None, **asked).making is making
        return
    with pytest.raises(Refusal) as refused:
        nature_of(kind, "", None, **asked)
    assert refused.value.fields == ("making",)
