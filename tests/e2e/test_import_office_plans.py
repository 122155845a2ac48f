"""Two office plans that LibreOffice made go the whole way: from the workbook to the plan handed over for signature."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from db import clock
from db.authorities.scope import NATION
from db.plans.actions import start_plan
from db.plans.queries import PlanSheet, plan_sheet
from db.seed import DEMO_PASSWORD
from db.seed.days import year_in_hand
from db.store import Store, open_store
from tests.app.looping import OFFICER, person
from tests.e2e.axe import serious_faults
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.office import converted
from tests.support.office_plans import by_measure, flat, merged_plan
from tests.support.servers import Server
from tracking.messages import Message
from tracking.vocabulary import PlanStatus

OTHER = "jiangsu.officer"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def begun(store: Store, sign_in_name: str) -> int:
    by = person(store, sign_in_name)
    year = year_in_hand(clock.today()) + 1
    return start_plan(store, by=by, notice_id=1, authority_id=by.authority_id or 0, year=year)


def give(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text(zh("plan_file.confirm_columns"))).to_be_visible()
    drawn(page)


def tick(page: Page, words: str) -> None:
    page.locator("label").filter(has_text=words).click()
    drawn(page)


def choose(page: Page, cell: str, words: str) -> None:
    page.get_by_role("combobox", name=re.compile(cell)).click()
    page.keyboard.type(words)
    page.get_by_role("option", name=re.compile(words)).first.click()
    drawn(page)


def mend(page: Page, cell: str, words: str) -> None:
    field = page.get_by_role("textbox", name=re.compile(cell))
    field.fill(words)
    field.press("Control+Enter")
    drawn(page)


def bring_in(page: Page, count: int) -> None:
    button = zh("plan_file.bring_in", count=count)
    page.get_by_role("button", name=button).click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()


def test_office_plans_become_drafts_and_are_handed_over(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    year = year_in_hand(clock.today()) + 1
    merged, lines = tmp_path / "分解表.fods", tmp_path / "举措表.fods"
    merged.write_text(flat({"分解表": merged_plan(year)}), encoding="utf-8")
    lines.write_text(flat(by_measure(year)), encoding="utf-8")
    (tmp_path / "made").mkdir()
    first, second = converted(tmp_path / "made", merged, lines)
    server = start()
    store = open_store(data_dir=server.data_dir)
    revision_id, other_id = begun(store, OFFICER), begun(store, OTHER)

    def sheet(of: int) -> PlanSheet:
        return plan_sheet(store, NATION, revision_id=of)

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/work_plan?revision={revision_id}&task=file")
    give(page, first)
    for words in ("按计量单位建议", "没有写明日期的", "按建议新设岗位"):
        tick(page, words)
    mend(page, "J13.*季度节点", "第一季度调研，第二季度初稿，第三季度印发")
    mend(page, "J31.*季度节点", "3月底前：制定方案\n9月底前：总结评估")
    mend(page, "J118.*季度节点", "一季度：印发方案；三季度：实施")
    choose(page, "G16.*责任岗位", "孔向晚")
    # Streamlit's own message that the file was read, which goes by itself.
    assert [fault for fault in serious_faults(page) if ".stToast" not in fault] == []
    bring_in(page, 40)
    until(lambda: len(sheet(revision_id).tasks) == 40, page)
    assert all(task.draft.post_id for task in sheet(revision_id).tasks)
    page.get_by_role("button", name=zh("plan.goals")).first.click()
    drawn(page)
    page.locator("textarea").last.fill("完成四十项任务")
    page.get_by_role("button", name=zh("plan.save_goals")).click()
    until(lambda: bool(sheet(revision_id).revision.goals), page)
    page.get_by_role("button", name=zh("plan.hand_over")).click()
    until(lambda: sheet(revision_id).revision.status is PlanStatus.HANDED_OVER, page)

    page = new_context().new_page()
    sign_in(page, server.url, OTHER, DEMO_PASSWORD)
    visit(page, f"{server.url}/work_plan?revision={other_id}&task=file")
    give(page, second)
    tick(page, "按建议新设岗位")
    bring_in(page, 4)
    until(lambda: len(sheet(other_id).tasks) == 4, page)
    drafts = [task.draft for task in sheet(other_id).tasks]
    assert [draft.measure_id for draft in drafts] == [1, 2, 6, 8]
    assert [str(target.value) for target in drafts[3].targets] == ["6", "1200"]
    assert [step.title for step in drafts[1].milestones] == ["定方案", "组织实施", "组织实施", "总结评估"]
