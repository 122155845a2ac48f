"""Somebody who goes through the pages as the manual says, each click and each typed field counted as a step."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.visits import drawn, until
from tracking.messages import text
from tracking.vocabulary import Language


def zh(key: str, **values: object) -> str:
    """The Chinese words of a message."""
    return text(key, Language.ZH_CN, **values)


@dataclass
class Walk:
    """A person in a browser, and how many steps have been taken; fields and buttons go by their Chinese words."""

    page: Page
    url: str
    steps: int = 0

    def sign_in(self, name: str, password: str, chosen: str) -> None:
        """The first time, with the initial password, and another chosen at once."""
        self.page.goto(f"{self.url}/login")
        self._fill(self.page.locator("input[name=sign_in_name]"), name)
        self._fill(self.page.locator("input[name=password]"), password)
        self._click(self.page.locator("button[type=submit]").first)
        for field, typed in {"current": password, "password": chosen, "repeated": chosen}.items():
            self._fill(self.page.locator(f"input[name={field}]"), typed)
        self._click(self.page.get_by_role("button", name=zh("account.password_button")))
        self.page.wait_for_url(lambda address: "/password" not in address, wait_until="commit")
        drawn(self.page)

    def go(self, name: str) -> None:
        """To a page of the navigation."""
        self._click(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=zh(f"page.{name}")))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(zh(f"page.{name}"))
        drawn(self.page)

    def view(self, words: str) -> None:
        """One of the views of a page, by how its button begins."""
        self._click(self.page.get_by_role("radio", name=words).first)

    def unfold(self, words: str) -> None:
        """What stands folded under these words, unless it is open still."""
        folded = self._main().locator("details", has=self.page.locator("summary", has_text=words)).first
        if folded.get_attribute("open") is None:
            self._click(folded.locator("summary"))

    def type(self, label: str, typed: str, place: int = 0) -> None:
        """A field; the first in sight that is called so, or the one at this place."""
        field = self._main().get_by_label(label, exact=True).locator("visible=true").nth(place)
        self._fill(field, typed)
        field.press("Tab")
        drawn(self.page)

    def choose(self, label: str, *options: str) -> None:
        """One of several or, where more may be chosen, these."""
        for option in options:
            box = self._main().get_by_role("combobox", name=label).locator("visible=true").first
            offered = self.page.get_by_role("option", name=option).first
            self.steps += 1
            until(partial(_opened, box, offered), self.page)
            self._click(offered)
        self.page.keyboard.press("Escape")
        drawn(self.page)

    def upload(self, path: Path) -> None:
        """A file, found in the window of the system."""
        self.steps += 1
        self._main().locator('input[type="file"]').first.set_input_files(path)
        drawn(self.page)

    def open_row(self, row: int = 0) -> None:
        """A row of the first table in sight."""
        grid = self._main().locator('[data-testid="stDataFrame"]:visible').first
        grid.scroll_into_view_if_needed()
        self.steps += 1
        grid.click(position={"x": 80, "y": 35 * row + 52})
        drawn(self.page)

    def press(self, verb: str, done: str = "") -> None:
        """A button, and the yes to what it asks; then the confirmation is read."""
        self._click(self._main().get_by_role("button", name=verb, exact=True).locator("visible=true").last)
        dialog = self.page.get_by_role("dialog")
        if dialog.count():
            self._click(dialog.get_by_role("button", name=verb, exact=True))
        if done:
            expect(self.page.get_by_text(done).first).to_be_visible()
            drawn(self.page)

    def reads(self, words: str) -> None:
        """The page says so."""
        expect(self._main().get_by_text(words).first).to_be_visible()

    def _main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def _click(self, what: Locator) -> None:
        self.steps += 1
        what.click()
        if self.page.get_by_test_id("stApp").count():
            drawn(self.page)

    def _fill(self, field: Locator, typed: str) -> None:
        self.steps += 1
        field.fill(typed)


def _opened(box: Locator, offered: Locator) -> bool:
    """Whether the list shows the option; a run of the page may have closed what was just opened."""
    if not box.page.get_by_role("option").count():
        box.click()
    return offered.is_visible()
