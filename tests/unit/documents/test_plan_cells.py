"""Single cells and columns of office plans that are easily read as something else."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.support.legacy_ledgers import saved
from tests.support.plan_files import YEAR, asked, read, workbook
from tracking.documents.plan_words import PlanField, field_of


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("起止时间 / 开始", PlanField.STARTS_ON),
        ("起止时间 / 结束", PlanField.DUE_ON),
        ("截止日期", PlanField.DUE_ON),
        ("一季度完成情况", PlanField.IGNORED),
        ("完成情况 / 一季度", PlanField.IGNORED),
        ("上年完成数（家次）", PlanField.IGNORED),
        ("一季度计划", PlanField.STEPS),
    ],
)
def test_a_header_is_not_taken_for_what_only_looks_like_it(header, field):
    assert field_of(header)[0] is field


def test_what_is_planned_to_be_reached_is_a_target():
    rows = [["任务", "举措", "时限", "参展企业计划完成数（家次）"], ["参展", 1, "6月", 300]]
    (line,) = read(workbook({"计划": rows})).lines
    assert [(one.indicator_id, one.value) for one in line.draft.targets] == [(2, 300)]


def test_the_same_as_above_and_nothing_are_understood():
    rows = [
        ["任务", "举措", "时限", "牵头", "配合", "备注"],
        ["参展", 1, "6月底", "外经处", "规划处", "无"],
        ["布展", "同上", "同上", "〃", "同上", "——"],
        ["同上", None, None, None, "财务处", None],
        ["评展", 1, "11月底", "-", "/", "重点"],
    ]
    drafts = [line.draft for line in read(workbook({"计划": rows})).lines]
    assert [
        (one.title, one.measure_id, one.lead_unit, one.supporting_units, one.remark) for one in drafts
    ] == [
        ("参展", 11, "外经处", "规划处", ""),
        ("布展", 11, "外经处", "规划处\n财务处", ""),
        ("评展", 11, "", "", "重点"),
    ]
    assert drafts[1].due_on == date(YEAR, 6, 30)


def test_the_same_as_above_says_nothing_where_nothing_stands_above():
    (line,) = read(workbook({"计划": [["任务", "举措", "时限", "牵头"], ["参展", 1, "6月", "同上"]]})).lines
    assert line.draft.lead_unit == "同上"


def test_a_unit_that_sounds_like_one_of_ours_and_is_none_is_kept_and_asked_about():
    found = read(workbook({"计划": [["任务", "举措", "时限", "配合"], ["参展", 1, "6月", "省经信厅"]]}))
    assert found.lines[0].draft.supporting_units == "省经信厅"
    assert ("said", "supporting_units", "D2", "stays_words") in asked(found)


def test_only_what_names_no_day_is_offered_the_end_of_the_year():
    days = ["持续推进", "每季度末", None, "尽快", "6月前"]
    rows = [["任务", "举措", "时限"], *([f"任务之{at}", 1, day] for at, day in enumerate(days))]
    offers = [one.offer for one in read(workbook({"计划": rows})).doubts if one.field == "due_on"]
    assert offers == [f"{YEAR}-12-31"] * 3 + [""] * 2


def test_a_weight_that_is_shown_as_a_percentage_is_that_number():
    content = workbook(
        {"计划": [["任务", "举措", "时限", "权重"], ["参展", 1, "6月", 0.2], ["布展", 1, "6月", "30%"]]}
    )
    book = load_workbook(BytesIO(content))
    book.worksheets[0]["D2"].number_format = "0%"
    assert [line.draft.weight_tenths for line in read(saved(book)).lines] == [200, 300]


def test_a_task_that_stands_in_the_file_twice_is_asked():
    said = [("参展", 1), ("培训", 8), ("参展", 1), ("布展", 1), ("参展", 8)]
    rows = [["任务", "举措", "时限"], *([title, measure, "6月"] for title, measure in said)]
    found = read(workbook({"计划": rows}))
    assert asked(found) == [("may", "title", "A4", "again")]


def test_figures_of_another_year_are_no_targets():
    rows = [
        ["任务", "举措", "时限", f"{YEAR - 1}年参展企业（家次）", f"参展企业 / {YEAR}年目标值"],
        ["参展", 1, "6月", 300, "500家次"],
        ["布展", 1, "6月", 200, None],
    ]
    found = read(workbook({"计划": rows}))
    assert [[int(one.value) for one in line.draft.targets] for line in found.lines] == [[500], []]
    assert asked(found) == [
        ("may", "targets", "D2", "relative_amount"),
        ("may", "targets", "D3", "relative_amount"),
    ]


def test_countries_and_tags_are_matched_and_what_is_none_is_said():
    rows = [
        ["任务", "举措", "时限", "国家/地区", "合作领域"],
        ["参展", 1, "6月底", "哈萨克斯坦、某国", "贸易投资，航天"],
    ]
    (line,) = read(workbook({"计划": rows})).lines
    assert (line.draft.countries, line.draft.tags) == (("KZ",), ())
    assert {
        (doubt.field, doubt.message.values["names"])
        for doubt in line.doubts
        if "names" in doubt.message.values
    } == {
        (PlanField.COUNTRIES, "某国"),
        (PlanField.TAGS, "贸易投资、航天"),
    }
