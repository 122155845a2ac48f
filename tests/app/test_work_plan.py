"""The plan page: begun, written task by task, handed on, filed, amended beside its baseline, and read four ways."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db import clock
from db.authorities.scope import NATION
from db.plans import actions as plans, task_actions
from db.plans.last_year import last_year_frame
from db.plans.queries import plan_sheet, plans_frame
from db.seed.days import year_in_hand
from db.store import Store
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import (
    MEMBER,
    OFFICER,
    SIGNATORY,
    count_units,
    every_word,
    field,
    lines_of,
    person,
    typed,
)
from tests.support.years import this_year
from tracking.validation import TaskDraft
from tracking.vocabulary import PlanStatus, TaskStatus

NEXT = year_in_hand(clock.today()) + 1


def newest(store: Store, year: int) -> int:
    """The newest revision of the officer's plan of a year."""
    frame = plans_frame(store, NATION, notice_id=1, year=year)
    own = frame[frame["authority_id"] == person(store, OFFICER).authority_id]
    return int(own["revision_id"].iloc[0])


def sheet_of(store: Store, revision_id: int):
    return plan_sheet(store, NATION, revision_id=revision_id)


@pytest.fixture
def draft(sample: Store) -> int:
    """Next year's plan, begun, with its goals."""
    officer = person(sample, OFFICER)
    revision_id = plans.start_plan(
        sample, by=officer, notice_id=1, authority_id=officer.authority_id or 0, year=NEXT
    )
    plans.save_goals(sample, by=officer, revision_id=revision_id, row_version=1, goals="年度目标")
    return revision_id


@pytest.fixture
def form(open_page: Open, draft: int):
    """The form of a new task with everything in it that is required."""
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task="new")
    for label, value in (("工作任务", "组织参展"), ("年度目标（必填）", "全年十场"), ("牵头单位", "外贸处")):
        seen = typed(seen, label, value)
    post = field(seen, "责任岗位")
    return post.select_index(1).run()


def test_a_plan_is_begun_for_a_year_that_has_none(open_page: Open, sample: Store):
    seen = open_page("work_plan", OFFICER, year=str(NEXT))
    assert f"本单位还没有 {NEXT} 年工作计划" in every_word(seen)
    seen = press(seen, f"编制 {NEXT} 年工作计划")
    assert "先写年度工作目标" in every_word(seen)
    seen = press(typed(seen, "本年度总体目标", "扩大参展"), "保存目标")
    assert sheet_of(sample, newest(sample, NEXT)).revision.goals == "扩大参展"


def test_a_task_is_added_with_its_targets_and_milestones(form, sample: Store, draft: int):
    seen = press(press(form, "添加目标"), "添加节点")
    for label, value in (("目标值", "1,200.5"), ("占比", "100"), ("节点 1", "完成招展")):
        seen = typed(seen, label, value)
    seen = press(seen, "保存任务")
    assert "任务已添加" in every_word(seen)
    (task,) = sheet_of(sample, draft).tasks
    assert (task.draft.title, task.draft.weight_tenths) == ("组织参展", 10)
    assert [str(target.value) for target in task.draft.targets] == ["1200.5"]
    assert [(step.number, step.share_permille) for step in task.draft.milestones] == [(1, 1000)]
    assert field(seen, "工作任务").value == ""
    assert field(seen, "牵头单位").value == "外贸处"


BAD = [
    ("工作任务", "", "请填写此项"),
    ("工作任务", "长" * 10_000, "现有 10000 字"),
    ("工作任务", "换向\u202e", "U+202E"),
    ("备注", "响铃\a", "U+0007"),
    ("完成时限", date(NEXT - 1, 12, 31), f"日期应在 {NEXT} 年内"),
    ("完成时限", date(NEXT + 1, 1, 1), f"日期应在 {NEXT} 年内"),
    ("权重", "0", "权重应大于 0"),
    ("权重", "-1", "不能填写负数"),
    ("权重", "=1", "请填写数字"),
    ("权重", "1.25", "最多保留 1 位小数"),
]


@pytest.mark.parametrize(("label", "value", "sentence"), BAD, ids=lambda value: str(value)[:8])
def test_a_bad_value_gets_one_sentence_beside_its_field(form, sample: Store, label, value, sentence):
    version = sample.data_version()
    seen = press(typed(form, label, value), "保存任务")
    assert sentence in seen.main.error[0].value.replace("\\", "")
    assert field(seen, label).value == value
    assert sample.data_version() == version


def test_dates_out_of_order_are_refused(form, sample: Store):
    version = sample.data_version()
    seen = typed(typed(form, "开始时间", date(NEXT, 6, 1)), "完成时限", date(NEXT, 5, 1))
    seen = press(seen, "保存任务")
    assert "完成时限不能早于开始时间" in every_word(seen)
    assert sample.data_version() == version


PARTS = [
    ("添加目标", "目标值", "0", "目标值应大于 0"),
    ("添加目标", "目标值", "", "请填写此项"),
    ("添加目标", "目标值", "许多", "请填写数字"),
    ("添加节点", "占比", "120", "节点占比应大于 0，且不超过 100%"),
    ("添加节点", "占比", "60", "各节点占比合计应为 100%"),
]


@pytest.mark.parametrize(("add", "label", "value", "sentence"), PARTS)
def test_a_bad_target_or_milestone_is_refused_in_its_row(form, add, label, value, sentence):
    seen = typed(press(form, add), label, value)
    if add == "添加节点":
        seen = typed(seen, "节点 1", "招展")
    seen = press(seen, "保存任务")
    assert sentence in every_word(seen)
    assert field(seen, label).value == value


def test_a_fault_beside_an_unreadable_row_stands_by_its_own_row(form):
    seen = press(press(form, "添加目标"), "添加目标")
    first, second = (box for box in seen.main.text_input if box.label == "目标值")
    first.set_value("许多")
    seen = press(second.set_value("0").run(), "保存任务")
    wrong = [line.value for line in seen.main.markdown if line.value.startswith(":red[")]
    assert [sentence for sentence in wrong if "数字" in sentence or "大于 0" in sentence] == [
        ":red[请填写数字，例如 120 或 1,200\\.50。]",
        ":red[目标值应大于 0。]",
    ]


def test_a_row_that_was_removed_is_gone(form, sample: Store, draft: int):
    seen = press(press(form, "添加目标"), "删除")
    press(seen, "保存任务")
    assert sheet_of(sample, draft).tasks[0].draft.targets == ()


def test_an_incomplete_plan_names_every_gap_when_it_is_handed_over(open_page: Open, sample: Store, draft):
    seen = press(open_page("work_plan", OFFICER, year=str(NEXT)), "计划送审签")
    assert "计划中还没有任务" in every_word(seen)


def test_a_plan_goes_from_its_writer_to_the_files(form, open_page: Open, sample: Store, draft: int):
    seen = press(press(form, "保存任务"), "计划送审签")
    assert "已送审签" in every_word(seen)
    asked = {"revision": str(draft)}
    press(open_page("work_plan", SIGNATORY, **asked), "审签")
    confirmed(open_page("work_plan", OFFICER, **asked), "报送")
    confirmed(open_page("work_plan", MEMBER, **asked), "备案")
    assert sheet_of(sample, draft).revision.status is PlanStatus.FILED


def test_a_filed_plan_is_amended_with_a_reason_only_and_keeps_its_baseline(open_page: Open, sample: Store):
    year = this_year(sample)
    filed = newest(sample, year)
    seen = press(open_page("work_plan", OFFICER, year=str(year)), "开始调整")
    assert "请写明原因" in every_word(seen)
    seen = press(typed(seen, "调整原因", "展会延期"), "开始调整")
    revision_id = newest(sample, year)
    assert revision_id != filed
    task = sheet_of(sample, revision_id).tasks[0]
    seen = open_page("work_plan", OFFICER, year=str(year), task=str(task.task_revision_id))
    assert field(seen, "举措").disabled
    seen = press(typed(seen, "权重", "2.0"), "保存任务")
    words = every_word(seen)
    assert "调整原因：展会延期" in words
    assert f"| 权重 | {task.draft.weight_tenths / 10:.1f} | 2.0 |" in words
    baseline = sheet_of(sample, revision_id).baseline[task.task_id].draft
    assert baseline.weight_tenths == task.draft.weight_tenths


def test_a_task_leaves_the_draft_after_one_question(open_page: Open, sample: Store, draft: int, form):
    press(form, "保存任务")
    (task,) = sheet_of(sample, draft).tasks
    confirmed(open_page("work_plan", OFFICER, year=str(NEXT), task=str(task.task_revision_id)), "移除任务")
    assert sheet_of(sample, draft).tasks == []


def test_two_people_editing_one_task_see_both_versions(form, open_page: Open, sample: Store, draft: int):
    press(form, "保存任务")
    (task,) = sheet_of(sample, draft).tasks
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task=str(task.task_revision_id))
    seen = typed(seen, "工作任务", "我写的")
    task_actions.save_task(
        sample,
        by=person(sample, OFFICER),
        task_revision_id=task.task_revision_id,
        row_version=task.row_version,
        draft=replace(task.draft, title="同事写的"),
    )
    seen = press(seen, "保存任务")
    assert "| 工作任务 | 同事写的 | 我写的 |" in every_word(seen)
    seen = press(press(seen, "保留我填写的内容"), "保存任务")
    assert sheet_of(sample, draft).tasks[0].draft.title == "我写的"


@pytest.mark.parametrize("view", ["tasks", "table", "timeline", "revisions"])
@pytest.mark.parametrize("who", [OFFICER, MEMBER, "leadership"])
def test_a_plan_is_read_four_ways_by_everybody(open_page: Open, sample: Store, view: str, who: str):
    seen = open_page("work_plan", who, revision=str(newest(sample, this_year(sample))), show=view)
    assert not seen.exception
    assert "共 **30** 项任务" in every_word(seen)


def test_the_members_see_the_plans_of_all_and_who_has_handed_none_in(open_page: Open, sample: Store):
    seen = open_page("work_plan", MEMBER)
    assert f"{count_units(sample)} 家单位：已备案" in every_word(seen)
    assert len(seen.main.dataframe) == 1


def test_a_plan_being_written_elsewhere_cannot_be_read_by_its_address(open_page: Open, draft: int):
    seen = open_page("work_plan", MEMBER, revision=str(draft))
    assert "要找的内容不存在" in every_word(seen)
    assert lines_of(seen) == []


def _one_goes_on(seen: AppTest, store: Store) -> tuple[AppTest, int, int]:
    """One more is ticked to go on than what was given time beyond New Year; how many are taken over, and go on."""
    on, again = ([box for box in seen.main.checkbox if f":{name}_" in box.key] for name in ("on", "again"))
    proposed = sum(box.value for box in on)
    offered = last_year_frame(store, NATION, revision_id=newest(store, NEXT))
    unfinished = offered[~offered["status"].isin([TaskStatus.COMPLETED, TaskStatus.SUSPENDED])]
    assert proposed == sum(due_on.year >= NEXT for due_on in unfinished["due_on"])
    assert len(on) > proposed, "something else can go on"
    assert [box.value for box in again] == [True] * (30 - proposed)
    return next(box for box in on if not box.value).check().run(), 30, proposed + 1


def test_last_years_tasks_are_taken_over_in_four_clicks_and_marked_until_saved(
    open_page: Open, sample: Store
):
    seen = press(open_page("work_plan", OFFICER, year=str(NEXT)), f"编制 {NEXT} 年工作计划")
    seen = press(seen, f"沿用 {NEXT - 1} 年计划")
    seen, count, on = _one_goes_on(seen, sample)
    seen = press(seen, f"沿用所选 {count} 项（其中结转 {on} 项）")
    assert f"已沿用 {count} 项任务" in every_word(seen)
    sheet = sheet_of(sample, newest(sample, NEXT))
    assert len(sheet.tasks) == count
    assert [task.draft.goes_on for task in sheet.tasks].count(True) == on
    assert all(task.to_check for task in sheet.tasks)
    assert all(task.draft.due_on.year == NEXT for task in sheet.tasks)
    assert f"有 {count} 项任务沿用自上年" in every_word(seen)
    ticked = [box for box in seen.main.checkbox if "again_" in box.key and box.value]
    assert ticked == []
    press(open_page("work_plan", OFFICER, year=str(NEXT)), "计划送审签")
    assert sheet_of(sample, newest(sample, NEXT)).revision.status is PlanStatus.HANDED_OVER


def test_saving_a_task_takes_its_mark_away(open_page: Open, sample: Store):
    seen = press(open_page("work_plan", OFFICER, year=str(NEXT)), f"编制 {NEXT} 年工作计划")
    seen = press(seen, f"沿用 {NEXT - 1} 年计划")
    seen, count, on = _one_goes_on(seen, sample)
    press(seen, f"沿用所选 {count} 项（其中结转 {on} 项）")
    task = next(task for task in sheet_of(sample, newest(sample, NEXT)).tasks if task.draft.goes_on)
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task=str(task.task_revision_id))
    assert "请核对" in seen.main.subheader[0].value
    assert "本任务由上年结转" in every_word(seen)
    seen = press(seen, "保存任务")
    assert "请核对" not in seen.main.subheader[0].value
    after = {other.task_id: other.to_check for other in sheet_of(sample, newest(sample, NEXT)).tasks}
    assert [task_id for task_id, to_check in after.items() if not to_check] == [task.task_id]


def test_what_is_missing_in_a_plan_opens_its_task(open_page: Open, sample: Store, draft: int):
    begun = TaskDraft(measure_id=1, title="只有标题", starts_on=date(NEXT, 1, 1), due_on=date(NEXT, 12, 31))
    task_actions.add_task(sample, by=person(sample, OFFICER), revision_id=draft, draft=begun)
    seen = open_page("work_plan", OFFICER, year=str(NEXT), revision=str(draft))
    assert ":red[缺 3 项]" in every_word(seen)
    seen = press(seen, "计划送审签")
    fault = next(found for found in seen.main.button if str(found.key).endswith("field-goal"))
    seen = fault.click().run()
    [task] = sheet_of(sample, draft).tasks
    assert seen.query_params["task"] == str(task.task_revision_id)
    assert "(#field-goal)" in "".join(error.value for error in seen.main.error)


def test_what_is_typed_and_not_saved_is_not_left_behind_when_the_plan_is_handed_over(
    open_page: Open, sample: Store
):
    seen = press(open_page("work_plan", OFFICER, year=str(NEXT)), f"编制 {NEXT} 年工作计划")
    seen = press(seen, f"沿用 {NEXT - 1} 年计划")
    seen = press(seen, next(found.label for found in seen.main.button if found.label.startswith("沿用所选")))
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task="goals")
    seen = typed(seen, "本年度总体目标", "新的一年").run()
    seen = press(seen, "计划送审签")
    assert "年度工作目标有未保存的内容" in every_word(seen)
    assert sheet_of(sample, newest(sample, NEXT)).revision.status is PlanStatus.DRAFT
    press(press(seen, "保存目标"), "计划送审签")
    sheet = sheet_of(sample, newest(sample, NEXT))
    assert (sheet.revision.status, sheet.revision.goals) == (PlanStatus.HANDED_OVER, "新的一年")
