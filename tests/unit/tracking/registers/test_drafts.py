"""What is typed of a register and of its fields: what is wrong with it, and as what it is kept."""

from dataclasses import replace

import pytest

from tracking.registers.definitions import Option, RegisterField
from tracking.registers.drafts import (
    FieldDraft,
    RegisterDraft,
    feeding_problem,
    field_problems,
    kept_field,
    names_of,
    options_text,
    options_typed,
    register_problems,
)
from tracking.vocabulary import FieldKind, IndicatorKind, Keeper

PROJECTS = RegisterDraft("项目", Keeper.BOTH, measure_id=1)
NAME = FieldDraft("名称", FieldKind.TEXT)
FIRMS = FieldDraft("企业", FieldKind.NUMBER, unit="家", indicator_id=1)
STAGE = FieldDraft("阶段", FieldKind.CHOICE, options=(("在建", "Building"), ("运营", "")))


def faults(found) -> list[tuple[str, str]]:
    return [(one.field, one.message.key.rpartition(".")[2]) for one in found]


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (PROJECTS, []),
        (replace(PROJECTS, title=" "), [("title", "required")]),
        (replace(PROJECTS, title="展会"), [("title", "title_taken")]),
        (replace(PROJECTS, title_en="x" * 101), [("title_en", "too_long")]),
        (replace(PROJECTS, safeguard_id=2), [("measure_id", "serves_one")]),
        (replace(PROJECTS, measure_id=None), [("measure_id", "serves_one")]),
    ],
)
def test_a_register_has_a_name_of_its_own_and_serves_one_thing(draft, wrong):
    assert faults(register_problems(draft, {"展会"})) == wrong


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (NAME, []),
        (replace(NAME, title="地点"), [("title", "field_taken")]),
        (replace(NAME, title_en="Place"), [("title", "field_taken")]),
        (replace(NAME, title="登记单位"), [("title", "field_taken")]),
        (replace(NAME, title=""), [("title", "required")]),
        (replace(NAME, longest=0), [("longest", "longest")]),
        (replace(FIRMS, unit="家" * 21), [("unit", "too_long")]),
        (STAGE, []),
        (replace(STAGE, options=()), [("options", "options")]),
        (replace(STAGE, options=(("在建", ""), ("在建", ""))), [("options", "option_twice")]),
        (replace(STAGE, options=(("", "x"),)), [("options", "required")]),
    ],
)
def test_a_field_has_a_name_of_its_own_and_what_its_kind_needs(draft, wrong):
    taken = names_of([RegisterField("place", "地点", FieldKind.TEXT, "Place")])
    assert faults(field_problems(draft, taken)) == wrong
    assert faults(field_problems(draft, taken, "fields.0.")) == [
        (f"fields.0.{key}", why) for key, why in wrong
    ]


@pytest.mark.parametrize(
    ("kind", "draft", "wrong"),
    [
        (IndicatorKind.COUNT, None, None),
        (IndicatorKind.YES_NO, None, None),
        (IndicatorKind.RATE, None, "entries_count"),
        (IndicatorKind.COUNT, FIRMS, None),
        (IndicatorKind.AMOUNT, FIRMS, None),
        (IndicatorKind.COUNT, NAME, "numbers_feed"),
        (IndicatorKind.YES_NO, FIRMS, "numbers_feed"),
        (IndicatorKind.RATE, FIRMS, "rate_has_two"),
        (IndicatorKind.RATE, replace(FIRMS, denominator_id=3), None),
        (IndicatorKind.COUNT, replace(FIRMS, denominator_id=3), "rate_has_two"),
        (IndicatorKind.COUNT, replace(FIRMS, unit="家次"), "other_unit"),
    ],
)
def test_what_counts_in_an_indicator_is_of_its_kind_and_unit(kind, draft, wrong):
    found = feeding_problem(kind, "家", draft)
    assert (found and found.key.rpartition(".")[2]) == wrong


def test_what_a_kind_has_no_use_for_is_left_out():
    kept = kept_field(replace(STAGE, unit="家", longest=9))
    assert (kept["unit"], kept["longest"], [option["key"] for option in kept["options"]]) == (
        "",
        200,
        ["option_1", "option_2"],
    )
    assert kept_field(replace(NAME, options=STAGE.options, longest=9))["options"] == []
    assert kept_field(FIRMS)["unit"] == "家"


def test_an_option_keeps_its_key_by_its_name_or_else_its_place():
    before = (Option("a", "在建"), Option("b", "运营"), Option("c", "停建"))
    typed = (("运营", "Running"), ("规划", ""), ("已停建", ""), ("新", ""))
    kept = kept_field(replace(STAGE, options=typed), before)["options"]
    assert [option["key"] for option in kept] == ["b", "option_1", "c", "option_2"]


def test_options_are_typed_one_a_line():
    typed = options_typed("在建 / Building\n\n运营／Running\n停建")
    assert typed == (("在建", "Building"), ("运营", "Running"), ("停建", ""))
    assert options_text([Option("a", "在建", "Building"), Option("b", "停建")]) == "在建 / Building\n停建"
