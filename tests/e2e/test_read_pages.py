"""From a mark to what is behind it and back: what AppTest cannot click, in a real browser."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from db.seed import DEMO_PASSWORD
from tests.e2e.tables import DOWNLOAD, downloads_in_reach, drawn_tables
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message


@pytest.fixture
def reader(server: Server, new_context: Callable) -> Page:
    """A leader's tab."""
    page = new_context().new_page()
    sign_in(page, server.url, "leadership", DEMO_PASSWORD)
    return page


def _click_mark(page: Page, chart: int) -> None:
    """Click the middle of a chart's first mark, as a hand does: there first, then down."""
    found = page.locator(".js-plotly-plot").nth(chart)
    found.scroll_into_view_if_needed()
    box = found.locator(".barlayer .point path").first.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle[0] - 3, middle[1])
    page.mouse.move(*middle, steps=3)
    page.wait_for_function("() => document.querySelector('.hoverlayer .hovertext')")
    page.mouse.click(*middle)


def _asked(page: Page) -> tuple[str, dict[str, list[str]]]:
    address = urlsplit(page.url)
    return address.path, parse_qs(address.query)


@pytest.mark.parametrize(
    ("chart", "path", "asked"),
    [
        (0, "/measure", {"measure", "period"}),
        (1, "/ledger", {"light", "period"}),
        (3, "/measure", {"measure", "region", "period"}),
        (4, "/region", {"unit", "period"}),
    ],
)
def test_a_mark_opens_what_is_behind_it_and_back_shows_the_overview_as_it_was(
    server: Server, reader: Page, chart: int, path: str, asked: set[str]
):
    visit(reader, f"{server.url}/overview?region=华东")
    before = _asked(reader)
    _click_mark(reader, chart)
    reader.wait_for_url(f"**{path}?*")
    drawn(reader)
    assert asked <= set(_asked(reader)[1])
    reader.go_back()
    expect(reader.locator("h1")).to_have_text(str(Message("page.overview")))
    drawn(reader)
    assert _asked(reader) == before
    expect(reader.get_by_role("combobox", name=str(Message("filter.region")))).to_have_value("华东")


def test_the_clicks_lead_down_to_an_update_with_its_author(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    _click_mark(reader, 0)
    reader.wait_for_url("**/measure?*")
    drawn(reader)
    tasks = reader.locator('[data-testid="stDataFrame"]').last
    tasks.scroll_into_view_if_needed()
    box = tasks.bounding_box()
    assert box
    reader.mouse.click(box["x"] + 200, box["y"] + 60)
    reader.wait_for_url("**/task?*")
    drawn(reader)
    expect(reader.locator('[class*="st-key-update_"]').first).to_contain_text("填写于")


def test_the_words_of_the_widgets_are_chinese(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    reader.get_by_text(str(Message("page.how_computed"))).click()
    expect(reader.get_by_text(str(Message("rule.light"))).first).to_be_visible()
    assert reader.evaluate("document.documentElement.lang") == "zh-CN"
    labels = reader.eval_on_selector_all("[aria-label]", "all => all.map(one => one.ariaLabel)")
    assert not {"Expand sidebar", "Collapse sidebar", "Fullscreen", "Search"} & set(labels)


def test_words_of_the_widgets_with_a_day_or_the_kind_of_a_file_are_chinese(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    written = (
        ": Date set outside allowed range. Please select a date on or before 2031-12-31.",
        "application/x-ms-dos-executable files are not allowed.",
        "8 options available.",
    )
    box = reader.evaluate_handle("document.body.appendChild(document.createElement('div'))")
    for english in written:
        box.evaluate("(box, words) => { box.textContent = words; }", english)
        said = box.evaluate(
            "async box => { await new Promise(requestAnimationFrame); return box.textContent; }"
        )
        assert not re.search("[a-z]", said), said
        assert [*re.findall(r"\d+", said)] == re.findall(r"\d+", english)


def test_tables_keep_their_tools_but_no_download_that_leaves_no_trace(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    tables = drawn_tables(reader).count()
    search = f'[data-testid="stDataFrame"] [aria-label^="{Message("widget.search")}"]'
    assert tables
    assert reader.locator(search).count() == reader.locator(DOWNLOAD).count() == tables
    assert downloads_in_reach(reader) == []


def test_cells_are_still_copied_by_keyboard(server: Server, reader: Page):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(reader, f"{server.url}/overview")
    table = drawn_tables(reader).first
    table.scroll_into_view_if_needed()
    reader.evaluate("navigator.clipboard.writeText('')")
    table.click(position={"x": 100, "y": 55})
    reader.keyboard.press("Control+c")
    until(lambda: bool(reader.evaluate("navigator.clipboard.readText()")), reader)


def test_paper_holds_the_page_as_it_stands_on_the_screen(server: Server, reader: Page):
    visit(reader, f"{server.url}/overview")
    chart = reader.locator(".main-svg").first.bounding_box()
    assert chart
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.emulate_media(media="print")
    block = reader.get_by_test_id("stMainBlockContainer")
    size = float(block.evaluate("found => getComputedStyle(found).zoom"))
    printed = block.evaluate("found => parseFloat(getComputedStyle(found).width)")
    assert chart["width"] < printed
    assert printed * size == pytest.approx(1039, abs=2)
    for name in ("stSidebar", "stHeader"):
        expect(reader.get_by_test_id(name)).to_be_hidden()
    expect(reader.locator(".st-key-filters")).to_be_hidden()


def test_a_phone_shows_task_light_completion_and_date_of_a_line_and_leads_to_it(server: Server, reader: Page):
    reader.set_viewport_size({"width": 390, "height": 844})
    visit(reader, f"{server.url}/ledger")
    expect(drawn_tables(reader)).to_have_count(0)
    cells = reader.locator(".st-key-paper_ledger tbody tr").first.locator("td")
    date = cells.nth(4)
    date.scroll_into_view_if_needed()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", date.inner_text())
    box = date.bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390
    cells.nth(1).get_by_role("link").click()
    reader.wait_for_url("**/task?task=*")


def test_paper_holds_every_line_of_the_ledger(server: Server, reader: Page):
    visit(reader, f"{server.url}/ledger")
    lines = reader.locator(".st-key-paper_ledger tbody tr")
    expect(lines.first).to_be_hidden()
    reader.emulate_media(media="print")
    expect(lines.last).to_be_visible()
    expect(drawn_tables(reader)).to_have_count(0)
    told = re.search(r"(\d+) 项（另有中止 (\d+) 项）", reader.locator(".st-key-headline").inner_text())
    assert told
    assert lines.count() == sum(map(int, told.groups()))
