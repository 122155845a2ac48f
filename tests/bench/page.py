"""`python -m tests.bench.page`: the overview page at S and at L beside the same page with constant data.

Three servers, one browser, rounds in turn. Each round chooses another reporting period:

- server: from the websocket frame that carries the choice to the last frame of the answer, as the browser's
  network log dates them;
- drawn: from the choice to the moment when the script has ended and every chart has its new drawing.

Bytes are those of a first visit with an empty cache: response bodies as sent, and websocket frames.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from db.seed import DEMO_PASSWORD, Scale
from tests.bench.__main__ import FOLDER, kept_store
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.install_browser import find_browser
from tests.e2e.visits import drawn, sign_in
from tests.support.servers import Server, start_server

ROUNDS = 15
BOUND = 1.3
CONSTANT = "constant"


class Visitor:
    """One tab on one of the pages, and what its network log says."""

    def __init__(self, browser: Browser, server: Server, *, signs_in: bool) -> None:
        self.page: Page = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce"
        ).new_page()
        self.url = server.url
        self.bytes = 0
        self.sent_at = self.received_at = 0.0
        if signs_in:
            sign_in(self.page, server.url, "leadership", DEMO_PASSWORD)
            self.page.goto("about:blank")
        self._listen(self.page.context.new_cdp_session(self.page))

    def _listen(self, log: CDPSession) -> None:
        log.send("Network.enable")
        log.send("Network.setCacheDisabled", {"cacheDisabled": True})
        log.on("Network.loadingFinished", lambda event: self._count(event["encodedDataLength"]))
        log.on("Network.webSocketFrameReceived", self._received)
        log.on("Network.webSocketFrameSent", self._sent)

    def _count(self, size: float) -> None:
        self.bytes += int(size)

    def _received(self, event: dict[str, Any]) -> None:
        # Binary frames are told in base64, four signs for three bytes.
        self._count(len(event["response"]["payloadData"]) * 3 / 4)
        self.received_at = event["timestamp"]

    def _sent(self, event: dict[str, Any]) -> None:
        self.sent_at = event["timestamp"]

    def first_visit(self) -> int:
        """Bytes until the overview is drawn."""
        self.bytes = 0
        self.page.goto(f"{self.url}/overview")
        drawn(self.page)
        self.page.wait_for_timeout(1500)
        return self.bytes

    def choose(self, place: int) -> tuple[float, float]:
        """Choose a period by its place in the list: milliseconds of the server, and until drawn."""
        self.page.locator('[data-testid="stSelectbox"]').first.locator("input").click()
        option = self.page.locator('[role="option"]').nth(place)
        option.wait_for()
        started = self.page.evaluate(_MARK)
        option.click()
        self.page.wait_for_function(_REDRAWN, timeout=30_000)
        ended = self.page.evaluate("performance.now()")
        self.page.wait_for_timeout(400)
        return (self.received_at - self.sent_at) * 1000, ended - started


_MARK = """() => {
  document.querySelectorAll('[data-testid="stPlotlyChart"] .main-svg').forEach(svg => svg.dataset.seen = '1');
  window.__text = document.querySelector('.st-key-headline')?.innerText;
  return performance.now();
}"""
_REDRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app.dataset.testScriptState === 'notRunning'
    && document.querySelector('.st-key-headline')?.innerText !== window.__text
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(chart => chart.querySelector('.main-svg'));
}"""


@contextmanager
def servers() -> Iterator[dict[str, Server]]:
    """The product on both stores, and the constant page on a copy of the small one."""
    for scale in (Scale.S, Scale.L):
        kept_store(scale).engine.dispose()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        copy = Path(shutil.copytree(FOLDER / "S", Path(folder) / "S"))
        started = {
            CONSTANT: start_server(copy, script="tests/bench/constant_page.py"),
            "S": start_server(FOLDER / "S"),
            "L": start_server(FOLDER / "L"),
        }
        for server in started.values():
            stack.callback(server.stop)
        yield started


def main() -> int:
    """Measure, print, and tell whether every ratio is within its bound."""
    found = find_browser()
    with servers() as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        visitors = {
            name: Visitor(browser, server, signs_in=name != CONSTANT) for name, server in started.items()
        }
        sizes = {name: visitor.first_visit() for name, visitor in visitors.items()}
        taken = _rounds(visitors)
    figures = {
        "server ms": {name: median(server for server, _ in times) for name, times in taken.items()},
        "drawn ms": {name: median(shown for _, shown in times) for name, times in taken.items()},
        "bytes": {name: float(size) for name, size in sizes.items()},
    }
    met = [_told(what, values, name) for what, values in figures.items() for name in ("S", "L")]
    return 0 if all(met) else 1


def _rounds(visitors: dict[str, Visitor]) -> dict[str, list[tuple[float, float]]]:
    """The times of each page; the first round of both periods fills what each page keeps and is not counted."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in visitors}
    for number in range(ROUNDS + 2):
        for name, visitor in visitors.items():
            times = visitor.choose(1 - number % 2)
            if number >= 2:
                taken[name].append(times)
    return taken


def _told(what: str, values: dict[str, float], name: str) -> bool:
    ratio = values[name] / values[CONSTANT]
    met = ratio <= BOUND
    print(
        f"overview {name} {what:<10} {values[name]:12,.0f}   constant {values[CONSTANT]:12,.0f}   "
        f"{ratio:5.2f}   at most {BOUND:g}   {'met' if met else 'MISSED'}"
    )
    return met


if __name__ == "__main__":
    sys.exit(main())
