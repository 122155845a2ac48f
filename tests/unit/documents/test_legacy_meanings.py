"""What headers of ledgers of any layout mean: which months, which unit, which kind of figure, and what is asked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.ledgers import edited
from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_legacy_ledgers import guessed, meanings
from tracking.documents.legacy_kinds import heard
from tracking.documents.legacy_layout import Context, Layout, known_layout, layout_again, packed_layout
from tracking.documents.legacy_spans import Fit, Months, fit_of, months_between, months_of
from tracking.documents.legacy_units import factor, larger_units, unit_above, unit_in
from tracking.documents.legacy_words import Meaning

FOURTH = months_between(date(2026, 10, 1), date(2026, 12, 31))
THIRD = Months(7, 9, 2026)
INDICATORS = {
    "组织参加境内外展会": "场",
    "参展企业": "家次",
    "意向成交额": "万美元",
    "新增境外商标注册": "件",
}
CONTEXT = Context(frozenset(), INDICATORS, FOURTH)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("一季度进展情况", Months(1, 3)),
        ("2026年第4季度", Months(10, 12, 2026)),
        ("Q2 progress", Months(4, 6)),
        ("H2", Months(7, 12)),
        ("前三季度累计", Months(1, 9)),
        ("一至三季度", Months(1, 9)),
        ("11月份完成", Months(11, 11)),
        ("十二月", Months(12, 12)),
        ("1-9月累计", Months(1, 9)),
        ("3月至6月", Months(3, 6)),
        ("截至9月底", Months(1, 9)),
        ("上半年", Months(1, 6)),
        ("四季度 / 12月", Months(12, 12)),
        ("Status Sept 2025", Months(9, 9, 2025)),
        ("2025年", Months(1, 12, 2025)),
        ("2025-2026年", None),
        ("进展情况", None),
        ("marked decisions", None),
    ],
)
def test_months_are_read_as_headers_name_them(text, months):
    assert months_of(text) == months


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("四季度进展", Fit.EXACT),
        ("10-12月进展", Fit.EXACT),
        ("1-12月累计", Fit.EXACT),
        ("下半年进展", Fit.WIDER),
        ("2026年进展", Fit.EXACT),
        ("进展", Fit.WIDER),
        ("本期进展", Fit.WIDER),
        ("12月进展", Fit.PART),
        ("11月进展", Fit.ELSEWHERE),
        ("三季度进展", Fit.ELSEWHERE),
        ("2025年四季度进展", Fit.ELSEWHERE),
        ("上季度进展", Fit.ELSEWHERE),
        ("去年同期", Fit.ELSEWHERE),
        ("规模以上月报企业进展", Fit.WIDER),
        ("线上年度推广进展", Fit.WIDER),
    ],
)
def test_months_fit_a_period_or_not(text, fit):
    assert fit_of(text, FOURTH) is fit
    assert fit_of(text, None) is Fit.WIDER


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("合同投资额（亿美元）", "亿美元"),
        ("参展企业(家次)", "家次"),
        ("金额 单位：万元", "万元"),
        ("投资额万元", "万元"),
        ("标准箱（万TEU）", "万TEU"),
        ("累计完成（截至12月）", ""),
        ("累计完成", ""),
    ],
)
def test_units_are_found_in_headers(header, unit):
    assert unit_in(header) == unit


def test_a_unit_above_a_table_is_not_who_filled_it_in():
    assert unit_above("单位：万元") == "万元"
    assert unit_above("（金额单位：万元、家）") == ""
    assert unit_above("单位：万元、家") == "万元、家"
    assert unit_above("填报单位：某省中小企业主管部门") == ""
    assert unit_above("单位：某某局") == ""


@pytest.mark.parametrize(
    ("said", "unit", "times"),
    [
        ("亿美元", "万美元", "10000"),
        ("美元", "万美元", "0.0001"),
        ("USD million", "万美元", "100"),
        ("万家", "家", "10000"),
        ("户", "家", "1"),
        ("场次", "场", "1"),
        ("万元、家", "家", "1"),
        ("亿元", "万美元", None),
        ("家", "家次", None),
    ],
)
def test_a_figure_in_one_unit_is_told_in_another_where_both_measure_the_same(said, unit, times):
    assert factor(said, unit) == (None if times is None else Decimal(times))


def test_usual_multiples_of_units_are_offered():
    assert larger_units(["万美元", "场"]) == ["万美元", "场", "美元", "亿美元", "万场", "亿场"]


@pytest.mark.parametrize(
    ("header", "meaning", "asked"),
    [
        ("计划完成数", Meaning.PLAN, ""),
        ("应完成数", Meaning.PLAN, ""),
        ("目标完成数", Meaning.TARGET, ""),
        ("时间进度", Meaning.PLAN, ""),
        ("已过时间完成率", Meaning.PLAN, ""),
        ("计划 / 完成数", Meaning.PLAN, ""),
        ("年度目标完成率", Meaning.PERCENT, ""),
        ("完成年度目标比例完成率", Meaning.PERCENT, ""),
        ("年度目标完成情况 / 完成值", Meaning.ACTUAL, ""),
        ("累计完成（%）", Meaning.PERCENT, ""),
        ("本季新增", Meaning.INCREMENT, ""),
        ("当季完成数", Meaning.INCREMENT, ""),
        ("本期实际完成值", Meaning.INCREMENT, ""),
        ("本期末累计", Meaning.ACTUAL, ""),
        ("1-9月完成数", Meaning.ACTUAL, ""),
        ("四季度完成数", Meaning.IGNORED, "kind"),
        ("本月完成率", Meaning.IGNORED, "kind"),
        ("未完成数", Meaning.IGNORED, "kind"),
        ("季度完成数", Meaning.IGNORED, "kind"),
        ("未完成情况", Meaning.IGNORED, "kind"),
        ("完成值同比", Meaning.IGNORED, "kind"),
        ("计划推进情况说明表推进情况", Meaning.PROGRESS, ""),
        ("计划进展", Meaning.IGNORED, "kind"),
        ("Completion Date", Meaning.DUE_ON, ""),
        ("任务完成率日期", Meaning.DUE_ON, ""),
        ("是否完成的时限", Meaning.IGNORED, "kind"),
        ("存在问题及下一步打算", Meaning.DIFFICULTIES_AND_STEPS, ""),
        ("工作进展及存在问题", Meaning.PROGRESS, ""),
        ("督办事项", Meaning.TITLE, ""),
        ("办理情况", Meaning.PROGRESS, ""),
    ],
)
def test_headers_tell_the_kind_of_their_figures_or_are_asked(header, meaning, asked):
    said = heard(header)
    assert (said.meaning, said.asked) == (meaning, asked)


def laid_out(headers, *lines, context=CONTEXT, remembered=()) -> Layout:
    (layout,) = guessed(grid(headers, *(lines or [[1, "某任务"]])), context, remembered)[1]
    return layout


QUARTERS = ["序号", "任务名称", *(f"{quarter}季度进展情况" for quarter in "一二三四")]


def test_of_a_column_a_quarter_that_of_the_period_is_read():
    layout = laid_out(QUARTERS)
    assert meanings(layout) == ["number", "title", *["ignored"] * 3, "progress"]
    assert [column.why for column in layout.columns[2:5]] == ["period"] * 3
    assert layout.asked == []
    third = laid_out(QUARTERS, context=Context(period=THIRD))
    assert meanings(third)[2:] == ["ignored", "ignored", "progress", "ignored"]


def test_where_no_column_is_of_the_period_all_are_asked():
    layout = laid_out(QUARTERS[:5])
    assert meanings(layout)[2:] == ["ignored"] * 3
    assert [column.at for column in layout.asked] == [3, 4, 5]


def test_a_column_that_names_a_quarter_and_no_more_is_asked():
    quarters = [f"{quarter}季度" for quarter in "一二三四"]
    words = [
        [at, f"某任务{at}", *(f"{quarter}所写的一段文字" for quarter in "甲乙丙丁")] for at in range(1, 5)
    ]
    layout = laid_out(["序号", "任务名称", *quarters], *words)
    assert meanings(layout)[2:] == ["ignored"] * 4
    assert [(column.header, column.could) for column in layout.asked] == [("四季度", Meaning.PROGRESS)]
    for values, could in (((2, 4, 6, 9), Meaning.ACTUAL), (("2%", "4%", "6%", "9%"), Meaning.PERCENT)):
        layout = laid_out(
            ["序号", "任务名称", *quarters], *([at, f"某任务{at}", *values] for at in range(1, 5))
        )
        assert [(column.header, column.could) for column in layout.asked] == [("四季度", could)]
    (now,) = laid_out(["序号", "任务名称", "本季度"], *(line[:3] for line in words)).asked
    assert now.could is Meaning.PROGRESS


def test_quarters_above_their_columns_bind_them():
    def merge(sheet) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            sheet.merge_cells(cells)

    headers = ["序号", "任务名称", "三季度", None, "四季度", None]
    below = [None, None, "累计完成数", "进展情况", "累计完成数", "进展情况"]
    content = edited(grid(headers, below, [1, "某任务", 2, "甲", 4, "乙"]), merge)
    _, (layout,) = guessed(content, CONTEXT)
    assert meanings(layout) == ["number", "title", "ignored", "ignored", "actual", "progress"]


def test_the_last_month_of_a_quarter_is_doubtful_and_its_figures_are_asked():
    months = [f"{month}月{what}" for month in (11, 12) for what in ("进展情况", "完成率", "新增完成数")]
    layout = laid_out(["序号", "任务名称", *months])
    assert meanings(layout)[2:] == [*["ignored"] * 3, "progress", "ignored", "ignored"]
    assert [column.why for column in layout.columns[2:]] == ["period"] * 3 + ["words", "kind", "part"]
    assert layout.columns[5].sure < 75
    assert [column.at for column in layout.asked] == [7, 8]


def test_the_column_of_the_quarter_goes_before_one_that_names_no_time():
    layout = laid_out(["序号", "任务名称", "进展情况", "四季度进展情况"])
    assert meanings(layout)[2:] == ["ignored", "progress"]
    assert layout.columns[2].why == "another"


def test_a_layout_is_remembered_by_meaning_not_by_place():
    chosen = laid_out(QUARTERS, context=Context(period=THIRD))
    kept = layout_again(packed_layout(known_layout(chosen)))
    now = laid_out(QUARTERS, remembered=[kept])
    assert meanings(now) == ["number", "title", *["ignored"] * 3, "progress"]
    moved = laid_out([QUARTERS[1], *QUARTERS[2:], QUARTERS[0]], remembered=[kept])
    assert meanings(moved) == ["title", *["ignored"] * 3, "progress", "number"]
    stale = layout_again(packed_layout(chosen.with_meanings({5: Meaning.IGNORED, 6: Meaning.PROGRESS})))
    assert meanings(laid_out(QUARTERS, remembered=[stale])) == meanings(now)


def test_a_remembered_column_of_another_quarter_is_asked():
    headers = ["序号", "任务名称", "2026年三季度情况"]
    kept = laid_out(headers, context=Context(period=THIRD)).with_meanings({3: Meaning.PROGRESS})
    again = laid_out(headers, remembered=[kept])
    assert (meanings(again)[2], [column.at for column in again.asked]) == ("ignored", [3])
    nothing = laid_out(headers, remembered=[kept.with_meanings({3: Meaning.IGNORED})])
    assert (meanings(nothing)[2], nothing.asked) == ("ignored", [])


def test_what_was_asked_and_not_answered_is_asked_again():
    headers = ["序号", "任务名称", "四季度完成数", "进展"]
    asked = laid_out(headers)
    again = laid_out(headers, remembered=[layout_again(packed_layout(known_layout(asked)))])
    assert [column.at for column in again.asked] == [3]
    assert [column.why for column in again.columns] == ["remembered", "remembered", "kind", "remembered"]
    answered = replace(asked, columns=tuple(replace(one, could=Meaning.IGNORED) for one in asked.columns))
    kept = layout_again(packed_layout(known_layout(answered)))
    assert laid_out(headers, remembered=[kept]).asked == []


def test_columns_headed_with_an_indicator_are_bound_to_it_in_their_unit():
    headers = [
        "序号",
        "任务名称",
        "组织参加境内外展会（场）",
        "意向成交额累计（亿美元）",
        "参展企业目标（家次）",
    ]
    layout = laid_out([*headers, "本期新增境外商标注册（件）", "参展企业四季度（家次）", "参展企业简介"])
    assert meanings(layout)[2:] == ["actual", "actual", "target", "increment", "ignored", "ignored"]
    assert [column.sure < 75 for column in layout.columns[2:4]] == [True, False]
    assert [column.indicator for column in layout.columns[2:6]] == [
        "组织参加境内外展会",
        "意向成交额",
        "参展企业",
        "新增境外商标注册",
    ]
    assert [column.unit for column in layout.columns[2:5]] == ["场", "亿美元", "家次"]
    assert [column.at for column in layout.asked] == [7]
    assert layout_again(packed_layout(layout)).columns[3].unit == "亿美元"


def test_a_unit_above_the_table_is_that_of_its_columns():
    (layout,) = guessed(grid(["附表", "单位：万元"], ["序号", "任务名称", "累计完成", "进展"]), CONTEXT)[1]
    assert (layout.first, layout.columns[2].unit) == (2, "万元")


def test_figures_told_by_their_values_alone_are_of_the_kind_their_header_says():
    rows = [[at, f"某任务{at}", at + 0.5] for at in range(1, 5)]
    assert meanings(laid_out(["序号", "任务", "完成情况"], *rows))[2] == "actual"
    assert meanings(laid_out(["序号", "任务", "本季度完成情况"], *rows))[2] == "increment"
    layout = laid_out(["序号", "任务", "四季度完成情况"], *rows)
    assert (meanings(layout)[2], [column.at for column in layout.asked]) == ("ignored", [3])
    days = [[at, f"某任务{at}", date(2026, 12, 31)] for at in range(1, 5)]
    assert meanings(laid_out(["序号", "任务", "进度"], *days))[2] == "due_on"


def test_a_small_number_right_of_the_title_is_no_number_of_a_task():
    rows = [["某项任务内容说明文字", at, "正在推进各项准备工作"] for at in range(1, 5)]
    assert meanings(laid_out(["任务", "甲", "进展"], *rows)) == ["title", "ignored", "progress"]
