"""Work plans in workbooks of an office's own: where they are, what their columns mean, and which tasks they propose."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.plan_files import (
    HEADERS,
    LINES,
    YEAR,
    asked,
    office_plan,
    read,
    workbook,
)
from tracking.documents.grids import Sheet
from tracking.documents.plan_layout import (
    packed_plan_layout,
    plan_layout_again,
    plan_layouts,
)
from tracking.documents.plan_words import PlanField, field_of, period_of
from tracking.documents.workbook_reading import read_workbook
from tracking.plans.comparison import PlanChange
from tracking.validation import TargetDraft

DUE = date(YEAR, 6, 30)
END = date(YEAR, 12, 31)


def test_a_whole_plan_as_an_office_keeps_it_becomes_proposed_tasks():
    found = read(office_plan())
    first, second, third = (line.draft for line in found.lines)
    assert (first.measure_id, first.title, first.goal) == (11, "举办示例国企业对接会", "参展企业200家次")
    assert (first.due_on, second.due_on, third.due_on) == (DUE, END, None)
    assert (first.lead_unit, first.supporting_units, first.supervising_leader) == (
        "外经处",
        "规划处、财务处",
        "张某某",
    )
    assert (first.post_id, third.post_id) == (7, None)
    assert first.targets == (TargetDraft(2, DUE, first.targets[0].value),)
    assert [(step.title, step.due_on, step.share_permille) for step in first.milestones] == [
        ("制定方案", date(YEAR, 3, 31), 500),
        ("举办", DUE, 500),
    ]
    assert second.targets == ()
    assert asked(found) == [
        ("said", "milestones", "K4", "even_shares"),
        ("may", "milestones", "K5", "not_steps"),
        ("may", "post_id", "H6", "no_such_post"),
        ("must", "due_on", "J6", "no_day"),
        ("may", "targets", "D6", "perhaps_indicator"),
    ]
    assert [line.ready for line in found.lines] == [True, True, False]
    assert [line.change for line in found.lines] == [PlanChange.NEW] * 3


def test_a_cell_is_mended_by_writing_it_anew():
    found = read(office_plan())
    keys = {one.field: one.spot.key for one in found.doubts}
    answers = {
        keys["due_on"]: "11月底",
        keys["post_id"]: "人事处处长 王某某",
        keys["targets"]: f"培训学员：1200 人次（{YEAR}-11-30）",
        keys["milestones"]: "上半年：更新；下半年：更新",
    }
    third = read(office_plan(), answers).lines[2]
    assert third.ready
    assert (third.draft.due_on, third.draft.post_id) == (date(YEAR, 11, 30), 8)
    assert [(one.indicator_id, one.value, one.due_on) for one in third.draft.targets] == [
        (4, 1200, date(YEAR, 11, 30))
    ]
    second = read(office_plan(), answers).lines[1]
    assert [step.due_on for step in second.draft.milestones] == [DUE, END]


def test_an_answer_is_read_by_the_same_rules_as_a_cell():
    (target,) = (one for one in read(office_plan()).doubts if one.field == "targets")
    (due,) = (one for one in read(office_plan()).doubts if one.field == "due_on")
    answers = {target.spot.key: "举办培训5期", due.spot.key: "年底"}
    third = read(office_plan(), answers).lines[2]
    assert [(one.indicator_id, one.value) for one in third.draft.targets] == [(3, 5)]
    assert read(office_plan(), answers).of(PlanChange.NEW)[2] == third


def test_an_answer_lets_the_target_of_the_unit_be_offered():
    found = read(office_plan())
    (due,) = (one for one in found.doubts if one.field == "due_on")
    (target,) = (one for one in found.doubts if one.field == "targets")
    assert (due.offer, target.offer) == (f"{YEAR}-12-31", "")
    (target,) = (
        one for one in read(office_plan(), {due.spot.key: due.offer}).doubts if one.field == "targets"
    )
    assert target.offer == f"培训学员：1,200 人次（{YEAR}-12-31）"


def test_headers_of_two_rows_name_quarters_and_who_is_responsible():
    rows = [
        ["某省重点任务"],
        ["编号", "重点工作", "工作任务", "责任分工", None, "时间节点", None, "时限"],
        [None, None, None, "牵头处室", "配合处室", "一季度", "第二季度", None],
        [1, "展览展销", "参展", "外经处", "规划处", "制定方案", "组团\n参展", "6月底"],
        ["合计", None, 1],
        ["注：以上任务按季度调度。"],
    ]
    merged = ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:H3")
    (layout,) = plan_layouts(read_workbook(workbook({"计划": rows}, merged)))
    assert (layout.first, layout.last) == (2, 3)
    (line,) = read(workbook({"计划": rows}, merged)).lines
    assert (line.draft.lead_unit, line.draft.supporting_units, line.draft.measure_id) == (
        "外经处",
        "规划处",
        11,
    )
    assert [(step.title, step.due_on) for step in line.draft.milestones] == [
        ("制定方案", date(YEAR, 3, 31)),
        ("组团，参展", DUE),
    ]
    assert ("said", "measure", "B4", "by_words") in asked(read(workbook({"计划": rows}, merged)))


def test_several_lines_a_task_are_one_task_with_an_indicator_a_line():
    rows = [
        ["序号", "举措", "任务", "指标名称", "目标值", "计量单位", "完成时限", "配合单位"],
        [1, 1, "参展", "组织参加境内外展会", 3, "场", None, "规划处"],
        [None, None, None, "参展企业", 500, "家次", None, "财务处"],
        [None, None, None, None, None, None, "6月底", "规划处"],
        [2, 8, "培训", "举办培训", "若干", None, "年底前", None],
    ]
    found = read(workbook({"计划": rows}, ("A2:A4", "C2:C4")))
    first, second = found.lines
    assert [(one.indicator_id, one.value) for one in first.draft.targets] == [(1, 3), (2, 500)]
    assert first.draft.due_on == DUE
    assert first.draft.supporting_units == "规划处\n财务处"
    assert second.draft.targets == ()
    assert asked(found) == [("may", "targets", "E5", "no_target")]


def test_a_title_that_is_repeated_or_left_out_goes_on_with_the_task_above():
    rows = [
        ["任务", "举措", "年度目标", "时限"],
        ["培训", 8, "举办培训3期", "年底"],
        ["培训", 8, "培训学员80人次", "年底"],
        [None, None, "另有宣传", None],
    ]
    (line,) = read(workbook({"计划": rows})).lines
    assert line.draft.goal == "举办培训3期\n培训学员80人次\n另有宣传"
    assert len(line.draft.targets) == 2


def test_headings_within_the_table_are_the_measure_of_what_stands_below():
    rows = [
        ["序号", "任务", "牵头", "时限"],
        ["一、展览展销"],
        [1, "参展", "外经处", "6月"],
        [None, "（二）专题培训"],
        [1, "培训", "人事处", "6月"],
        ["三、其他"],
        [1, "参展", "外经处", "6月"],
        [4, "宣传", None, None],
        [None, "督办", None, None],
    ]
    found = read(workbook({"计划": rows}, ("A2:D2", "A6:D6")))
    assert [line.draft.measure_id for line in found.lines] == [11, 18, 0, 0, 0]
    assert [key for *_, key in asked(found)].count("by_words") == 2
    assert [one for one in asked(found) if one[1] == "measure"][2:] == [
        ("must", "measure", str(row), "which_measure") for row in (7, 8, 9)
    ]


def test_several_tasks_in_a_cell_are_told_apart_with_what_stands_in_step_with_them():
    rows = [
        ["举措", "任务", "年度目标", "完成时限"],
        ["8", "1. 办培训\n2. 编教材", "（1）举办培训3期\n（2）编写一册", "年底"],
        ["1", "1. 参展\n并总结", "三场", "年底"],
    ]
    found = read(workbook({"计划": rows}))
    assert [line.draft.title for line in found.lines] == ["办培训", "编教材", "1. 参展\n并总结"]
    assert [line.draft.goal for line in found.lines] == ["举办培训3期", "编写一册", "三场"]
    shared = [one for one in found.doubts if one.message.key == "plan_file.shared"]
    assert len({one.spot.key for one in shared}) == 2


def test_what_is_no_task_is_left_out_and_what_is_hidden_is_said():
    rows = [
        ["序号", "任务", "举措", "时限"],
        [1, 2, 3, 4],
        [1, "参展", 1, date(YEAR, 5, 1)],
        [None, None, None, None],
        ["序号", "任务", "举措", "时限"],
        [2, "培训", 8, "持续"],
        ["小计", 2, None, None],
        ["填报人：某某", None, "审核人：某某", None],
    ]
    found = read(workbook({"计划": rows}, hidden=[3]))
    assert [line.draft.title for line in found.lines] == ["参展", "培训"]
    assert found.lines[0].draft.due_on == date(YEAR, 5, 1)
    assert asked(found) == [("said", "title", "B3", "hidden"), ("must", "due_on", "D6", "no_day")]


def test_several_sheets_are_read_and_what_holds_no_plan_is_not():
    sheets = {
        "说明": [["填表说明"], ["请按季度填写"]],
        "空": [],
        "一处": [HEADERS, LINES[0]],
        "二处": [HEADERS, LINES[1]],
    }
    content = workbook(sheets)
    assert [layout.sheet for layout in plan_layouts(read_workbook(content))] == ["一处", "二处"]
    assert [line.draft.title for line in read(content).lines] == [LINES[0][2], LINES[1][2]]


@pytest.mark.parametrize(
    ("headers", "titled"),
    [
        (["举措", "年度目标", "牵头单位"], "举措"),
        (["重点工作", "年度目标", "牵头单位"], "重点工作"),
        (["重点工作", "措施", "牵头单位"], "措施"),
        (["年度目标", "牵头单位", "时限"], "年度目标"),
    ],
)
def test_without_a_column_of_tasks_the_finest_division_stands_for_it(headers, titled):
    (layout,) = plan_layouts([Sheet("计划", (tuple(headers), ("甲", "乙", "丙")))])
    assert [one.header for one in layout.columns if one.field is PlanField.TITLE] == [titled]


def test_a_sheet_of_two_words_is_no_plan():
    assert plan_layouts([Sheet("计划", (("牵头单位", "时限"), ("甲", "乙")))]) == []


def test_a_layout_that_was_confirmed_is_known_again_by_its_headers():
    sheets = read_workbook(office_plan())
    (layout,) = plan_layouts(sheets)
    told = layout.with_fields({9: PlanField.REMARK})
    kept = plan_layout_again(packed_plan_layout(told))
    (again,) = plan_layouts(sheets, [replace(kept, columns=kept.columns[:3]), kept])
    assert [one.field for one in again.columns] == [one.field for one in told.columns]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("完成时限（年月）", PlanField.DUE_ON),
        ("2027年度目标", PlanField.GOAL),
        ("责任分工 / 牵头", PlanField.LEAD),
        ("时间节点 / 第三季度末", PlanField.STEPS),
        ("6月底", PlanField.STEPS),
        ("联系电话", PlanField.IGNORED),
        ("经费", PlanField.IGNORED),
    ],
)
def test_a_header_says_what_a_column_means(header, field):
    assert field_of(header)[0] is field
    assert bool(period_of(header)) == (field is PlanField.STEPS)


def test_of_two_columns_that_mean_the_same_the_surer_one_is_taken():
    (layout,) = plan_layouts([Sheet("计划", (("任务", "具体任务内容", "时限"), ("甲", "乙", "6月")))])
    assert [one.field for one in layout.columns] == [PlanField.TITLE, PlanField.IGNORED, PlanField.DUE_ON]


def test_what_could_not_be_stored_is_asked_at_its_cell():
    lines = [
        [1, "1", "参展", "甲" * 501, "外经处", None, None, "李某某", None, "2028年6月", "四季度：总结"],
        [2, "8", "培" * 201, "培训", "人事处", None, None, "李某某", None, "3月", "一季度：办；四季度：评"],
    ]
    found = read(office_plan(lines))
    assert [one for one in asked(found) if one[0] == "must"] == [
        ("must", "goal", "D4", "too_long"),
        ("must", "due_on", "J4", "outside_year"),
        ("must", "title", "C5", "too_long"),
        ("must", "milestones", "K5", "outside_task"),
    ]


def test_errors_weights_and_starts_are_read_or_asked():
    rows = [
        ["任务", "举措", "开始时间", "完成时限", "权重", "备注", "年度目标", "参展企业目标值"],
        ["参展", "1", "3月5日", "6月", 2.5, None, None, "1,200"],
        ["二展", "1", "尽快", "6月", "较高", "=1/0", None, None],
        ["三展", "1", None, "3月至6月", None, None, None, None],
    ]
    found = read(workbook({"计划": rows}))
    first, second, third = (line.draft for line in found.lines)
    assert (first.starts_on, first.weight_tenths) == (date(YEAR, 3, 5), 25)
    assert [(one.indicator_id, one.value) for one in first.targets] == [(2, 1200)]
    assert (second.starts_on, second.weight_tenths) == (date(YEAR, 1, 1), 10)
    assert (third.starts_on, third.due_on) == (date(YEAR, 3, 1), DUE)
    assert asked(found) == [
        ("may", "remark", "F3", "fault"),
        ("may", "weight_tenths", "E3", "not_a_number"),
        ("may", "starts_on", "C3", "not_a_day"),
    ]


def test_what_a_plan_must_say_before_it_is_signed_may_be_given_at_once():
    rows = [["任务", "举措", "时限", "年度目标"], ["参展", 1, "6月", None], ["培训", 8, "年底", "办成"]]
    content = workbook({"计划": rows})
    assert asked(read(content), lacking=True) == [
        ("may", "goal", "D2", "required"),
        ("may", "lead_unit", "2", "required"),
        ("may", "post_id", "2", "no_officer"),
        ("may", "lead_unit", "3", "required"),
        ("may", "post_id", "3", "no_officer"),
    ]
    answers = {one.spot.key: "李某某" for one in read(content).doubts if one.field == "post_id"}
    assert [line.draft.post_id for line in read(content, answers).lines] == [7, 7]


def test_what_is_struck_out_says_nothing_and_a_task_that_is_struck_out_is_told():
    rows = [
        ["任务", "举措", "时限", "备注"],
        ["参展", 1, "6月", "重点"],
        ["考察", 1, "6月", None],
        ["二展", 1, "5月", None],
        [None, None, None, "推迟"],
    ]
    found = read(workbook({"计划": rows}, ("A4:A5",), struck=("D2", "A3", "D5")))
    assert [(line.draft.title, line.draft.remark) for line in found.lines] == [("参展", ""), ("二展", "")]
    assert asked(found) == [("said", "title", "A3", "struck")]


def test_a_task_below_one_that_is_struck_out_is_its_own():
    rows = [["任务", "举措", "时限"], ["参展", 1, "6月"], ["参展", 1, "5月"]]
    found = read(workbook({"计划": rows}, struck=("A3",)))
    assert [line.draft.due_on for line in found.lines] == [DUE]


def test_a_column_headed_with_an_indicator_or_its_unit_holds_a_target():
    rows = [
        ["举措", "任务", "参展企业（家次）", "举办场次（场）", "经费（万元）", "时限"],
        [1, "参展", "不少于500余", 3, 20, "年底"],
        [1, "布展", "200家次", None, None, "年底"],
    ]
    found = read(workbook({"计划": rows}))
    assert [[(one.indicator_id, one.value) for one in line.draft.targets] for line in found.lines] == [
        [(2, 500)],
        [(2, 200)],
    ]
    assert asked(found) == [
        ("said", "targets", "C2", "around"),
        ("may", "targets", "C2", "perhaps_indicator"),
    ]


def test_a_plan_with_a_line_a_measure_names_its_measure_by_its_titles():
    rows = [
        ["举措", "年度目标", "时限"],
        ["开展专题培训", "举办培训3期", "年底"],
        ["双向投资", "形成机制", "年底"],
    ]
    found = read(workbook({"计划": rows}))
    assert [line.draft.measure_id for line in found.lines] == [18, 14]
    assert asked(found) == [("said", "measure", "3", "by_words")]


def test_of_two_columns_of_measures_the_second_divides_the_first():
    rows = [["重点举措", "主要措施", "时限"], ["专题培训", "办三期班", "年底"]]
    (line,) = read(workbook({"计划": rows})).lines
    assert (line.draft.measure_id, line.draft.title) == (18, "办三期班")


def test_a_hidden_sheet_holds_no_plan():
    (shown,) = read_workbook(workbook({"计划": [["任务", "举措", "时限"], ["参展", 1, "年底"]]}))
    assert plan_layouts([replace(shown, concealed=True)]) == []


def test_a_step_of_the_quarter_in_which_its_task_is_due_is_due_with_it():
    lines = [
        (
            *(1, "1", "参展", "参展企业200家次", "外经处", None, None, "李某某", None),
            "11月底",
            "四季度：总结",
        ),
        (
            *(2, "1", "布展", "参展企业100家次", "外经处", None, None, "李某某", None),
            "11月底",
            "12月底：总结",
        ),
    ]
    found = read(office_plan(lines))
    assert [[step.due_on for step in line.draft.milestones] for line in found.lines] == [
        [date(YEAR, 11, 30)],
        [END],
    ]
    assert [one for one in asked(found) if one[3] != "even_shares"] == [
        ("said", "milestones", "K4", "within_due"),
        ("must", "milestones", "K5", "outside_task"),
    ]
