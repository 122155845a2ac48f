"""What an entry of a register must hold, by kind of field: every fault at once, and what is kept of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tracking.registers.contents import Known, read_content, told_from, value_of
from tracking.registers.definitions import Option, Register, RegisterField, register_named
from tracking.vocabulary import FieldKind, Keeper, Language

TODAY = date(2026, 3, 20)
KNOWN = Known(TODAY, {FieldKind.UNIT: {1: "北省", 2: "南市"}, FieldKind.OFFICER: {5: "某人", 6: "某人"}})
SIDES = (Option("one", "双边", "Bilateral"), Option("many", "多边"))


def field(kind: FieldKind, **more) -> RegisterField:
    return RegisterField("field", "字段", kind, **more)


def kept(kind: FieldKind, typed, **more):
    """What is kept of a field, or what is wrong with it."""
    register = Register("r", "登记册", Keeper.UNITS, (field(kind, **more),))
    content, problems = read_content(register, {"field": typed}, KNOWN)
    assert len(content) + len(problems) <= 1
    return content.get("field") if content else [problem.message.key for problem in problems] or None


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (FieldKind.TEXT, " 两行\r\n文字 ", "两行\n文字"),
        (FieldKind.LINK, "https://www.gov.example/a?b=1#c", "https://www.gov.example/a?b=1#c"),
        (FieldKind.LINK, "https://政务.示例/新闻", "https://政务.示例/新闻"),
        (FieldKind.LINK, "https://example.org:8443/", "https://example.org:8443/"),
        (FieldKind.TEXT, ["甲", "乙"], "甲 乙"),
        (FieldKind.DAY, TODAY, "2026-03-20"),
        (FieldKind.DAY, datetime(2026, 3, 1, 8, tzinfo=UTC), "2026-03-01"),
        (FieldKind.DAY, "2026/03/01", "2026-03-01"),
        (FieldKind.NUMBER, "1,200.50", "1200.5"),
        (FieldKind.NUMBER, 100, "100"),
        (FieldKind.AMOUNT, "1,200 usd", "1200 USD"),
        (FieldKind.CHOICE, "多边", "many"),
        (FieldKind.YES_NO, "是", True),
        (FieldKind.YES_NO, "No", False),
        (FieldKind.YES_NO, False, False),
        (FieldKind.CHOICE, "Bilateral", "one"),
        (FieldKind.COUNTRIES, "哈萨克斯坦、Russia；pl", ["KZ", "PL", "RU"]),
        (FieldKind.COUNTRIES, ["RU", "KZ", "RU"], ["KZ", "RU"]),
        (FieldKind.UNIT, "南市", 2),
        (FieldKind.OFFICER, 6, 6),
    ],
)
def test_what_was_typed_is_kept_in_one_form(kind, typed, stored):
    assert kept(kind, typed, options=SIDES) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "wrong"),
    [
        (FieldKind.TEXT, "某" * 201, "validation.too_long"),
        (FieldKind.DAY, date(2026, 3, 21), "register.in_future"),
        (FieldKind.DAY, date(1949, 9, 30), "validation.day_far_off"),
        (FieldKind.DAY, "三月", "register.no_day"),
        (FieldKind.NUMBER, "十二", "validation.not_a_number"),
        (FieldKind.NUMBER, "-1", "validation.negative"),
        (FieldKind.AMOUNT, "12", "register.no_currency"),
        (FieldKind.AMOUNT, "12 XYY", "register.no_currency"),
        (FieldKind.AMOUNT, "many USD", "validation.not_a_number"),
        (FieldKind.CHOICE, "三边", "register.no_option"),
        (FieldKind.YES_NO, "或许", "register.no_answer"),
        (FieldKind.FILES, [[1]], "register.no_file"),
        (FieldKind.COUNTRIES, "某国", "country.unknown"),
        (FieldKind.COUNTRIES, "中国", "country.unknown"),
        (FieldKind.UNIT, "东省", "register.no_unit"),
        (FieldKind.OFFICER, "某人", "register.no_officer"),
        (FieldKind.OFFICER, 9, "register.no_officer"),
        (FieldKind.OFFICER, ["某人"], "register.no_officer"),
        *(
            (FieldKind.LINK, link, "register.not_https")
            for link in (
                "http://example.org/",
                "www.example.org",
                "javascript:alert(1)",
                "https://",
                "https://localhost/",
                "https://user:secret@example.org/",
                "https://example.org/a b",
                "https://example.org:port/",
                "https://[::1/",
                "data:text/html,<b>x</b>",
            )
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(kind, typed, wrong):
    assert kept(kind, typed, options=SIDES) == [wrong]


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("typed", [None, "", "  ", [], ()])
def test_what_is_not_given_is_not_kept_and_missed_only_where_it_is_required(kind, typed):
    assert kept(kind, typed) is None
    assert kept(kind, typed, required=True) == ["validation.required"]


def test_more_countries_than_anybody_means_are_refused():
    codes = "AE AF AL AM AT AU AZ BA BD BE BG BH BN BR BY CA CH CL CO CU CY CZ DE DK EE EG ES ET FI FR GB"
    assert kept(FieldKind.COUNTRIES, codes.split()) == ["country.too_many"]


def test_every_fault_is_told_at_once_and_a_retired_field_is_not_asked():
    fields = (
        RegisterField("title", "名称", FieldKind.TEXT, required=True),
        RegisterField("held_on", "日期", FieldKind.DAY, required=True),
        RegisterField("old", "旧", FieldKind.TEXT, required=True, retired=True),
    )
    register = Register("r", "登记册", Keeper.UNITS, fields)
    content, problems = read_content(register, {"held_on": "x", "old": "旧", "more": "1"}, KNOWN)
    assert content == {}
    assert [(problem.field, problem.message.key) for problem in problems] == [
        ("more", "register.no_field"),
        ("title", "validation.required"),
        ("held_on", "register.no_day"),
    ]


def test_day_countries_and_words_are_told_from_the_content():
    fields = (
        RegisterField("title", "名称", FieldKind.TEXT),
        RegisterField("held_on", "日期", FieldKind.DAY),
        RegisterField("places", "国家", FieldKind.COUNTRIES),
        RegisterField("people", "学员", FieldKind.NUMBER),
        RegisterField("host", "单位", FieldKind.PARTNER),
    )
    register = Register("r", "登记册", Keeper.UNITS, fields)
    content = {"title": "培训", "held_on": "2026-03-01", "places": ["RU", "KZ"], "people": "30"}
    assert told_from(register, content) == {
        "content": content,
        "happened_on": date(2026, 3, 1),
        "countries": "KZ RU",
        "words": "培训",
    }
    values = [value_of(one, content) for one in fields]
    assert values == ["培训", date(2026, 3, 1), ("RU", "KZ"), Decimal(30), ""]
    assert told_from(Register("r", "登记册", Keeper.UNITS, ()), {})["happened_on"] is None


def test_a_register_is_found_by_its_key_and_named_in_the_language():
    register = Register("r", "登记册", Keeper.UNITS, (), title_en="Register")
    assert register_named([register], "r") is register
    assert register_named([register], None) is None
    assert [register.named(language) for language in Language] == ["登记册", "Register"]
    number = field(FieldKind.NUMBER, unit="人次", title_en="Trainees")
    assert [number.named(language) for language in Language] == ["字段（人次）", "Trainees (人次)"]
    assert field(FieldKind.TEXT).named(Language.EN) == "字段"
    assert [SIDES[1].named(language) for language in Language] == ["多边", "多边"]
