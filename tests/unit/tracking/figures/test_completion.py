from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tracking.figures.completion import (
    basis_of,
    completion_from_milestones,
    completion_from_targets,
    completion_of,
    permille_of,
    target_ratios,
)

amounts = st.decimals(Decimal("0.01"), Decimal("1e9"), places=2)


@pytest.mark.parametrize(
    ("actuals", "targets", "permille"),
    [
        ({1: "60"}, {1: "120"}, 500),
        ({1: "1"}, {1: "3"}, 333),
        ({1: "2"}, {1: "3"}, 667),
        ({1: "0.5"}, {1: "400"}, 1),  # 1.25
        ({1: "1.25"}, {1: "500"}, 3),  # 2.5, half up
        ({1: "150"}, {1: "120"}, 1250),  # one indicator: the raw ratio
        ({1: "9999"}, {1: "10000"}, 999),  # not quite reached is not finished
        ({}, {1: "120"}, 0),
        ({1: "150", 2: "50"}, {1: "100", 2: "100"}, 750),  # capped: (1 + 0.5) / 2
        ({1: "150", 2: "100"}, {1: "100", 2: "100"}, 1000),
        ({1: "100", 2: "1"}, {1: "100", 2: "3"}, 667),  # (1 + 1/3) / 2
        ({3: "5"}, {1: "10", 2: "10"}, 0),  # an indicator without a target counts nothing
    ],
)
def test_completion_from_targets_by_hand(actuals, targets, permille):
    def amounts_of(values):
        return {key: Decimal(value) for key, value in values.items()}

    assert completion_from_targets(amounts_of(actuals), amounts_of(targets)) == permille


def test_the_raw_ratio_of_each_indicator_is_at_hand():
    assert target_ratios({1: Decimal(150)}, {1: Decimal(100), 2: Decimal(4)}) == {1: Fraction(3, 2), 2: 0}


def test_milestones_reached_add_up_by_their_shares():
    shares = {1: 300, 2: 500, 3: 200}
    assert completion_from_milestones(frozenset(), shares) == 0
    assert completion_from_milestones({1, 3}, shares) == 500
    assert completion_from_milestones({1, 2, 3}, shares) == 1000
    assert completion_from_milestones({1, 9}, shares) == 300


@pytest.mark.parametrize(
    ("targets", "milestones", "basis", "permille"),
    [
        ({1: Decimal(10)}, {1: 400, 2: 600}, "targets", 500),
        ({}, {1: 400, 2: 600}, "milestones", 400),
        ({}, {}, "typed", 777),
    ],
)
def test_targets_come_before_milestones_and_milestones_before_what_is_typed(
    targets, milestones, basis, permille
):
    assert basis_of(targets, milestones) == basis
    completion = completion_of(
        targets=targets, milestones=milestones, actuals={1: Decimal(5)}, reached={1}, typed_permille=777
    )
    assert completion == permille


def test_nothing_typed_is_nought():
    assert completion_of(targets={}, milestones={}, actuals={}, reached=(), typed_permille=None) == 0


@given(amounts, amounts)
def test_a_target_is_finished_exactly_when_it_is_reached(actual, target):
    assert (completion_from_targets({1: actual}, {1: target}) >= 1000) == (actual >= target)


@given(st.fractions(0, 3))
def test_rounding_is_within_half_a_step(ratio):
    assert abs(permille_of(ratio) - ratio * 1000) <= (1 if ratio < 1 else Fraction(1, 2))


@given(amounts, amounts, st.dictionaries(st.integers(1, 4), amounts, min_size=1))
def test_more_of_an_indicator_never_lowers_completion(actual, more, targets):
    first = min(targets)
    assert completion_from_targets({first: actual}, targets) <= completion_from_targets(
        {first: actual + more}, targets
    )
