"""Bringing a plan in from a workbook on the page of the work plan: asked, answered, stored as a draft at once."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db import clock
from db.authorities.scope import NATION
from db.plans import actions as plans, file_actions
from db.plans.queries import plan_sheet, plans_frame
from db.seed.days import year_in_hand
from db.store import Store
from tests.app.acting import button, confirmed
from tests.app.conftest import Open
from tests.app.looping import OFFICER, every_word, field, person, typed
from tests.support.plan_files import HEADERS, workbook, written
from tracking.documents.plan_template import plan_template
from tracking.vocabulary import Language

NEXT = year_in_hand(clock.today()) + 1
OWN = workbook(
    {
        "台账": [
            HEADERS,
            (
                1,
                "1",
                "举办对接会",
                "参展企业200家次",
                "外经处",
                None,
                "张某",
                None,
                None,
                f"{NEXT}年6月底前",
                "一季度：定方案；二季度：办",
            ),
            (
                2,
                "推进合作",
                "建立服务台账",
                "入库企业",
                "外经处",
                None,
                "张某",
                "赵某某",
                None,
                "年底前",
                "每季度末更新",
            ),
            (3, "8", "开展经营培训", "培训1200人次", "人事处", None, "张某", None, None, "持续推进", None),
        ]
    }
)


@pytest.fixture
def draft(sample: Store) -> int:
    officer = person(sample, OFFICER)
    return plans.start_plan(
        sample, by=officer, notice_id=1, authority_id=officer.authority_id or 0, year=NEXT
    )


def tasks_of(store: Store, revision_id: int):
    return plan_sheet(store, NATION, revision_id=revision_id).tasks


def opened(open_page: Open, draft: int) -> AppTest:
    return open_page("work_plan", OFFICER, revision=str(draft), task="file")


def give(seen: AppTest, content: bytes) -> AppTest:
    return seen.main.file_uploader[0].upload("计划.xlsx", content, "x").run()


def tables(seen: AppTest) -> str:
    return "\n".join(frame.value.to_string() for frame in seen.main.dataframe)


def test_a_plan_of_an_offices_own_is_asked_about_and_stored_with_its_answers(
    open_page: Open, sample: Store, draft: int
):
    seen = give(opened(open_page, draft), OWN)
    assert "已读取" in every_word(seen)
    assert [metric.value for metric in seen.main.metric] == ["3", "0", "0", "0"]
    assert "请核对各列的含义" in every_word(seen)
    assert "举办对接会" in tables(seen)
    assert "还有 2 项任务须先补正" in every_word(seen)
    assert button(seen, "写入草稿（1 项）").disabled is False
    seen = typed(seen, "台账 B3", "4")
    seen = typed(seen, "台账 J4", "11月底")
    assert "须先补正，这次不写入" not in every_word(seen)
    assert tasks_of(sample, draft) == []
    seen = confirmed(seen, "写入草稿（3 项）")
    assert "新增 3 项" in every_word(seen)
    first, second, third = (task.draft for task in tasks_of(sample, draft))
    assert (first.due_on, len(first.milestones), len(first.targets)) == (date(NEXT, 6, 30), 2, 1)
    assert (second.title, third.due_on) == ("建立服务台账", date(NEXT, 11, 30))
    assert [metric.value for metric in seen.main.metric] == ["0", "0", "3", "0"]
    again = give(opened(open_page, draft), OWN)
    assert "按上次确认的含义读取" in every_word(again)


def test_what_may_be_taken_as_offered_is_taken_with_one_tick(open_page: Open, sample: Store, draft: int):
    seen = give(opened(open_page, draft), OWN)
    (days,) = [box for box in seen.main.checkbox if "12 月 31 日" in box.label]
    seen = days.check().run()
    (targets,) = [box for box in seen.main.checkbox if "建议的" in box.label]
    seen = targets.check().run()
    seen = confirmed(typed(seen, "台账 B3", "4"), "写入草稿（3 项）")
    third = tasks_of(sample, draft)[2].draft
    assert third.due_on == date(NEXT, 12, 31)
    assert [(target.value, target.due_on) for target in third.targets] == [(1200, date(NEXT, 12, 31))]


def test_a_column_may_mean_something_else(open_page: Open, sample: Store, draft: int):
    seen = give(opened(open_page, draft), OWN)
    seen = field(seen, "联系电话").set_value("liaison").run()
    column = field(seen, "重点任务")
    seen = column.set_value("ignored").run()
    assert button(seen, "写入草稿（0 项）").disabled


def test_our_own_form_asks_nothing_and_shows_old_and_new(open_page: Open, sample: Store, draft: int):
    officer = person(sample, OFFICER)
    seen = give(opened(open_page, draft), OWN)
    confirmed(seen, "写入草稿（1 项）")
    form = plan_template(
        file_actions.export_plan_form(sample, by=officer, revision_id=draft),
        on=clock.today(),
        language=Language.ZH_CN,
    )
    seen = give(opened(open_page, draft), written(form, {("goal", 0): "参展企业300家次"}))
    assert [metric.value for metric in seen.main.metric] == ["0", "1", "0", "0"]
    assert "参展企业200家次" in tables(seen)
    assert "参展企业300家次" in tables(seen)
    assert "各列的含义" not in [one.label for one in seen.main.expander]
    confirmed(seen, "写入草稿（1 项）")
    assert tasks_of(sample, draft)[0].draft.goal == "参展企业300家次"


def test_what_is_not_in_the_file_stays_unless_it_is_chosen(open_page: Open, sample: Store, draft: int):
    seen = give(opened(open_page, draft), OWN)
    seen = confirmed(seen, "写入草稿（1 项）")
    other = workbook(
        {"台账": [HEADERS, (1, "8", "讲座", "三次", "外经处", None, None, None, None, "6月", None)]}
    )
    seen = give(opened(open_page, draft), other)
    assert [metric.value for metric in seen.main.metric] == ["1", "0", "0", "1"]
    (gone,) = tasks_of(sample, draft)
    (chosen,) = seen.main.multiselect
    seen = chosen.set_value([gone.task_revision_id]).run()
    confirmed(seen, "写入草稿（2 项）")
    assert [task.draft.title for task in tasks_of(sample, draft)] == ["讲座"]


def test_a_title_that_is_like_one_of_the_plan_is_asked(open_page: Open, sample: Store, draft: int):
    confirmed(give(opened(open_page, draft), OWN), "写入草稿（1 项）")
    line = (1, "1", "举办对接大会", "参展企业200家次", "外经处", None, None, None, None, "6月", None)
    seen = give(opened(open_page, draft), workbook({"台账": [HEADERS, line]}))
    seen = typed(seen, "台账 C2", "1")
    confirmed(seen, "写入草稿（1 项）")
    assert [task.draft.title for task in tasks_of(sample, draft)] == ["举办对接大会"]


def test_a_file_without_a_plan_is_refused_in_words(open_page: Open, draft: int):
    seen = give(opened(open_page, draft), workbook({"甲": [["乙", "丙"]]}))
    assert "没有找到工作计划" in every_word(seen)
    assert not seen.exception


def test_a_new_post_is_taken_and_a_doubt_that_is_only_said_is_mended_at_its_cell(
    open_page: Open, sample: Store, draft: int
):
    line = (*(1, "1", "举办对接会", "参展企业约200家次", "外经处", None, None, "推广科科长 赵某"), None)
    seen = give(opened(open_page, draft), workbook({"台账": [HEADERS, (*line, "6月", None)]}))
    (posts,) = [box for box in seen.main.checkbox if "新设岗位" in box.label]
    seen = posts.check().run()
    assert "新设岗位：推广科科长 赵某" in tables(seen)
    seen.query_params["changes"] = "doubtful"
    (opening,) = seen.run().main.multiselect
    seen = opening.set_value([opening.options[0]]).run()
    seen = typed(seen, "台账 D2", "参展企业300家次")
    confirmed(seen, "写入草稿（1 项）")
    (task,) = tasks_of(sample, draft)
    assert [target.value for target in task.draft.targets] == [300]
    assert task.draft.post_id is not None


def test_an_amendment_shows_only_what_the_form_changes(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    found = plans_frame(sample, NATION, notice_id=1, year=NEXT - 1)
    plan_id = int(found[found["authority_id"] == officer.authority_id]["plan_id"].iloc[0])
    amendment = plans.revise_plan(sample, by=officer, plan_id=plan_id, reason="调整")
    before = [task.draft for task in tasks_of(sample, amendment)]
    form = plan_template(
        file_actions.export_plan_form(sample, by=officer, revision_id=amendment),
        on=clock.today(),
        language=Language.ZH_CN,
    )
    changed = {("goal", 2): "调整后的目标", ("remark", 0): "已协调"}
    seen = give(opened(open_page, amendment), written(form, changed))
    assert [metric.value for metric in seen.main.metric] == ["0", "2", str(len(before) - 2), "0"]
    assert tables(seen).count("调整后的目标") == 1
    assert [before[2].goal in tables(seen), before[1].goal in tables(seen)] == [True, False]
    confirmed(seen, "写入草稿（2 项）")
    after = [task.draft for task in tasks_of(sample, amendment)]
    assert [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == [0, 2]


def test_a_run_without_a_new_answer_compares_nothing_again(open_page: Open, sample: Store, draft: int):
    seen = give(opened(open_page, draft), OWN)
    kept = seen.session_state[f"plan_file_{draft}"].kept
    seen.run()
    again = seen.session_state[f"plan_file_{draft}"].kept
    assert kept
    assert [found for _, found in again] == [found for _, found in kept]
    assert all(new is old for (_, new), (_, old) in zip(again, kept, strict=True))
