"""A mechanism is entered in the register, and the grid of obligations and the gaps of coverage follow, in a browser."""

from collections.abc import Callable
from io import BytesIO

import docx
from playwright.sync_api import Page, expect

from db.seed import DEMO_PASSWORD
from tests.e2e.visits import drawn, sign_in, until, visit
from tests.support.servers import Server
from tracking.messages import Message, text
from tracking.vocabulary import Language

COOPERATION = str(Message("obligation.cooperation_mechanisms"))
# The names of fields are data: `sample_data/register_field.csv`.
PLACE = "伙伴国家（地区）或组织"


def said(key: str, **values: object) -> str:
    """The Chinese wording of a message."""
    return text(key, Language.ZH_CN, **values)


def tab(server: Server, new_context: Callable, who: str) -> Page:
    page = new_context().new_page()
    sign_in(page, server.url, who, DEMO_PASSWORD)
    return page


def rate(page: Page) -> str:
    """The figure of the cooperation mechanisms."""
    return (
        page.locator('[data-testid="stMetric"]', has_text=COOPERATION)
        .locator('[data-testid="stMetricValue"]')
        .inner_text()
    )


def write(page: Page, label: str, words: str) -> None:
    """Type into a field and leave it, as a hand does."""
    field = page.get_by_label(label, exact=True)
    field.fill(words)
    field.press("Tab")
    drawn(page)


def test_an_entered_mechanism_shows_in_the_grid_of_obligations(
    start: Callable[[], Server], new_context: Callable
):
    server = start()
    page = tab(server, new_context, "zhejiang.officer")
    visit(page, f"{server.url}/obligations")
    assert rate(page).startswith("0 / 1")
    expect(page.get_by_text(f"{COOPERATION} 0/1")).to_be_visible()

    visit(page, f"{server.url}/registers?register=cooperation")
    write(page, PLACE, "某国")
    page.get_by_role("button", name=said("registers_page.save_new"), exact=True).click()
    expect(page.get_by_text(said("validation.required")).first).to_be_visible()
    assert page.get_by_label(PLACE, exact=True).input_value() == "某国"
    write(page, "伙伴机构", "某国中小企业协会")
    page.get_by_role("combobox", name="类别").click()
    page.get_by_role("option", name="双边").click()
    day = page.locator('[data-testid="stDateInput"]').filter(has_text="建立日期")
    day.locator('[role="spinbutton"]').first.click()
    page.keyboard.type("20260201")
    page.locator("h1").click()
    drawn(page)
    page.get_by_role("button", name=said("registers_page.save_new"), exact=True).click()
    until(lambda: page.get_by_text(said("registers_page.recorded")).is_visible(), page)

    visit(page, f"{server.url}/obligations")
    assert rate(page).startswith("1 / 1")
    expect(page.get_by_text(f"{COOPERATION} 1/1")).to_be_visible()


def test_a_cell_of_coverage_opens_its_lines_and_the_letter_is_a_word_file(
    server: Server, new_context: Callable
):
    page = tab(server, new_context, "member")
    visit(page, f"{server.url}/coverage")
    cell = page.locator(".js-plotly-plot .barlayer .point path").first
    box = cell.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle[0] - 3, middle[1])
    page.mouse.move(*middle, steps=3)
    page.wait_for_function("() => document.querySelector('.hoverlayer .hovertext')")
    page.mouse.click(*middle)
    page.wait_for_url("**/ledger?*")
    drawn(page)
    assert {"unit=", "measure="} <= {part.split("=")[0] + "=" for part in page.url.split("?")[1].split("&")}

    visit(page, f"{server.url}/coverage")
    link = page.get_by_role("link", name=said("coverage_page.letter"))
    answer = page.request.get(server.url + str(link.get_attribute("href")))
    assert answer.ok
    lines = [line.text for line in docx.Document(BytesIO(answer.body())).paragraphs]
    assert f"{said('coverage_letter.everybody')}：" in lines
