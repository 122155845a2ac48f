"""An office's own ledger is uploaded as it is, a column is corrected, previewed, committed; the next one needs no word."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from db.identity import SignedIn
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.uploads.queries import latest_upload
from db.working_copies.queries import copies_of
from tests.app.looping import OFFICER, item_now, items_of, person
from tests.e2e.axe import serious_faults
from tests.e2e.visits import sign_in, until, visit
from tests.support.ledgers import edited, part
from tests.support.legacy_ledgers import provincial
from tests.support.servers import Server
from tracking.figures.completion import basis_of
from tracking.messages import Message
from tracking.vocabulary import CompletionBasis


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


def column(page: Page, label: str):
    """The box that says what a column means."""
    return page.get_by_role("combobox", name=re.compile(label))


def kept_fields(store: Store, by: SignedIn, upload_id: int) -> dict:
    """What the server keeps of the answers that were typed."""
    kept = copies_of(store, officer_id=by.officer_id).get(f"answers_{upload_id}")
    return dict(kept.content["fields"]) if kept else {}


def answer_by_hand(page: Page, store: Store, by: SignedIn) -> None:
    """What the ledger leaves open: typed on the page, kept over a reload, and read."""
    upload = latest_upload(store, by)
    cell = page.get_by_label(zh("legacy.answer_cell", place="工作台账 G7"))
    cell.fill("60%")
    cell.press("Tab")
    until(lambda: len(kept_fields(store, by, upload.id)) == 1, page)
    page.get_by_role("combobox", name=zh("legacy.answer_row", place="工作台账 C8")).click()
    page.get_by_role("option", name=zh("legacy.none_of_them")).click()
    until(lambda: len(kept_fields(store, by, upload.id)) == 2, page)
    page.reload()
    expect(cell).to_have_value("60%")
    assert serious_faults(page) == []
    page.get_by_role("button", name=zh("legacy.answer"), exact=True).click()
    expect(page.get_by_text(zh("legacy.answered_done"))).to_be_visible()
    assert latest_upload(store, by).answers == {"cells": {"工作台账!G7": "60%"}, "rows": {"工作台账!C8": 0}}
    assert latest_upload(store, by).id == upload.id


def test_a_ledger_of_any_layout_is_corrected_previewed_and_committed_and_its_layout_remembered(
    start: Callable[[], Server], new_context: Callable, requested: list[str], tmp_path: Path
):
    server = start()
    store = open_store(data_dir=server.data_dir)
    by = person(store, OFFICER)
    item = next(
        item
        for item in items_of(store, by)
        if item.update is None
        and basis_of(item.facts.targets, item.facts.milestones) is CompletionBasis.TYPED
    )
    lines = [["自用台账所写", None, "约六成", None, None], ["某事", *[None] * 4]]
    ledger = provincial([item.planned.draft.title, "没有的任务"], lines)
    odd = edited(ledger, lambda sheet: setattr(sheet["E5"], "value", "怎么样了"))
    file = tmp_path / "工作台账.xlsx"
    file.write_bytes(edited(odd, lambda sheet: setattr(sheet["E4"], "value", "甲")))

    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, f"{server.url}/import_ledger")
    page.locator('input[type="file"]').set_input_files(file)
    until(lambda: latest_upload(store, by) is not None, page)
    expect(page.get_by_text(zh("legacy.guessed"))).to_be_visible()
    box = column(page, "^E 列")
    box.click()
    page.get_by_role("option", name=zh("meaning.progress")).click()
    expect(page.get_by_text("1 行没有对上")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 行没有对上")).to_be_visible()
    assert serious_faults(page) == []
    page.get_by_role("button", name=zh("legacy.preview")).click()
    expect(page.get_by_role("heading", name=zh("import_page.preview", name="工作台账.xlsx"))).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name=zh("import_page.marked")).click()
    assert (
        "A 级·须改正" in part(Path(download.value.path()).read_bytes(), "xl/comments/comment1.xml").decode()
    )

    answer_by_hand(page, store, by)
    verb = zh("import_page.commit", count=1)
    page.get_by_role("button", name=verb).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
    until(lambda: item_now(store, item).update is not None, page)
    visit(page, f"{server.url}/report?task={item.task.id}")
    expect(page.get_by_label(re.compile(zh("report.progress")))).to_have_value("自用台账所写")

    visit(page, f"{server.url}/import_ledger")
    before = latest_upload(store, by).id
    page.locator('input[type="file"]').set_input_files(file)
    until(lambda: latest_upload(store, by).id != before, page)
    expect(page.get_by_text(zh("legacy.remembered"))).to_be_visible()
    expect(page.get_by_text("1 行对上了任务")).to_be_visible()
