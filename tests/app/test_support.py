"""A task of another unit on the pages of those who take part in it: seen, added to, taken over, contested, ruled on."""

import pytest

from db import clock
from db.plans import actions as plans
from db.store import Store
from db.tables import TaskSupport
from db.updates.queries import ReportItem
from tests.app.acting import confirmed, press
from tests.app.conftest import Open
from tests.app.looping import MEMBER, OFFICER, every_word, field, person, typed
from tracking.support import SupportRole

NEXT = clock.today().year + 1
SUPPORTER = "jiangsu.officer"
HINT = "本单位配合的任务"


@pytest.fixture
def shared(sample: Store, measured: ReportItem) -> ReportItem:
    """A task of Zhejiang that Jiangsu takes part in."""
    jiangsu = person(sample, SUPPORTER).authority_id or 0
    with sample.write(None) as tx:
        said = tx.add(
            TaskSupport(
                task_revision_id=measured.task.revision_id or 0,
                authority_id=jiangsu,
                role=SupportRole.SUPPORT,
            )
        )
        tx.audit("plant", said)
    return measured


def headers(seen) -> str:
    return "\n".join(str(found.value) for found in seen.main.header)


def test_whoever_takes_part_finds_the_task_says_what_it_did_and_the_lead_takes_it_over(
    open_page: Open, shared: ReportItem
):
    task = str(shared.task.id)
    assert f"{HINT}（1）" in headers(open_page("home", SUPPORTER))
    assert HINT not in headers(open_page("home", OFFICER))
    assert f"{HINT}（1）" in headers(open_page("task", SUPPORTER))
    seen = open_page("task", SUPPORTER, task=task)
    assert "配合单位" in every_word(seen)
    label = next(found.label for found in seen.main.text_area if found.label.endswith("做了什么"))
    seen = press(typed(seen, label, "派三家企业 <b>参展</b>"), "补充配合情况")
    assert "已补充" in every_word(seen)
    report = open_page("report", OFFICER, task=task)
    report = press(report, "并入进展")
    assert "江苏配合：派三家企业" in field(report, "本期进展").value
    assert "配合单位补充的情况（1）" in headers(open_page("task", OFFICER, task=task))


def test_nobody_else_sees_the_task(open_page: Open, sample: Store, measured: ReportItem):
    seen = open_page("task", SUPPORTER, task=str(measured.task.id))
    assert "本期进展" not in every_word(seen)
    assert not seen.metric


def test_a_part_is_contested_answered_and_ruled_on(open_page: Open, shared: ReportItem):
    task = str(shared.task.id)
    seen = press(open_page("task", SUPPORTER, task=task), "提出异议")
    assert "请填写" in every_word(seen)
    seen = press(typed(seen, "理由", "分工中没有本单位"), "提出异议")
    assert "异议已提出" in every_word(seen)
    seen = open_page("extensions", OFFICER, show="contests")
    seen = press(typed(seen, "答复", "见会议纪要"), "答复")
    assert "已答复" in every_word(seen)
    seen = confirmed(open_page("extensions", SUPPORTER, show="contests"), "坚持异议")
    assert "已提请工作组裁定" in every_word(seen)
    seen = typed(open_page("extensions", MEMBER, show="contests"), "裁定理由", "纪要未列入")
    seen = confirmed(seen, "裁定成立")
    assert "已裁定" in every_word(seen)
    assert HINT not in headers(open_page("home", SUPPORTER))
    assert "异议成立" in every_word(open_page("extensions", SUPPORTER, show="contests"))


def test_a_supporting_unit_is_taken_from_the_list_and_recognised(open_page: Open, sample: Store):
    officer = person(sample, OFFICER)
    plans.start_plan(sample, by=officer, notice_id=1, authority_id=officer.authority_id or 0, year=NEXT)
    seen = open_page("work_plan", OFFICER, year=str(NEXT), task="new")
    seen = typed(seen, "配合单位", "规划处")
    seen = typed(seen, "从名单选配合单位", "江苏")
    assert field(seen, "配合单位").value == "规划处、江苏"
    assert "已认出的单位：江苏" in every_word(seen)
