"""Rates, answers and what does not apply on the pages: asked, kept, shown beside their targets, added up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from db.authorities.scope import NATION
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet, plans_frame
from db.reference.actions import add_indicator
from db.store import Store
from db.updates.queries import report_item
from tests.app.acting import press, words
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, SIGNATORY, every_word, field, items_of, period_of, person
from tests.support.years import this_year
from tracking.rates import Rate
from tracking.validation import TargetDraft, TermDraft
from tracking.vocabulary import IndicatorKind

MEASURE = 7


@pytest.fixture
def kinds(sample: Store) -> tuple[int, int, int]:
    """A task with a rate and an answer, filed by amendment: the task and its two indicators."""
    administrator = person(sample, "sysadmin")
    asked = {"measure_id": MEASURE, "additive": False, "headline": False}
    handled, built = (
        add_indicator(sample, by=administrator, name=name, unit=unit, kind=kind, **asked)
        for name, unit, kind in (
            ("预警处置率", "", IndicatorKind.RATE),
            ("预警工作机制", "已建/未建", IndicatorKind.YES_NO),
        )
    )
    officer = person(sample, OFFICER)
    frame = plans_frame(sample, NATION, notice_id=1, year=this_year(sample))
    plan_id = int(frame[frame["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    revision_id = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="增设指标")
    model = plan_sheet(sample, NATION, revision_id=revision_id).tasks[0].draft
    due = model.due_on
    assert due is not None
    draft = replace(
        model,
        measure_id=MEASURE,
        measure_action_id=None,
        title="健全风险预警处置机制",
        milestones=(),
        goes_on=False,
        targets=(TargetDraft(handled, due, Decimal(90)), TargetDraft(built, due, Decimal(1))),
        terms=(TermDraft(handled, Decimal("72.5")),),
    )
    task_actions.add_task(sample, by=officer, revision_id=revision_id, draft=draft)
    plans.request_plan_sign_off(sample, by=officer, revision_id=revision_id)
    plans.sign_off_plan(sample, by=person(sample, SIGNATORY), revision_id=revision_id)
    plans.submit_plan(sample, by=officer, revision_id=revision_id)
    plans.file_plan(sample, by=person(sample, MEMBER), revision_id=revision_id)
    return max(item.task.id for item in items_of(sample, officer)), handled, built


def test_a_rate_is_typed_in_two_fields_and_an_answer_is_chosen(open_page: Open, sample: Store, kinds):
    task_id, handled, built = kinds
    seen = open_page("report", OFFICER, task=str(task_id))
    field(seen, "预警处置率：分子").input("45")
    seen = press(seen.run(), "保存草稿")
    assert "分子和分母" in every_word(seen)
    field(seen, "分母").input("60")
    answer = next(box for box in seen.main.selectbox if "预警工作机制" in box.label)
    assert answer.options == ["—", "已建", "未建"]
    answer.select("已建")
    press(seen.run(), "保存草稿")
    item = report_item(sample, NATION, task_id=task_id, period_id=period_of(sample))
    assert item.draft.actuals == {handled: Rate(Decimal(45), Decimal(60)), built: Decimal(1)}


def shown(seen: AppTest) -> str:
    """Every cell of every table of a page."""
    return " ".join(str(cell) for table in seen.dataframe for cell in table.value.to_numpy().ravel())


def test_the_task_shows_where_its_indicators_start_and_the_measure_adds_up_each_kind(open_page: Open, kinds):
    task_id, *_ = kinds
    sheet = open_page("task", OFFICER, task=str(task_id))
    tables = shown(sheet)
    assert [said for said in ("72.5%", "90%", "已建") if said not in tables] == []
    measure = open_page("measure", MEMBER, measure=str(MEASURE))
    tables = shown(measure)
    assert "0 / 1 家“已建”" in tables


def test_the_overview_says_what_its_completion_rests_on(open_page: Open):
    assert "完成率所依据的任务权重：活动类指标" in words(open_page("overview", MEMBER))
