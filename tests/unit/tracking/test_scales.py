"""Values by their kind: how they are typed, worded, packed and judged; and what an indicator of a kind is."""

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracking.figures.completion import completion_from_targets
from tracking.indicators import nature_of
from tracking.messages import Refusal, amount_words
from tracking.rates import Rate
from tracking.scales import (
    COUNTED,
    Scale,
    as_typed,
    bare_words,
    nothing_of,
    packed,
    parts_of,
    read_target,
    read_value,
    unpacked,
    value_of,
    value_problem,
    value_words,
)
from tracking.vocabulary import Currency, IndicatorKind

RATE = Scale("%", IndicatorKind.RATE)
BUILT = Scale("已建/未建", IndicatorKind.YES_NO)
MONEY = Scale("万美元", IndicatorKind.AMOUNT)
AMOUNTS = st.decimals(0, 10**6, places=2)


def rate(above: object, below: object) -> Rate:
    return Rate(Decimal(above), Decimal(below))


@pytest.mark.parametrize(
    ("typed", "scale", "value", "words"),
    [
        ("1,200", MONEY, Decimal(1200), "1,200 万美元"),
        ("45/60", RATE, rate(45, 60), "75%（45/60）"),
        ("４５／６０", RATE, rate(45, 60), "75%（45/60）"),
        ("已建", BUILT, Decimal(1), "已建"),
        ("未建", BUILT, Decimal(0), "未建"),
        ("是", BUILT, Decimal(1), "已建"),
        ("0", BUILT, Decimal(0), "未建"),
    ],
)
def test_a_value_is_read_as_it_is_typed_and_reads_back(typed, scale, value, words):
    assert read_value(typed, scale) == value
    assert value_words(value, scale) == words
    assert read_value(as_typed(value, scale), scale) == value


@pytest.mark.parametrize("typed", ["75%", "75", "1/2/3", "a/b", "1/"])
def test_a_rate_is_typed_by_both_its_parts(typed):
    with pytest.raises(Refusal):
        read_value(typed, RATE)


def test_what_is_no_answer_is_refused_with_the_two_answers():
    with pytest.raises(Refusal, match="已建/未建"):
        read_value("也许", BUILT)


def test_the_target_of_a_rate_is_a_percentage_and_that_of_any_other_a_value():
    assert read_target("90%", RATE) == read_target("90", RATE) == 90
    assert value_words(Decimal(90), RATE) == "90%"
    assert read_target("已建", BUILT) == 1


def test_a_rate_that_misses_its_target_by_a_hair_never_reads_as_reached():
    almost = rate(79_999, 100_000)
    assert (almost, almost.exact) == (Decimal("79.99"), Decimal("79.999"))
    assert completion_from_targets({1: almost}, {1: Decimal(80)}) < 1000


def test_rates_are_equal_only_by_their_parts():
    assert rate(1, 2) != rate(2, 4)
    assert rate(1, 2) == rate(1, 2) == Decimal(50)
    assert copy.deepcopy(copy.copy(rate(1, 2))) == pickle.loads(pickle.dumps(rate(1, 2))) == rate(1, 2)
    assert len({rate(1, 2), rate(1, 2)}) == 1


def test_nothing_over_nothing_is_nothing_to_measure_yet():
    assert nothing_of(RATE) == rate(0, 0) == 0
    assert rate(0, 0).exact == 0
    assert nothing_of(COUNTED) == 0
    assert value_problem(nothing_of(RATE), RATE) is None


@pytest.mark.parametrize(
    ("value", "scale", "key"),
    [
        (Decimal(75), RATE, "validation.rate_needs_parts"),
        (rate(1, 0), RATE, "validation.rate_over_nothing"),
        (rate(-1, 2), RATE, "validation.negative"),
        (rate(1, 2), COUNTED, "validation.is_no_rate"),
        (Decimal(2), BUILT, "validation.not_an_answer"),
    ],
)
def test_what_is_no_value_of_the_kind_is_said(value, scale, key):
    problem = value_problem(value, scale)
    assert problem is not None
    assert problem.key == key


@given(AMOUNTS, AMOUNTS)
def test_whatever_is_stored_packed_or_worded_is_the_same_again(above, below):
    for value in (above, Rate(above, below)):
        assert unpacked(packed(value)) == unpacked(packed(value, ".2f")) == value
        assert value_of(Decimal(value), *parts_of(value).values()) == value
    assert bare_words(Rate(above, below), RATE) == amount_words(Rate(above, below))


def test_each_kind_brings_its_unit_and_only_an_amount_its_currency():
    made = nature_of(IndicatorKind.RATE, "家", Currency.CNY, additive=True)
    assert (made.unit, made.additive, made.currency) == ("%", False, None)
    assert nature_of(IndicatorKind.YES_NO, "", None, additive=True).unit == "是/否"
    assert nature_of(IndicatorKind.YES_NO, "已建/未建", None, additive=False).unit == "已建/未建"
    money = nature_of(IndicatorKind.AMOUNT, "万美元", Currency.USD, additive=True)
    assert (money.currency, money.additive) == (Currency.USD, True)
    assert nature_of(IndicatorKind.COUNT, "家次", Currency.USD, additive=True).currency is None


@pytest.mark.parametrize(
    ("kind", "unit", "field"),
    [
        (IndicatorKind.AMOUNT, "万元", "currency"),
        (IndicatorKind.YES_NO, "是", "unit"),
        (IndicatorKind.YES_NO, "是/是", "unit"),
        (IndicatorKind.YES_NO, "是/否/不详", "unit"),
    ],
)
def test_what_a_kind_lacks_is_refused_at_its_field(kind, unit, field):
    with pytest.raises(Refusal) as refused:
        nature_of(kind, unit, None, additive=False)
    assert refused.value.fields == (field,)
