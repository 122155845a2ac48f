"""Tables in other kinds of file than .xlsx: an old workbook as a ledger, texts in GB18030 as a plan, a file by mistake."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from db import clock
from db.authorities.scope import NATION
from db.plans.actions import start_plan
from db.plans.queries import plan_sheet
from db.seed import DEMO_PASSWORD
from db.seed.days import year_in_hand
from db.store import open_store
from db.uploads.queries import latest_upload
from tests.app.looping import OFFICER, item_now, items_of, person
from tests.e2e.axe import serious_faults
from tests.e2e.visits import sign_in, until, visit
from tests.support.containers import as_texts
from tests.support.legacy_ledgers import provincial
from tests.support.office import converted
from tests.support.plan_files import LINES, office_plan
from tests.support.servers import Server
from tracking.messages import Message


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def test_an_old_workbook_goes_from_the_page_into_a_report_and_comes_back_marked(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    by = person(store, OFFICER)
    item = next(item for item in items_of(store, by) if item.update is None)
    lines = [["旧版台账所写", *[None] * 4], ["某事", *[None] * 4]]
    source = tmp_path / "工作台账.xlsx"
    source.write_bytes(provincial([item.planned.draft.title, "没有的任务"], lines))
    (file,) = converted(tmp_path, source, to="xls:MS Excel 97")
    mistake = tmp_path / "导出.xls"
    mistake.write_text("<html><table><tr><td>序号</td></tr></table></html>", encoding="utf-8")

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/import_ledger")
    page.locator('input[type="file"]').set_input_files(mistake)
    expect(page.get_by_text(zh("upload.web_page")).first).to_be_visible()
    assert serious_faults(page) == []
    page.locator('input[type="file"]').set_input_files(file)
    until(lambda: bool(latest_upload(store, by).heads), page)
    expect(page.get_by_text("1 行对上了任务")).to_be_visible()
    page.get_by_role("button", name=zh("legacy.preview")).click()
    expect(page.get_by_role("heading", name=zh("import_page.preview", name="工作台账.xls"))).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name=zh("import_page.marked")).click()
    assert download.value.suggested_filename == "工作台账.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["工作台账"]
    assert "没有的任务" in [cell.value for line in sheet.iter_rows() for cell in line]
    assert any(cell.comment for line in sheet.iter_rows() for cell in line)

    verb = zh("import_page.commit", count=1)
    page.get_by_role("button", name=verb).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
    until(lambda: item_now(store, item).update is not None, page)
    visit(page, f"{server.url}/report?task={item.task.id}")
    expect(page.get_by_label(re.compile(zh("report.progress")))).to_have_value("旧版台账所写")


def test_a_plan_kept_as_texts_in_gb18030_goes_into_the_draft(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    by, year = person(store, OFFICER), year_in_hand(clock.today()) + 1
    revision_id = start_plan(store, by=by, notice_id=1, authority_id=by.authority_id or 0, year=year)
    lines = [[*line[:9], f"{year}年6月底前", *line[10:]] for line in LINES]
    file = tmp_path / "分解表.csv"
    file.write_bytes(as_texts(office_plan(lines), "gb18030", ";"))

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/work_plan?revision={revision_id}&task=file")
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text(zh("plan_file.confirm_columns"))).to_be_visible()
    verb = zh("plan_file.bring_in", count=3)
    page.get_by_role("button", name=verb).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
    until(lambda: len(plan_sheet(store, NATION, revision_id=revision_id).tasks) == 3, page)
    titles = [task.draft.title for task in plan_sheet(store, NATION, revision_id=revision_id).tasks]
    assert titles == [line[2] for line in LINES]
