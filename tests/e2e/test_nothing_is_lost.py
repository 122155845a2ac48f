"""Whatever happens between typing and saving, the text is in its field afterwards, and one row is saved.

One server a database, used case after case, each on another task of the same officer; the last ones end it.
"""

import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import text as sql
from sqlmodel import select

from db.accounts import actions as accounts
from db.passwords import hashed
from db.seed import DEMO_PASSWORD
from db.settings import SQLITE_FILE
from db.store import open_store
from db.tables import Account, ProgressUpdate, WorkingCopy
from tests.e2e.houses import GiveBack, House, fill, lock, open_tasks, write_protect
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.databases import start_postgres
from tests.support.patience import PAUSE_MS, SECONDS
from tests.support.servers import free_port, run_command, start_server
from tracking.messages import Message, text
from tracking.vocabulary import Language

OFFICER = "zhejiang.officer"
LINE = "#connection-line"


def zh(key: str, **values: object) -> str:
    return str(Message(key, **values))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, sample_data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder, postgres, url = tmp_path_factory.mktemp("house"), None, ""
    shutil.copytree(sample_data_dir, folder, dirs_exist_ok=True)
    if request.param == "postgresql":
        postgres = start_postgres(tempfile.mkdtemp(prefix="pg-"))
        url = postgres.get_uri()
        (folder / SQLITE_FILE).unlink()
        export, taken = folder.with_name("export"), folder.with_name("taken")
        run_command(shutil.copytree(sample_data_dir, taken), "export-all", str(export))
        run_command(folder, "import-all", str(export), database_url=url)
    port = free_port()
    server = start_server(folder, url, port=port)
    store = open_store(url or None, data_dir=folder)
    made = House(folder, port, server, store, url, postgres, open_tasks(store))
    yield made
    made.server.stop()
    store.engine.dispose()
    if postgres:
        postgres.cleanup()


Tab = Callable[[], Page]


@pytest.fixture
def tab(house: House, new_context: Callable[..., BrowserContext]) -> Tab:
    """A page in a browser of its own, signed in as the officer."""

    def opened() -> Page:
        page = new_context().new_page()
        sign_in(page, house.server.url, OFFICER, DEMO_PASSWORD)
        return page

    return opened


@dataclass
class Filling:
    """A report that somebody has typed a text into and not saved."""

    house: House
    page: Page
    task: int
    words: str

    @property
    def address(self) -> str:
        return f"{self.house.server.url}/report?task={self.task}"

    @property
    def area(self) -> Locator:
        return self.page.get_by_label(zh("report.progress")).first

    @property
    def button(self) -> Locator:
        return self.page.get_by_role("button", name=zh("report.save_draft"), exact=True)

    def type(self, page: Page) -> None:
        """Open the task and type."""
        self.page = page
        visit(page, self.address)
        self.area.fill("")
        self.area.press_sequentially(self.words)

    def copies(self) -> list[Any]:
        """What the server keeps of the form."""
        with self.house.store.read() as session:
            kept = session.exec(select(WorkingCopy)).all()
        return [one for one in kept if one.form.startswith(f"update_{self.task}_")]

    def kept(self) -> bool:
        return any(one.content["fields"].get("progress") == self.words for one in self.copies())

    def has_come_back(self) -> None:
        """The text stands in its field, and the page says nothing any more."""
        expect(self.area).to_have_value(self.words)
        expect(self.page.locator(LINE)).to_have_count(0)

    def rows(self) -> list[str]:
        """What is stored of the task for the period that is under way."""
        with self.house.store.read() as session:
            drafts = select(ProgressUpdate).where(
                ProgressUpdate.task_id == self.task, ProgressUpdate.submitted_at.is_(None)
            )
            return [row.progress for row in session.exec(drafts)]

    def save(self) -> None:
        """One row is saved, and nothing is kept beside it."""
        self.button.click()
        until(lambda: self.rows() == [self.words] and self.copies() == [], self.page)


@pytest.fixture
def filling(house: House, tab: Tab) -> Filling:
    """A text typed and arrived on the server, in a task that no other case has used."""
    made = Filling(house, tab(), house.tasks.pop(), "")
    made.words = f"已组织三场培训，覆盖企业{made.task}家"
    made.type(made.page)
    until(made.kept, made.page)
    return made


def test_after_a_reload_and_on_the_way_back_and_forward(filling: Filling):
    page = filling.page
    page.reload()
    drawn(page)
    filling.has_come_back()
    restored = page.get_by_text(re.compile(zh("working_copy.restored", at=r"\d\d:\d\d")))
    expect(restored).to_be_visible()
    visit(page, f"{filling.house.server.url}/ledger")
    page.go_back()
    drawn(page)
    filling.has_come_back()
    page.go_forward()
    page.wait_for_url("**/ledger*")
    page.go_back()
    drawn(page)
    filling.has_come_back()
    filling.save()
    expect(restored).to_have_count(0)


def test_in_another_browser_and_in_another_language(filling: Filling, tab: Tab):
    filling.page.context.close()
    filling.page = page = tab()
    visit(page, filling.address)
    filling.has_come_back()
    page.get_by_role("button", name=zh("page.other_language")).click()
    english = page.get_by_label(text("report.progress", Language.EN)).first
    expect(english).to_have_value(filling.words)
    page.get_by_role("button", name=text("page.other_language", Language.EN)).click()
    drawn(page)
    filling.has_come_back()
    filling.save()


def test_the_browser_asks_before_leaving_only_while_something_has_not_arrived(filling: Filling):
    page, asked = filling.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    filling.area.press_sequentially("。")
    page.evaluate("() => { location.reload() }")
    page.wait_for_timeout(PAUSE_MS)
    assert asked == ["beforeunload"]
    filling.words += "。"
    until(filling.kept, page)
    page.reload()
    drawn(page)
    assert asked == ["beforeunload"]
    filling.has_come_back()
    filling.save()


def test_discarded_it_is_gone_for_good(filling: Filling):
    filling.page.reload()
    drawn(filling.page)
    filling.page.get_by_role("button", name=zh("working_copy.discard"), exact=True).click()
    until(lambda: filling.copies() == [], filling.page)
    expect(filling.area).not_to_have_value(filling.words)
    assert filling.rows() == []


def test_the_later_of_two_tabs_is_told(filling: Filling):
    later = Filling(filling.house, filling.page.context.new_page(), filling.task, "另一页的内容")
    visit(later.page, later.address)
    expect(later.area).to_have_value(filling.words)
    later.area.fill(later.words)
    until(later.kept, later.page)
    filling.area.press_sequentially("，继续")
    expect(filling.page.get_by_role("button", name=zh("working_copy.keep_here"))).to_be_visible()
    assert later.kept()
    filling.words += "，继续"
    filling.page.get_by_role("button", name=zh("working_copy.keep_here")).click()
    until(filling.kept, filling.page)
    filling.save()


def _end_by_deletion(filling: Filling) -> None:
    filling.house.run("DELETE FROM sign_in WHERE officer_id IN (SELECT officer_id FROM working_copy)")


def _end_by_idleness(filling: Filling) -> None:
    filling.house.run("UPDATE sign_in SET last_action_at = '2020-01-01 00:00:00'")


def _end_elsewhere(filling: Filling) -> None:
    other = filling.page.context.new_page()
    visit(other, f"{filling.house.server.url}/")
    other.get_by_role("button", name=zh("page.sign_out")).click()
    other.wait_for_url("**/login*")


@pytest.mark.parametrize("end", [_end_by_deletion, _end_by_idleness, _end_elsewhere])
def test_after_the_sign_in_is_over_one_comes_back_to_the_same_task(
    filling: Filling, end: Callable[[Filling], None]
):
    page, address = filling.page, filling.page.url
    end(filling)
    if end is not _end_elsewhere:  # that is told without a click
        filling.button.click()
    expect(page.locator(LINE)).to_contain_text(zh("connection.signed_out"))
    expect(filling.area).to_have_value(filling.words)
    page.get_by_role("link", name=zh("connection.sign_in")).click()
    _sign_in_again(page, DEMO_PASSWORD)
    page.wait_for_url(address)
    drawn(page)
    filling.has_come_back()
    filling.save()


def test_a_tab_left_open_tells_and_does_not_go_on_as_the_next_person(filling: Filling):
    page, address = filling.page, filling.page.url
    _end_elsewhere(filling)
    expect(page.locator(LINE)).to_contain_text(zh("connection.signed_out"))
    other = page.context.pages[-1]
    _sign_in_again(other, DEMO_PASSWORD, "ningbo.officer")
    drawn(other)
    person = other.locator(".st-key-person").inner_text()
    expect(page.locator(".st-key-person")).to_have_text(person, use_inner_text=True)
    drawn(page)
    expect(filling.area).not_to_have_value(filling.words)
    assert filling.kept()
    other.get_by_role("button", name=zh("page.sign_out")).click()
    _sign_in_again(other, DEMO_PASSWORD)
    filling.page = other
    visit(other, address)
    filling.has_come_back()
    filling.save()


def _sign_in_again(page: Page, password: str, name: str = OFFICER) -> None:
    page.locator("input[name=sign_in_name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").first.click()


def test_after_a_forced_change_of_password_too(filling: Filling):
    page, address, store = filling.page, filling.page.url, filling.house.store
    with store.read() as session:
        account = session.exec(select(Account).where(Account.sign_in_name == OFFICER)).one()
    given = accounts.reset_password(store, by=None, account_id=account.id).password
    filling.button.click()
    page.get_by_role("link", name=zh("connection.sign_in")).click()
    _sign_in_again(page, given)
    page.wait_for_url("**/password*")
    for name, typed in (
        ("current", given),
        ("password", "Another-2026-demo"),
        ("repeated", "Another-2026-demo"),
    ):
        page.locator(f"input[name={name}]").fill(typed)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(address)
    drawn(page)
    filling.has_come_back()
    filling.save()
    _give_back(filling.house)


def _give_back(house: House) -> None:
    """The password that the other cases know."""
    kept = house.store.engine
    with kept.begin() as connection:
        connection.execute(
            sql("UPDATE account SET password_hash = :hash WHERE sign_in_name = :name"),
            {"hash": hashed(DEMO_PASSWORD), "name": OFFICER},
        )


@pytest.mark.parametrize("take", [fill, write_protect])
def test_what_the_store_does_not_take_the_same_button_saves_later(
    filling: Filling, take: Callable[[House], GiveBack]
):
    give_back = take(filling.house)
    try:
        filling.button.click()
        expect(filling.page.get_by_text(zh("store.away"))).to_be_visible()
        expect(filling.area).to_have_value(filling.words)
    finally:
        give_back()
    filling.save()


def test_a_store_that_is_away_for_a_while(filling: Filling):
    give_back = lock(filling.house)
    try:
        filling.area.press_sequentially("，其后")
        said = filling.page.locator(f"{LINE}, .st-key-copy_unkept")
        expect(said.first).to_be_visible()
        expect(filling.area).to_have_value(f"{filling.words}，其后")
    finally:
        give_back()
    filling.words += "，其后"
    until(filling.kept, filling.page)
    filling.has_come_back()
    filling.save()


def test_a_link_that_is_tapped_right_after_the_last_key(filling: Filling):
    """Leaving the field and leaving the page are one moment."""
    page = filling.page
    filling.area.press_sequentially("，随后")
    filling.words += "，随后"
    page.get_by_role("link", name=zh("page.inbox")).first.click()
    page.wait_for_url("**/inbox")
    visit(page, filling.address)
    filling.has_come_back()
    filling.save()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_page_whose_server_was_replaced_runs_again_by_itself(filling: Filling, how: signal.Signals):
    page = filling.page
    filling.house.restart(how)
    filling.has_come_back()
    assert page.url == filling.address
    filling.save()


def test_a_click_on_a_page_of_the_server_before_is_done(filling: Filling):
    """The first thing the new process hears is a click in a part of the page it has never drawn."""
    house, page = filling.house, filling.page
    page.evaluate("() => { window.stays = document.querySelector('[data-testid=stApp]') }")
    house.server.process.kill()
    house.server.process.wait(SECONDS)
    expect(page.locator(LINE)).to_contain_text(zh("connection.lost"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    house.server = start_server(house.data_dir, house.url, port=house.port)
    filling.save()
    assert page.evaluate("() => window.stays.isConnected"), "the page was not loaded again"
