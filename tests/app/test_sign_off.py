"""The sign-off page: what waits for the signatory, signed several at once, given back, or submitted."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.plans import actions as plans
from db.plans.queries import plans_frame
from db.store import Store
from db.updates import actions as updates
from tests.app.acting import confirmed, press
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
    tick,
)
from tests.support.years import this_year
from tracking.vocabulary import PlanStatus, UpdateStatus


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


def statuses(store: Store, items) -> list[UpdateStatus]:
    return [item_now(store, item).update.status for item in items]


def test_the_oldest_is_open_beside_the_list_with_its_last_value(open_page: Open, handed_over):
    seen = open_page("sign_off", SIGNATORY)
    assert len(lines_of(seen)) == 3
    words = every_word(seen)
    assert "待审签进展 **3** 项" in words
    assert "（上期 80.0%，+0.0 个百分点）" in words
    assert "沿用上期" in words


def test_several_are_signed_at_once(open_page: Open, sample: Store, handed_over):
    seen = tick(tick(open_page("sign_off", SIGNATORY), "选择 任务 1"), "选择 任务 3")
    seen = press(seen, "审签（2）")
    assert "2 项进展已审签，可以报送" in every_word(seen)
    assert statuses(sample, handed_over) == ["signed_off", "handed_over", "signed_off"]


def test_one_is_signed_and_stays_open_to_be_submitted(open_page: Open, sample: Store, handed_over):
    seen = press(open_page("sign_off", SIGNATORY), "审签")
    assert statuses(sample, handed_over[:1]) == ["signed_off"]
    confirmed(seen, "报送")
    assert statuses(sample, handed_over[:1]) == ["submitted"]


def test_one_is_given_back_with_a_reason_that_its_writer_reads(open_page: Open, sample: Store, handed_over):
    seen = press(open_page("sign_off", SIGNATORY), "退回填报人")
    assert "请写明原因" in every_word(seen)
    seen.main.text_area[0].input("请核对展会场次").run()
    press(seen, "退回填报人")
    update = item_now(sample, handed_over[0]).update
    assert (update.status, update.sign_off_requested_at) == ("draft", None)
    written = open_page("report", OFFICER, task=handed_over[0].task.id)
    words = every_word(written)
    assert "审签人退回原因：请核对展会场次" in words
    assert "**审签人退回　1 项**" in [tick.label for tick in written.main.checkbox]
    assert "其中退回 1 项" in words


def test_signed_ones_are_submitted_together_after_one_question(open_page: Open, sample: Store, handed_over):
    signatory = person(sample, SIGNATORY)
    keys = [item_now(sample, item).update.id for item in handed_over]
    updates.sign_off_progress_updates(sample, by=signatory, update_ids=keys)
    seen = open_page("sign_off", SIGNATORY)
    for number in (1, 2, 3):
        seen = tick(seen, f"选择 任务 {number}")
    confirmed(seen, "报送（3）")
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
    seen = open_page("sign_off", SIGNATORY)
    key = item_now(sample, handed_over[0]).update.id
    updates.sign_off_progress_updates(sample, by=person(sample, SIGNATORY), update_ids=[key])
    version = sample.data_version()
    seen = press(seen, "审签")
    assert sample.data_version() == version
    assert "已审签，待报送" in every_word(seen)
