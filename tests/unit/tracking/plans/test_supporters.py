"""Units named in words: what is one of ours, what is not, and what is not certain."""

import pytest

from tracking.plans.supporters import authorities_in, doubt_in, joined, units_in

NAMED = {"浙江": frozenset({1}), "浙江省中小企业主管部门": frozenset({1}), "一市": frozenset({2, 3})}


def test_units_are_told_apart_each_once():
    assert units_in(" 浙江、规划处\n一市；浙江 ") == ["浙江", "规划处", "一市"]
    assert joined(["浙江", "一市"]) == "浙江、一市"
    assert units_in("") == []


def test_only_a_name_of_one_authority_names_it():
    assert authorities_in("规划处、一市、浙江", NAMED) == [1]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("规划处、省财政厅", None),
        ("浙江", None),
        ("一市、规划处", "support.several_of_a_name"),
        ("省经信厅", "support.stays_words"),
    ],
)
def test_what_could_be_meant_is_said(words: str, key: str | None):
    doubt = doubt_in(words, NAMED)
    assert (doubt.key if doubt else None) == key
