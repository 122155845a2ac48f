"""What a plan in a file says beside the tasks that stand: the same task, a changed one, one that is only alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.support.plan_files import INDICATORS, YEAR, asked, office_plan, read, workbook
from tracking.plans.comparison import NEW_TASK, PlanChange, Standing
from tracking.validation import MilestoneDraft, TargetDraft, TaskDraft

DUE, END = date(YEAR, 6, 30), date(YEAR, 12, 31)
STANDING = Standing(
    5,
    50,
    1,
    3,
    TaskDraft(
        11,
        "举办示例国企业对接会",
        date(YEAR, 1, 1),
        DUE,
        goal="旧目标",
        post_id=8,
        lead_unit="外经处",
        remark="内部备注",
        targets=(TargetDraft(2, date(YEAR, 3, 31), Decimal(50)), TargetDraft(2, DUE, Decimal(200))),
        milestones=(
            MilestoneDraft(1, "制定方案", date(YEAR, 3, 31), 400),
            MilestoneDraft(2, "举办", DUE, 600),
        ),
    ),
)


def test_a_task_that_stands_is_changed_only_in_what_the_file_says():
    line, *others = read(office_plan(), standing=[STANDING]).lines
    assert line.standing is STANDING
    assert line.change is PlanChange.CHANGED
    assert (line.draft.goal, line.draft.post_id, line.draft.remark) == ("参展企业200家次", 7, "内部备注")
    assert (line.draft.targets, line.draft.milestones) == (STANDING.draft.targets, STANDING.draft.milestones)
    assert [other.change for other in others] == [PlanChange.NEW] * 2


def test_the_same_again_is_no_change_and_asks_nothing():
    lines = read(office_plan(), {}).lines
    third = replace(lines[2].draft, due_on=END)
    stands = [Standing(at, at, at, 1, line.draft) for at, line in enumerate(lines[:2], start=1)]
    found = read(office_plan(), standing=[*stands, Standing(3, 3, 3, 1, third)])
    assert [line.change for line in found.lines] == [PlanChange.UNCHANGED] * 3
    assert all(line.ready for line in found.lines)
    assert {one.weight.value for one in found.doubts} == {"said"}
    assert found.missing == []


def test_an_empty_cell_leaves_what_stands():
    stands = Standing(1, 1, 1, 1, TaskDraft(18, "培训", date(YEAR, 1, 1), END, goal="三期"))
    content = workbook(
        {
            "计划": [
                ["任务", "举措", "时限", "年度目标"],
                ["培训", None, None, None],
                ["参展", None, "6月", "三场"],
            ]
        }
    )
    found = read(content, standing=[stands])
    assert found.lines[0].change is PlanChange.UNCHANGED
    assert asked(found) == [("must", "measure", "B3", "which_measure")]


def test_the_measure_of_a_task_in_force_is_fixed():
    stands = replace(STANDING, fixed=True, draft=replace(STANDING.draft, measure_id=14, targets=()))
    assert ("must", "measure", "B4", "measure_is_fixed") in asked(read(office_plan(), standing=[stands]))


def titled(number: int, title: str, measure_id: int = 18) -> Standing:
    return Standing(number, number * 10, number, 1, TaskDraft(measure_id, title, date(YEAR, 1, 1), END))


WHOLE, SAID = ["序号", "任务", "举措", "时限", "目标", "牵头", "责任人"], ["有成效", "外经处", "李某某"]


def one_task(number: object, title: str, measure: object = 8) -> bytes:
    return workbook({"计划": [WHOLE, [number, title, measure, "年底", *SAID]]})


def test_a_title_that_is_only_alike_is_asked_and_answered():
    stands = titled(3, "举办国际化经营培训班")
    content = one_task(3, "举办国际化经营专题培训班")
    (line,) = read(content, standing=[stands]).lines
    assert line.standing is None
    (doubt,) = line.doubts
    assert (doubt.field, doubt.message.key) == ("task", "plan_file.which_task")
    (line,) = read(content, {doubt.spot.key: "3"}, [stands]).lines
    assert line.standing is stands
    assert line.draft.title == "举办国际化经营专题培训班"
    (line,) = read(content, {doubt.spot.key: NEW_TASK}, [stands]).lines
    assert (line.standing, line.ready) == (None, True)
    (line,) = read(one_task(3, "甲"), standing=[titled(3, "乙")]).lines
    assert (line.standing, line.ready) == (None, True)


def test_of_tasks_with_one_title_the_number_or_the_measure_decides():
    stands = [titled(1, "培训"), titled(2, "培训", 11), titled(3, "培训", 14)]
    assert read(one_task(3, "培训"), standing=stands).lines[0].standing is stands[2]
    assert read(one_task(9, "培训", 1), standing=stands).lines[0].standing is stands[1]
    stands = [titled(1, "培训"), titled(2, "培训")]
    (line,) = read(one_task(9, "培训"), standing=stands).lines
    assert line.standing is None
    assert [str(one.field) for one in line.doubts] == ["task"]


def test_a_task_that_is_in_the_file_twice_is_asked_at_the_second():
    content = workbook(
        {
            "计划": [
                WHOLE,
                [1, "培训", 8, "年底", *SAID],
                [2, "参展", 1, "年底", *SAID],
                [3, "培训", 8, "6月", *SAID],
            ]
        }
    )
    stands = [titled(1, "培训"), titled(2, "海外仓", 14)]
    found = read(content, standing=stands)
    assert asked(found) == [("must", "title", "B4", "twice")]
    mended = read(content, {found.doubts[0].spot.key: "教师队伍"}, stands)
    assert mended.lines[2].change is PlanChange.NEW
    assert mended.doubts == []
    assert list(found.missing) == [stands[1]]


def test_every_indicator_is_of_the_measure_it_is_read_under():
    assert {one.measure_id for one in INDICATORS} == {11, 18}
    found = read(
        workbook({"计划": [["任务", "举措", "时限", "年度目标"], ["培训", 8, "年底", "参展企业200家次"]]})
    )
    assert found.lines[0].draft.targets == ()
