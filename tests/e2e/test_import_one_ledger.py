"""A ledger goes out, is filled in offline, comes back, is previewed and committed, and the report page shows it."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from db.seed import DEMO_PASSWORD
from db.store import open_store
from db.uploads.queries import latest_upload
from tests.app.looping import OFFICER, item_now, items_of, person
from tests.e2e.visits import sign_in, until, visit
from tests.support.ledgers import filled, part
from tests.support.servers import Server
from tracking.figures.completion import basis_of
from tracking.messages import Message
from tracking.vocabulary import CompletionBasis


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def test_a_ledger_is_filled_in_offline_and_imported(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    by = person(store, OFFICER)
    items = items_of(store, by)
    lines = [
        at
        for at, item in enumerate(items)
        if item.update is None
        and basis_of(item.facts.targets, item.facts.milestones) is CompletionBasis.TARGETS
        and len(item.facts.targets) == 1
    ]
    good, bad = lines[0], lines[1]
    (target,) = items[good].facts.targets.values()

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/import_ledger")
    with page.expect_download() as download:
        page.get_by_role("link", name=zh("import_page.fetch_verb")).click()
    form = Path(download.value.path()).read_bytes()
    values = {
        ("actual.1", good): f"{target:,.2f}",
        ("progress", good): "离线填报 <b>不是标记</b>",
        ("actual.1", bad): "约三场",
    }
    file = tmp_path / "台账.xlsx"
    file.write_bytes(filled(form, values))

    page.locator('input[type="file"]').set_input_files(file)
    until(lambda: latest_upload(store, by) is not None, page)
    expect(page.get_by_text("约三场").first).to_be_attached()
    page.reload()
    expect(page.get_by_role("heading", name=zh("import_page.preview", name="台账.xlsx"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=zh("import_page.marked")).click()
    marked = Path(download.value.path()).read_bytes()
    assert "数字" in part(marked, "xl/comments/comment1.xml").decode()
    sheet = openpyxl.load_workbook(BytesIO(marked)).worksheets[0]
    assert "约三场" in [cell.value for line in sheet.iter_rows() for cell in line if cell.fill.fill_type]

    verb = zh("import_page.commit", count=1)
    page.get_by_role("button", name=verb).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
    until(lambda: item_now(store, items[good]).update is not None, page)
    assert item_now(store, items[bad]).update is None

    visit(page, f"{server.url}/report?task={items[good].task.id}")
    progress = page.get_by_label(re.compile(zh("report.progress")))
    expect(progress).to_have_value("离线填报 <b>不是标记</b>")
