"""A number on the overview followed in a real browser, click by click, down to whoever wrote the update behind it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from db.seed import DEMO_PASSWORD
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message


@pytest.fixture
def reader(server: Server, new_context: Callable) -> Page:
    """A leader's tab."""
    page = new_context().new_page()
    sign_in(page, server.url, "leadership", DEMO_PASSWORD)
    return page


def _click_row(page: Page, row: int, leads_to: str, *, across: int = 40) -> None:
    """Click a cell of the first table, which is drawn on a canvas, so by its place; wait for the address it leads to."""
    table = page.locator('[data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    table.click(position={"x": across, "y": 35 + 33 * row + 16})
    until(lambda: re.search(leads_to, page.url) is not None, page)


def _value(page: Page, figure: str) -> str:
    label = page.get_by_test_id("stMetric").filter(has_text=figure).first
    return label.get_by_test_id("stMetricValue").inner_text().strip()


def test_a_number_is_followed_from_the_overview_to_the_author_of_an_update(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    shown = _value(reader, str(Message("figure.completion")))
    reader.locator(".st-key-trace_completion a").click()
    reader.wait_for_url("**/trace?*")
    drawn(reader)
    expect(reader.locator("h1")).to_have_text(str(Message("page.trace")))
    expect(reader.locator(".st-key-formula")).to_contain_text(shown)

    _click_row(reader, 0, r"unit=\d+(&|$)")
    of_unit = reader.locator(".st-key-formula").inner_text()
    assert "Σ" in of_unit

    _click_row(reader, 0, "measure=")
    expect(reader.locator(".st-key-formula")).to_contain_text("Σ")

    _click_row(reader, 0, "task=")
    behind = reader.locator(".st-key-behind")
    for step in ("填写于", "审签于"):
        expect(behind).to_contain_text(step)

    reader.go_back()
    drawn(reader)
    expect(reader.locator(".st-key-formula")).to_contain_text("Σ")


def test_a_row_of_a_table_leads_to_the_unit_or_to_what_its_figure_is_made_of(server: Server, reader: Page):
    visit(reader, f"{server.url}/comparison")
    _click_row(reader, 0, r"/region\?.*unit=\d+(&|$)")
    visit(reader, f"{server.url}/comparison")
    box = reader.locator('[data-testid="stDataFrame"]').first.bounding_box()
    assert box
    _click_row(reader, 0, r"/trace\?.*unit=\d+(&|$)", across=int(box["width"]) - 20)
