"""The main picture is there before the code that draws charts, and gives way to the chart without a move."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Route, expect

from db.seed import DEMO_PASSWORD
from tests.e2e.visits import drawn, sign_in
from tests.support.servers import Server

TEXTS = "nodes => nodes.map(node => node.textContent)"


def test_the_main_picture_does_not_wait_for_the_code_of_charts(server: Server, new_context: Callable):
    page = new_context().new_page()
    sign_in(page, server.url, "leadership", DEMO_PASSWORD)
    held, asked = list[Route](), list[str]()
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/PlotlyChart*", hold)
    page.goto(f"{server.url}/overview", wait_until="commit")
    still = page.locator(".st-key-measures-still .still")
    expect(still).to_be_visible()
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached()
    # What stands above it: the code that draws running text may come after the still picture as well.
    expect(page.get_by_text("截至").first).to_be_visible()
    expect(page.get_by_text("在册任务").first).to_be_visible()
    values = page.eval_on_selector_all(".still .value", TEXTS)
    place = still.bounding_box()
    assert len(values) == 10
    assert place
    # The page knows where its server is: it does not look for it below its own address, and wait.
    assert {path for path in asked if "_stcore" in path} == {"/_stcore/health", "/_stcore/host-config"}

    for route in held:
        route.continue_()
    page.unroute("**/PlotlyChart*")
    expect(page.locator(".st-key-measures-still .main-svg").first).to_be_visible()
    drawn(page)
    expect(still).to_be_hidden()
    chart = page.locator(".st-key-measures-still .js-plotly-plot")
    assert page.eval_on_selector_all(".st-key-measures-still .textpoint text", TEXTS) == values
    box = chart.bounding_box()
    assert box
    assert abs(box["y"] - place["y"]) <= 2
    assert abs(box["height"] - place["height"]) <= 8
