"""A province reports its whole period, its cities' tasks too, with one workbook; and many workbooks in one drop."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from db.authorities.delegation import writing_scope
from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.seed import DEMO_PASSWORD
from db.store import Store, open_store
from db.tables import ProgressUpdate
from db.uploads.queries import latest_upload
from db.uploads.tasks import ledger_tasks_of
from tests.app.looping import period_of, person
from tests.e2e.test_report_thirty_tasks import DAY, Hand, zh
from tests.e2e.visits import sign_in, until, visit
from tests.support.ledgers import filled
from tests.support.servers import Server
from tracking.ledgers.rows import LedgerTask
from tracking.vocabulary import UpdateStatus

OFFICER = "jiangsu.officer"
MOST_CLICKS = 5
SENTENCE = "对方推迟，按计划下季度推进。"


def _tasks(store: Store, by: SignedIn) -> list[LedgerTask]:
    """What Jiangsu reports for, its cities included, in the order of the form."""
    within = writing_scope(by).authority_ids or ()
    return ledger_tasks_of(store, scope_of(store, by), authority_ids=within, period_id=period_of(store))


def _open(tasks: list[LedgerTask]) -> list[int]:
    """The lines that nobody has begun."""
    return [line for line, task in enumerate(tasks) if task.refused is None and not task.begun]


def _reported(store: Store, task_ids: list[int]) -> dict[int, UpdateStatus]:
    """Task → how its report of this period stands."""
    mine = select(ProgressUpdate).where(ProgressUpdate.period_id == period_of(store))
    with store.read() as session:
        found = session.exec(mine.where(ProgressUpdate.task_id.in_(task_ids))).all()
    return {update.task_id: update.status for update in found}


def _at_the_desk(server: Server, new_context: Callable) -> tuple[Hand, Store]:
    page = new_context().new_page()
    sign_in(page, server.url, OFFICER, DEMO_PASSWORD)
    visit(page, server.url)
    hand = Hand(page, server)
    hand.step("")
    return hand, open_store(data_dir=server.data_dir)


def _fetched(hand: Hand) -> bytes:
    """The form, from the desk."""
    hand.click(hand.page.get_by_role("link", name=zh("page.import_ledger")).first)
    with hand.page.expect_download() as download:
        hand.page.get_by_role("link", name=zh("import_page.fetch_verb")).click()
    hand.clicks += 1
    return Path(download.value.path()).read_bytes()


def _give(hand: Hand, files: list[Path]) -> None:
    with hand.page.expect_file_chooser() as chooser:
        _uploader(hand.page).click()
    hand.clicks += 1
    chooser.value.set_files(files)


def _uploader(page: Page) -> Locator:
    return page.locator('[data-testid="stFileUploaderDropzone"] button').first


def _press(hand: Hand, verb: str) -> None:
    hand.click(hand.page.get_by_role("button", name=verb))
    hand.click(hand.page.get_by_role("dialog").get_by_role("button", name=verb))


def test_a_whole_period_is_reported_with_one_file_and_five_clicks(
    start: Callable[..., Server], new_context: Callable, tmp_path: Path
):
    hand, store = _at_the_desk(start(day=DAY), new_context)
    by = person(store, OFFICER)
    before = _tasks(store, by)
    lines = _open(before)
    assert {before[line].authority_id for line in lines} - {by.authority_id}, "no city has an open task"
    words: dict[tuple[str, int], object] = {}
    for line in lines:
        if not before[line].reported_before:
            words[("progress", line)] = "已启动，正在制定方案。"
            words |= {(f"actual.{at}", line): 0 for at in range(1, len(before[line].indicators) + 1)}
        elif before[line].calls:
            words[("explanation", line)] = SENTENCE
    file = tmp_path / "台账.xlsx"
    file.write_bytes(filled(_fetched(hand), words))
    hand.step("open the import page, fetch the form, fill it in offline")
    _give(hand, [file])
    until(lambda: latest_upload(store, by) is not None, hand.page)
    hand.step("give the file")
    _press(hand, zh("import_page.whole_verb", count=len(lines)))
    until(lambda: not _open(_tasks(store, by)), hand.page)
    hand.step("report the period, confirm")
    hand.tell()

    told = _reported(store, [before[line].task_id for line in lines])
    assert set(told.values()) == {UpdateStatus.HANDED_OVER}
    after = _tasks(store, by)
    assert {after[line].draft.no_change for line in lines if before[line].reported_before} == {True}
    assert hand.clicks <= MOST_CLICKS
    store.engine.dispose()


def test_many_files_in_one_drop_are_brought_together_and_the_broken_one_is_named(
    start: Callable[..., Server], new_context: Callable, tmp_path: Path
):
    hand, store = _at_the_desk(start(day=DAY), new_context)
    page, by = hand.page, person(store, OFFICER)
    lines = _open(_tasks(store, by))
    form = _fetched(hand)
    files = [tmp_path / f"{name}.xlsx" for name in ("甲", "乙", "丙", "坏")]
    for file, words in zip(files, ("甲说", "乙说", "丙说"), strict=False):
        own = lines[0] if words != "丙说" else lines[1]
        file.write_bytes(filled(form, {("progress", own): words}))
    files[3].write_bytes(b"%PDF")
    _give(hand, files)
    expect(page.get_by_text(zh("import_page.files_lost", count=1))).to_be_visible()
    expect(page.get_by_role("heading", name=zh("import_page.conflicts", count=1))).to_be_visible()
    hand.click(page.get_by_text(zh("import_page.keep_this", name="乙.xlsx")))
    _press(hand, zh("import_page.commit", count=2))
    until(lambda: len(_open(_tasks(store, by))) == len(lines) - 2, page)
    said = [task.draft.progress for task in _tasks(store, by)]
    assert [said[lines[0]], said[lines[1]]] == ["乙说", "丙说"]
    store.engine.dispose()
