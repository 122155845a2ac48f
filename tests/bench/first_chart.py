"""When a browser with an empty cache shows the first text and the first chart of the overview, against an empty page.

The first chart is the still picture, which has the numbers of the live one; when that follows is told beside it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from db.seed import DEMO_PASSWORD, Scale
from tests.bench.gates import Measured
from tests.bench.kept import copy_of
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.install_browser import find_browser
from tests.e2e.visits import sign_in
from tests.support.patience import MILLISECONDS
from tests.support.servers import start_server

ROUNDS = 9
# When the first sentence stood in the page, when the first picture, and when the first live chart was drawn.
_PROBE = """(() => {
  const seen = window.seen = {};
  const look = () => {
    const now = performance.now(), page = document.querySelector('[data-testid="stMain"]');
    if (!seen.text && page && page.innerText.trim().length > 4 && !page.querySelector('[data-testid="stAppSkeleton"]'))
      seen.text = now;
    if (!seen.picture && document.querySelector('.still .bar, .js-plotly-plot .main-svg')) seen.picture = now;
    if (!seen.chart && document.querySelector('.js-plotly-plot .main-svg')) seen.chart = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


def measured() -> Iterator[Measured]:
    """Medians of rounds in turn, as ratios."""
    found = find_browser()
    with copy_of(Scale.S) as folder, TemporaryDirectory() as nothing, ExitStack() as stack:
        product, empty = (
            start_server(folder),
            start_server(Path(nothing), script="tests/bench/empty_page.py"),
        )
        for server in (product, empty):
            stack.callback(server.stop)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        state = _signed_in(browser, product.url)
        taken: dict[str, list[float]] = {"empty": [], "text": [], "picture": [], "chart": []}
        for _ in range(ROUNDS + 1):  # the first is not counted
            taken["empty"].append(_seen(browser, empty.url, None, "text")["text"])
            seen = _seen(browser, f"{product.url}/overview", state, "chart")
            for name in ("text", "picture", "chart"):
                taken[name].append(seen[name])
    times = {name: median(values[1:]) for name, values in taken.items()}
    yield Measured("empty Streamlit page, cold: first text", times["empty"], "ms")
    yield Measured("overview, cold: first text ÷ empty page", times["text"] / times["empty"], "", 1.0, 0.9)
    yield Measured(
        "overview, cold: first chart ÷ empty page", times["picture"] / times["empty"], "", 2.7, 1.5
    )
    yield Measured("overview, cold: first live chart ÷ empty page", times["chart"] / times["empty"])


def _signed_in(browser: Browser, url: str) -> Any:
    context = browser.new_context()
    sign_in(context.new_page(), url, "leadership", DEMO_PASSWORD)
    state = context.storage_state()
    context.close()
    return state


def _seen(browser: Browser, url: str, state: Any, last: str) -> dict[str, float]:
    """Milliseconds since the navigation, in a browser that has seen nothing yet."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", storage_state=state
    )
    page = context.new_page()
    page.add_init_script(_PROBE)
    page.goto(url, wait_until="commit")
    page.wait_for_function(f"() => window.seen && window.seen.{last}", timeout=MILLISECONDS)
    seen: dict[str, float] = page.evaluate("window.seen")
    context.close()
    return seen
