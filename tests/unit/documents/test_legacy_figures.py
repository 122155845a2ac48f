"""Figures of ledgers of any layout: never taken for what they are not, added up, converted, and asked about by the cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_ledger_forms import complaints, task
from tests.unit.documents.test_legacy_ledgers import judged
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_spans import Months
from tracking.ledgers.rows import LedgerIndicator
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import Verdict

FAIRS = LedgerIndicator(1, "组织参加境内外展会", "场", Decimal(20))
FIRMS = LedgerIndicator(2, "参展企业", "家次", Decimal(600))
DEALS = LedgerIndicator(3, "意向成交额", "万美元", Decimal(9000))
HELD = task(
    1,
    title="组织企业参加境外展会",
    indicators=(FAIRS,),
    facts=TaskFacts(targets={1: Decimal(20)}),
    last=UpdateDraft(actuals={1: Decimal(6)}),
)
SHOWN = task(
    2,
    title="开展浙江品牌海外推广活动",
    indicators=(FAIRS, FIRMS, DEALS),
    facts=TaskFacts(targets={1: Decimal(20), 2: Decimal(600), 3: Decimal(9000)}),
)
RATED = [task(number, title=f"建立第{number}项对接制度") for number in (3, 4, 5)]
EVERY = [HELD, SHOWN, *RATED]
CONTEXT = Context(frozenset(), {one.name: one.unit for one in SHOWN.indicators}, Months(10, 12, 2026))


def read(headers, *lines, tasks=EVERY):
    """The rows of a small ledger, judged."""
    return judged(grid(headers, *lines), tasks, CONTEXT)


def test_what_is_planned_is_never_taken_for_what_was_done():
    (row,) = read(["序号", "任务名称", "计划完成数", "完成情况"], [1, HELD.title, 611, "已服务300余家次。"])
    assert (row.values["actual.1"], row.values["progress"]) == (None, "已服务300余家次。")


def test_what_the_period_added_is_put_on_the_accepted_value():
    headers = ["序号", "任务名称", "本季度新增完成数", "进展情况"]
    (row,) = read(headers, [1, HELD.title, 8, "新增8场。"])
    assert row.values["actual.1"] == Decimal(14)
    note = next(found for found in row.findings if found.message.key == "legacy.increment_added")
    assert (note.grade, note.cell, note.value, note.message.values["before"]) == ("d", "C2", "8", Decimal(6))
    (words,) = read(headers, [1, HELD.title, "8场", "新增8场。"])
    assert words.values["actual.1"] == Decimal(14)
    (first,) = read(headers, [1, HELD.title, 8.5, "新增"], tasks=[replace(HELD, last=UpdateDraft())])
    assert first.values["actual.1"] == Decimal("8.5")


@pytest.mark.parametrize(
    ("value", "key"), [("若干", "not_a_number"), (True, "no_number"), ("80%", "percent_for_amount")]
)
def test_an_addition_that_is_no_number_is_asked_about(value, key):
    (row,) = read(["序号", "任务名称", "本季新增", "进展情况"], [1, HELD.title, value, "文字"])
    assert (row.values["actual.1"], row.values["progress"]) == (None, "文字")
    assert ("c", key) in complaints(row)


def test_the_sum_so_far_goes_before_what_the_period_added():
    headers = ["序号", "任务名称", "本季新增", "累计完成", "进展"]
    (row,) = read(headers, [1, HELD.title, 8, 15, "文字"])
    assert row.values["actual.1"] == Decimal(15)
    (row,) = read(headers, [1, HELD.title, 8, None, "文字"])
    assert row.values["actual.1"] == Decimal(14)


def test_additions_in_a_column_too_many_or_in_several_names_are_asked_about():
    headers = ["序号", "任务名称", "指标1本期新增", "指标2本期新增", "进展"]
    (row,) = read(headers, [1, HELD.title, 8, 9, "文字"])
    assert row.values["actual.1"] == Decimal(14)
    assert ("c", "no_such_field") in complaints(row)


def test_a_column_headed_with_an_indicator_holds_its_values():
    headers = ["序号", "任务名称", *(f"{one.name}（{one.unit}）" for one in SHOWN.indicators), "进展"]
    both = read(headers, [2, SHOWN.title, 12, 359, 2818, "组团"], [1, HELD.title, 9, "-", 5, "参展"])
    assert [both[0].values[f"actual.{at}"] for at in (1, 2, 3)] == [12, 359, 2818]
    assert both[1].values["actual.1"] == Decimal(9)
    assert complaints(both[1])[:1] == [("c", "no_such_indicator")]
    assert both[1].findings[0].cell == "E3"


@pytest.mark.parametrize(
    ("header", "value", "told"),
    [
        ("意向成交额（亿美元）", 1.1, "11000"),
        ("意向成交额（亿美元）", "1.1", "11000"),
        ("意向成交额（亿美元）", "1,100万美元", "1100"),
        ("意向成交额（万美元）", "1.1亿美元", "11000"),
        ("意向成交额（万美元）", 1.1, "1.1"),
        ("意向成交额（亿美元）", 0.12345, "1234.5"),
        ("参展企业（万家次）", 0.03, "300"),
        ("参展企业（万家次）", "约三百", None),
        ("参展企业（家）", 300, None),
        ("参展企业（万家次）", True, None),
        ("参展企业（万家次）", date(2026, 12, 1), None),
        ("参展企业（万家次）", 0.00001, "0.1"),
    ],
)
def test_a_figure_counts_in_the_unit_of_its_header_or_cell(header, value, told):
    (row,) = read(["序号", "任务名称", header, "进展"], [2, SHOWN.title, value, "文字"])
    place = 3 if "成交" in header else 2
    assert row.values[f"actual.{place}"] == (None if told is None else Decimal(told))
    keys = {key for _, key in complaints(row)}
    assert bool(keys & {"converted", "other_unit", "not_a_number", "no_number"}) is (
        told not in {"1.1", "1100"}
    )
    assert row.values["progress"] == "文字"


def test_the_unit_may_stand_above_the_table_or_beside_the_figure():
    above = judged(
        grid(
            ["单位：亿美元", None], ["序号", "任务名称", "意向成交额", "进展"], [2, SHOWN.title, 1.1, "文字"]
        ),
        EVERY,
        CONTEXT,
    )
    assert above[0].values["actual.3"] == Decimal(11000)
    (beside,) = read(
        ["序号", "任务名称", "计量单位", "累计完成", "进展"], [1, HELD.title, "百场", 0.12, "文字"]
    )
    assert beside.values["actual.1"] == Decimal(12)


def test_several_values_in_one_cell_each_count_in_their_unit():
    said = "展会略；参展企业359家次；意向成交额0.28亿美元".removeprefix("展会略；")
    (row,) = read(["序号", "任务名称", "累计完成", "进展"], [2, SHOWN.title, f"12场；{said}", "文字"])
    assert [row.values[f"actual.{at}"] for at in (1, 2, 3)] == [12, 359, 2800]


def test_a_part_of_a_value_named_after_it_is_no_second_value():
    (row,) = read(["序号", "任务名称", "累计完成", "进展"], [1, HELD.title, "80场（其中境外2场）", "文字"])
    assert row.values["actual.1"] == Decimal(80)


def test_a_target_that_differs_is_noted_and_changes_nothing():
    headers = ["序号", "任务名称", "目标值", "累计完成", "进展"]
    for target, told in ((30, True), (20, False), ("见计划", False), (None, False)):
        (row,) = read(headers, [1, HELD.title, target, 9, "文字"])
        assert (("d", "target_differs") in complaints(row)) is told
    (several,) = read(headers, [2, SHOWN.title, 30, None, "文字"])
    assert ("d", "target_differs") not in complaints(several)


@pytest.mark.parametrize(
    ("values", "permilles"),
    [
        (["0.8", "0.6", "1"], [800, 600, 1000]),
        ([0.8, 0.6, 1], [800, 600, 1000]),
        ([80, 60, 1], [800, 600, 10]),
        ([0.5, 1.2, 80], [None, None, 800]),
        ([1, 1, 1], [None, None, None]),
        (["80%", 0.6, True], [800, 600, None]),
    ],
)
def test_the_scale_of_percentages_is_that_of_their_column(values, permilles):
    headers = ["序号", "任务名称", "完成率", "进展情况"]
    lines = [[one.number, one.title, value, "文字"] for one, value in zip(RATED, values, strict=True)]
    rows = read(headers, *lines)
    assert [row.values["percent"] for row in rows] == permilles
    assert [row.values["progress"] for row in rows] == ["文字"] * 3
    for row, permille in zip(rows, permilles, strict=True):
        assert any(
            grade == "c" and key in {"one_or_hundred", "no_number"} for grade, key in complaints(row)
        ) is (permille is None)


@pytest.mark.parametrize(
    ("value", "permille"), [(12 / 17, 706), (2 / 3, 667), (0.9999, 999), (0.1 + 0.2, 300)]
)
def test_a_percentage_that_a_formula_works_out_is_rounded_and_noted(value, permille):
    first, second = RATED[0], RATED[1]
    headers = ["序号", "任务名称", "完成率", "进展情况"]
    row, _ = read(headers, [3, first.title, value, "文字"], [4, second.title, 0.5, "文字"])
    assert row.values["percent"] == permille
    assert (("d", "rounded") in complaints(row)) is (permille != 300)


@pytest.mark.parametrize("value", ["80%左右", "约60%", "-", "同上"])
def test_a_cell_and_not_its_row_is_asked_about(value):
    (row,) = read(["序号", "任务名称", "完成率", "进展情况"], [3, RATED[0].title, value, "已建台账。"])
    assert (row.verdict, row.values["progress"], row.values["percent"]) == (Verdict.ADDED, "已建台账。", None)
    assert ("c", "not_a_number") in complaints(row)
    assert row.findings[0].cell == "C2"


@pytest.mark.parametrize("value", ["600余场", "约2700场", "基本完成", "-", "7场左右"])
def test_an_approximate_figure_leaves_what_stands_and_the_text_comes_in(value):
    (row,) = read(["序号", "任务名称", "累计完成", "进展情况"], [1, HELD.title, value, "政策宣讲。"])
    assert (row.values["actual.1"], row.values["progress"]) == (None, "政策宣讲。")
    assert ("c", "not_a_number") in complaints(row)


def test_a_row_whose_only_new_cell_is_asked_about_changes_nothing_but_says_so():
    (row,) = read(["序号", "任务名称", "完成率"], [3, RATED[0].title, "过半"])
    assert (row.verdict, complaints(row)) == (Verdict.UNCHANGED, [("c", "not_a_number")])
