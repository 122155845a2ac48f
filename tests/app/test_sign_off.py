"""The sign-off page: what waits for the signatory, signed several at once, given back, or submitted."""

from dataclasses import replace
from datetime import date

import pytest

from db.authorities.scope import NATION
from db.evidence.actions import attach_evidence
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet, plans_frame
from db.store import Store
from db.updates import actions as updates
from tests.app.acting import button, confirmed, press
from tests.app.conftest import Open
from tests.app.looping import (
    OFFICER,
    SIGNATORY,
    every_word,
    item_now,
    items_of,
    lines_of,
    period_of,
    person,
)
from tests.support.years import this_year
from tracking.vocabulary import PlanStatus, UpdateStatus

PNG = b"\x89PNG\r\n\x1a\n data"


@pytest.fixture
def day(ordinary_day: date) -> date:
    """The last period's values stand beside the new ones, and a year's first period has none."""
    return ordinary_day


@pytest.fixture
def handed_over(sample: Store):
    """Three reports of unchanged tasks on the signatory's desk."""
    officer = person(sample, OFFICER)
    items = items_of(sample, officer)[:3]
    keys = [item.task.id for item in items]
    updates.report_no_changes(sample, by=officer, task_ids=keys, period_id=period_of(sample))
    return items


@pytest.fixture
def changed(sample: Store, handed_over):
    """Three reports of which the third says something new."""
    officer, signatory = person(sample, OFFICER), person(sample, SIGNATORY)
    item = item_now(sample, handed_over[2])
    updates.send_back_progress_update(sample, by=signatory, update_id=item.update.id, reason="请补充")
    hand_over(sample, officer, item_now(sample, item), progress="本期又有新进展", no_change=False)
    return handed_over


@pytest.fixture
def fallen(sample: Store):
    """A report whose first figure is less than last time, and that says why."""
    officer = person(sample, OFFICER)
    item = next(item for item in items_of(sample, officer) if item.last.actuals and item.update is None)
    less = {key: value / 2 for key, value in item.draft.actuals.items()}
    hand_over(sample, officer, item, actuals=less, explanation="统计口径更正", progress="更正后重新汇总")
    return item


def hand_over(store: Store, officer, item, **said) -> None:
    """A report that differs in this from what its form begins with."""
    updates.save_progress_update(
        store,
        by=officer,
        task_id=item.task.id,
        period_id=period_of(store),
        row_version=item.row_version,
        draft=replace(item.draft, **said),
        hand_over=True,
    )


def untick(seen, label: str):
    """The page after this was unticked."""
    return next(found for found in seen.main.checkbox if found.label == label).uncheck().run()


def statuses(store: Store, items) -> list[UpdateStatus]:
    return [item_now(store, item).update.status for item in items]


def opened(open_page: Open, store: Store, item):
    """The sheet with one of the reports opened under its line."""
    return open_page("sign_off", SIGNATORY, update=str(item_now(store, item).update.id))


def test_every_report_is_on_one_sheet_with_its_light_and_its_figures(open_page: Open, sample: Store, changed):
    seen = open_page("sign_off", SIGNATORY)
    assert [line.partition("　")[0] for line in lines_of(seen)] == ["2", "3", "1"]
    words = every_word(seen)
    assert "待审签：进展 **3** 项、计划 **0** 份" in words
    assert all(part in words for part in ("需留意　1 项", "有变化　1 项", "无变化　1 项"))
    assert "本期又有新进展" in words
    assert "▲ 预警" in words
    assert "已预警，本期仍无变化" in words
    assert "与上期文字完全相同" not in words  # that is for the writer alone


def test_what_fell_stands_first_with_its_explanation(open_page: Open, sample: Store, fallen):
    seen = open_page("sign_off", SIGNATORY)
    assert lines_of(seen)[0].startswith(f"{fallen.planned.number}　")
    words = every_word(seen)
    assert "需留意　1 项" in words
    assert "累计值由" in words
    assert ":gray[说明]　统计口径更正" in words
    button(seen, "全部审签（1）").click().run()
    assert item_now(sample, fallen).update.status is UpdateStatus.HANDED_OVER
    confirmed(open_page("sign_off", SIGNATORY), "全部审签（1）")
    assert item_now(sample, fallen).update.status is UpdateStatus.SIGNED_OFF


def test_evidence_stands_under_its_line(open_page: Open, sample: Store, handed_over):
    officer, signatory = person(sample, OFFICER), person(sample, SIGNATORY)
    key = item_now(sample, handed_over[0]).update.id
    updates.send_back_progress_update(sample, by=signatory, update_id=key, reason="请附材料")
    attach_evidence(sample, by=officer, update_id=key, name="合影.png", content=PNG)
    updates.request_update_sign_off(sample, by=officer, update_ids=[key])
    assert "[合影.png](/evidence/" in every_word(open_page("sign_off", SIGNATORY))


def test_all_are_signed_at_once(open_page: Open, sample: Store, handed_over):
    seen = confirmed(open_page("sign_off", SIGNATORY), "全部审签（3）")
    assert "3 项进展已审签，可以报送" in every_word(seen)
    assert statuses(sample, handed_over) == ["signed_off"] * 3


def test_all_but_one_are_signed_and_that_one_stays_out(open_page: Open, sample: Store, handed_over):
    seen = untick(open_page("sign_off", SIGNATORY), "选择 任务 2")
    seen = press(seen, "审签 2 项，留下 1 项")
    assert statuses(sample, handed_over) == ["signed_off", "handed_over", "signed_off"]
    assert button(seen, "审签 0 项，留下 1 项").disabled


def test_one_is_opened_under_its_line_and_closed_again(open_page: Open, sample: Store, handed_over):
    seen = open_page("sign_off", SIGNATORY)
    assert "（上期 80.0%，+0.0 个百分点）" not in every_word(seen)
    key = item_now(sample, handed_over[0]).update.id
    seen = seen.button(key=f"open_update_{key}").click().run()
    assert "（上期 80.0%，+0.0 个百分点）" in every_word(seen)
    seen = seen.button(key=f"open_update_{key}").click().run()
    assert "（上期 80.0%，+0.0 个百分点）" not in every_word(seen)


def test_one_is_signed_and_stays_open_to_be_submitted(open_page: Open, sample: Store, handed_over):
    seen = press(opened(open_page, sample, handed_over[0]), "审签")
    assert statuses(sample, handed_over[:1]) == ["signed_off"]
    confirmed(seen, "报送")
    assert statuses(sample, handed_over[:1]) == ["submitted"]


def test_one_is_given_back_with_a_reason_that_its_writer_reads(open_page: Open, sample: Store, handed_over):
    seen = press(opened(open_page, sample, handed_over[0]), "退回填报人")
    assert "请写明原因" in every_word(seen)
    seen.main.text_area[0].input("请核对展会场次").run()
    press(seen, "退回填报人")
    update = item_now(sample, handed_over[0]).update
    assert (update.status, update.sign_off_requested_at) == ("draft", None)
    written = open_page("report", OFFICER, task=handed_over[0].task.id)
    words = every_word(written)
    assert "审签人退回原因：请核对展会场次" in words
    assert "审签人退回　1 项" in [tick.label for tick in written.main.checkbox]
    assert "其中退回 1 项" in words


def test_signed_ones_are_submitted_together_after_one_question(open_page: Open, sample: Store, handed_over):
    signatory = person(sample, SIGNATORY)
    keys = [item_now(sample, item).update.id for item in handed_over]
    updates.sign_off_progress_updates(sample, by=signatory, update_ids=keys)
    confirmed(open_page("sign_off", SIGNATORY), "全部报送（3）")
    assert statuses(sample, handed_over) == ["submitted"] * 3


def test_a_plan_is_signed_here_too(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plan = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    plan_id = int(plan[plan["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    revision_id = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="调整时限")
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    seen = open_page("sign_off", SIGNATORY)
    assert "调整原因：调整时限" in every_word(seen)
    seen = press(seen, "审签")
    assert "工作计划已审签" in every_word(seen)
    confirmed(seen, "报送")
    found = plans_frame(sample, NATION, notice_id=1, status=PlanStatus.SUBMITTED)
    assert revision_id in found["revision_id"].tolist()


def test_a_plan_is_given_back_with_a_reason_that_its_writer_reads(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plan = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    plan_id = int(plan[plan["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    revision_id = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="调整时限")
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    seen = press(open_page("sign_off", SIGNATORY), "退回")
    assert "请写明原因" in every_word(seen)
    seen.main.text_area[0].input("目标偏低").run()
    press(seen, "退回")
    assert "审签人退回原因：目标偏低" in every_word(open_page("work_plan", OFFICER, revision=revision_id))


def test_with_nothing_to_sign_the_page_says_so(open_page: Open):
    assert "目前没有待审签、待报送的内容" in every_word(open_page("sign_off", SIGNATORY))


def test_what_is_signed_by_two_at_once_is_signed_once(open_page: Open, sample: Store, handed_over):
    seen = opened(open_page, sample, handed_over[0])
    key = item_now(sample, handed_over[0]).update.id
    updates.sign_off_progress_updates(sample, by=person(sample, SIGNATORY), update_ids=[key])
    version = sample.data_version()
    seen = press(seen, "审签")
    assert sample.data_version() == version
    assert "已审签，待报送" in every_word(seen)


def test_what_nobody_has_opened_is_taken_back_and_what_the_signatory_has_open_is_not(
    open_page: Open, sample: Store, handed_over
):
    first, second, _ = handed_over
    open_page("sign_off", SIGNATORY, update=str(item_now(sample, first).update.id))
    assert [item_now(sample, item).update.opened_at is None for item in handed_over] == [False, True, True]
    seen = open_page("report", OFFICER, task=str(first.task.id))
    assert "打开，不能撤回" in every_word(seen)
    seen = press(open_page("report", OFFICER, task=str(second.task.id)), "撤回")
    assert "已撤回" in every_word(seen)
    assert item_now(sample, second).update.status is UpdateStatus.DRAFT


def test_a_plan_that_the_signatory_has_opened_is_not_taken_back(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plan = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    own = plan[plan["authority_id"] == officer.authority_id]
    revision_id = plans.revise_plan(sample, by=officer, plan_id=int(own["plan_id"].iloc[0]), reason="调整")
    asked = {"revision": str(revision_id)}
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    press(open_page("work_plan", OFFICER, **asked), "撤回")
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    open_page("work_plan", SIGNATORY, **asked)
    assert "打开，不能撤回" in every_word(open_page("work_plan", OFFICER, **asked))


def test_a_plan_shows_its_tasks_beside_last_years(open_page: Open, sample: Store):
    officer, year = person(sample, OFFICER), this_year(sample)
    plan = plans_frame(sample, NATION, notice_id=1, year=year)
    own = int(plan[plan["authority_id"] == officer.authority_id]["revision_id"].iloc[0])
    old = plan_sheet(sample, NATION, revision_id=own).tasks[0].draft
    revision_id = plans.start_plan(
        sample, by=officer, notice_id=1, authority_id=officer.authority_id or 0, year=year + 1
    )
    plans.save_goals(sample, by=officer, revision_id=revision_id, row_version=1, goals="年度目标")
    days = {"starts_on": date(year + 1, 1, 1), "due_on": date(year + 1, 12, 31)}
    for title in (old.title, "全新任务"):
        draft = replace(old, **days, title=title, targets=(), milestones=())
        task_actions.add_task(sample, by=officer, revision_id=revision_id, draft=draft)
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    words = every_word(open_page("sign_off", SIGNATORY))
    assert "与上年相比：新增 **1** 项，沿用 1 项，上年有而本年未列 **29** 项" in words
    [kept] = [line for line in words.splitlines() if line.startswith("| 1 |")]
    assert old.title in kept
    assert "。；" not in words
    assert f"时限 {old.due_on}，完成 80.0%" in kept
    [new] = [line for line in words.splitlines() if line.startswith("| 2 |")]
    assert new.endswith("| :blue[新增] |")


def test_an_amended_plan_shows_what_it_changes_of_which_task(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plan = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    plan_id = int(plan[plan["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    revision_id = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="调整目标")
    task = plan_sheet(sample, NATION, revision_id=revision_id).tasks[0]
    task_actions.save_task(
        sample,
        by=officer,
        task_revision_id=task.task_revision_id,
        row_version=task.row_version,
        draft=replace(task.draft, goal="目标改小"),
    )
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    rows = [line for line in every_word(open_page("sign_off", SIGNATORY)).splitlines() if line[:2] == "| "]
    assert f"{task.draft.goal} → **目标改小**" in next(row for row in rows if row.startswith("| 1 |"))
    assert next(row for row in rows if row.startswith("| 2 |")).endswith(":gray[与已备案的一致] |")


def test_plan_and_heading_say_the_same_of_a_plan_that_is_signed(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plan = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    plan_id = int(plan[plan["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    revision_id = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="调整时限")
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    assert "待审签：进展 **0** 项、计划 **1** 份" in every_word(open_page("sign_off", SIGNATORY))
    plans.sign_off_plan(sample, by=person(sample, SIGNATORY), revision_id=revision_id)
    words = every_word(open_page("sign_off", SIGNATORY))
    assert "待审签：进展 **0** 项、计划 **0** 份；已审签待报送：进展 **0** 项、计划 **1** 份" in words
    assert "已审签，待报送的工作计划　1 项" in words
