"""An office's own plan, with a header of two rows and merged cells, goes from its workbook into the draft of next year."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from db import clock
from db.authorities.scope import NATION
from db.plans.actions import start_plan
from db.plans.queries import plan_sheet
from db.seed import DEMO_PASSWORD
from db.seed.days import year_in_hand
from db.store import open_store
from tests.app.looping import OFFICER, person
from tests.e2e.axe import serious_faults
from tests.e2e.visits import sign_in, until, visit
from tests.support.plan_files import workbook
from tests.support.servers import Server
from tracking.messages import Message

MERGED = ("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3", "H2:H3", "I2:J2", "A4:J4", "B5:B6")
ROWS = [
    ["某省重点工作任务分解表"],
    ["序号", "工作任务", "年度目标", "责任领导", "责任分工", None, "责任人", "完成时限", "季度节点", None],
    [None, None, None, None, "牵头处室", "配合处室", None, None, "一季度", "二季度"],
    ["一、专题培训"],
    [1, "办培训班", "举办培训3期以上", "张某", "人事处", "规划处", "赵某某", "6月底前", "定方案", "办班"],
    [None, None, "培训学员约1200人次", None, None, "财务处", None, None, None, None],
    [2, "建立长效机制", "形成机制", "张某", "人事处", None, None, "持续推进", None, None],
    ["合计", "2项"],
]


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def give(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text(zh("plan_file.confirm_columns"))).to_be_visible()


def test_a_plan_is_given_answered_and_stored_in_the_draft(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    by, year = person(store, OFFICER), year_in_hand(clock.today()) + 1
    revision_id = start_plan(store, by=by, notice_id=1, authority_id=by.authority_id or 0, year=year)
    file = tmp_path / "分解表.xlsx"
    file.write_bytes(workbook({"任务表": ROWS}, MERGED))

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/work_plan?revision={revision_id}&task=file")
    give(page, file)
    due = page.get_by_role("textbox", name=re.compile("H7.*完成时限"))
    due.fill("11月底")
    due.press("Enter")
    expect(page.get_by_role("button", name=zh("plan_file.bring_in", count=2))).to_be_enabled()
    # Streamlit's own message that the file was read, which goes by itself.
    assert [fault for fault in serious_faults(page) if ".stToast" not in fault] == []
    page.reload()
    give(page, file)
    expect(page.get_by_role("textbox", name=re.compile("H7.*完成时限"))).to_have_value("11月底")
    page.get_by_role("button", name=zh("plan_file.bring_in", count=2)).click()
    page.get_by_role("dialog").get_by_role("button", name=zh("plan_file.bring_in", count=2)).click()
    until(lambda: len(plan_sheet(store, NATION, revision_id=revision_id).tasks) == 2, page)
    first, second = (task.draft for task in plan_sheet(store, NATION, revision_id=revision_id).tasks)
    assert [(str(one.value), one.due_on.month) for one in first.targets] == [("3", 6), ("1200", 6)]
    assert [step.title for step in first.milestones] == ["定方案", "办班"]
    assert (first.supporting_units, second.due_on and second.due_on.month) == ("规划处\n财务处", 11)
