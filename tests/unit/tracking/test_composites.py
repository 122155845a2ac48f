"""Composites: what may be put together, the unit that comes of it, and what it comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tracking.composites import (
    CompositeForm,
    Input,
    composite_problems,
    formula_of,
    reckoned,
    unit_of,
    weights_of,
)
from tracking.messages import Refusal
from tracking.rates import Rate
from tracking.vocabulary import Currency

SUM, RATIO, MEAN = CompositeForm
FAIRS = Input("展会", "场", True, value=Decimal(4))
TRAININGS = Input("培训", "场", True, value=Decimal(6))
DEALS = Input("成交额", "万美元", True, Currency.USD, value=Decimal(120))
HANDLED = Input("处置率", "%", True, value=Rate(Decimal(3), Decimal(4)))
SIGNED = Input("签约率", "%", True, value=Decimal(50))


def below(one: Input) -> Input:
    return replace(one, below=True)


@pytest.mark.parametrize(
    ("form", "inputs", "unit", "value"),
    [
        (SUM, (FAIRS, replace(TRAININGS, weight_tenths=5)), "场", Decimal(7)),
        (RATIO, (DEALS, below(FAIRS)), "万美元/场", Decimal(30)),
        (RATIO, (FAIRS, below(FAIRS), below(TRAININGS)), "%", Decimal(40)),
        (MEAN, (replace(HANDLED, weight_tenths=30), SIGNED), "%", Decimal("68.75")),
    ],
)
def test_each_form_has_its_unit_and_comes_to_its_value(form, inputs, unit, value):
    assert list(composite_problems(form, inputs)) == []
    assert unit_of(form, inputs) == unit
    assert reckoned(form, unit, inputs).value == value


def test_what_lacks_an_input_is_withheld_and_says_which():
    found = reckoned(RATIO, "万美元/场", (DEALS, below(replace(FAIRS, value=None))))
    assert (found.value, found.missing) == (None, ("展会",))


def test_nothing_is_divided_by_nothing():
    found = reckoned(RATIO, "万美元/场", (DEALS, below(replace(FAIRS, value=Decimal()))))
    assert (found.value, found.missing) == (None, ())


@pytest.mark.parametrize(
    ("form", "inputs", "why"),
    [
        (SUM, (FAIRS, DEALS), "unlike"),
        (SUM, (DEALS, replace(DEALS, title="合同额", currency=Currency.CNY)), "unlike"),
        (SUM, (FAIRS,), "needs_several"),
        (SUM, (HANDLED, SIGNED), "adds_percentages"),
        (SUM, (FAIRS, replace(TRAININGS, summed=False)), "middle"),
        (SUM, (FAIRS, FAIRS), "twice"),
        (SUM, (FAIRS, replace(TRAININGS, weight_tenths=0)), "weight"),
        (RATIO, (DEALS,), "ratio_needs_both"),
        (RATIO, (below(DEALS),), "ratio_needs_both"),
        (MEAN, (HANDLED, FAIRS), "mean_of_percentages"),
    ],
)
def test_what_cannot_be_put_together_says_why(form, inputs, why):
    assert f"composite.{why}" in {problem.message.key for problem in composite_problems(form, inputs)}


@pytest.mark.parametrize(("typed", "weights"), [("", [10, 10]), ("60、40", [600, 400]), ("0.5 1", [5, 10])])
def test_weights_are_typed_one_a_part(typed, weights):
    assert weights_of(typed, 2) == weights


@pytest.mark.parametrize("typed", ["60", "六十、40", "1、2、3"])
def test_weights_that_are_none_are_refused_at_their_field(typed):
    with pytest.raises(Refusal) as refused:
        weights_of(typed, 2)
    assert refused.value.fields == ("weights",)


def test_a_formula_is_read_as_it_is_reckoned():
    half = replace(TRAININGS, weight_tenths=5)
    assert formula_of(SUM, (FAIRS, half)) == "展会 + 培训×0.5"
    assert formula_of(RATIO, (DEALS, below(FAIRS), below(half))) == "成交额 ÷ (展会 + 培训×0.5)"
    heavy = replace(HANDLED, weight_tenths=30)
    assert formula_of(MEAN, (heavy, SIGNED)) == "(处置率×3 + 签约率) ÷ 4"
