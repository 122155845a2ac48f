"""`python -m tests.bench.page`: the overview page at S and at L beside the same page with constant data.

Three servers, one browser, rounds in turn. Each round chooses another reporting period:

- server: from asking for the run to the frame that says that it has finished, over a websocket of its own
  (in a browser the last frame waits for the drawing);
- drawn: from the press on the choice to the last change inside any chart, by the page's own clock.

Bytes are those of a first visit with an empty cache: response bodies as sent, and websocket frames. A plain
Streamlit sends its own files uncompressed, which is most of what the constant page costs there.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from db.seed import DEMO_PASSWORD, Scale
from tests.bench.kept import FOLDER, kept_store
from tests.bench.reads import Subject
from tests.bench.runs import Runs
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.install_browser import find_browser
from tests.e2e.visits import drawn, patient, sign_in
from tests.support.patience import MILLISECONDS
from tests.support.servers import Server, start_server

CHOICES = 21
RUNS = 201
QUIET_MS = 700  # long enough for the last chart, so that what changed last is known
BOUND = 1.3
CONSTANT = "constant"


class Visitor:
    """One tab on one of the pages, and what its network log says."""

    def __init__(self, browser: Browser, server: Server, *, signs_in: bool) -> None:
        self.page: Page = patient(
            browser.new_context(
                viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce"
            )
        ).new_page()
        self.url = server.url
        self.bytes = 0
        if signs_in:
            sign_in(self.page, server.url, "leadership", DEMO_PASSWORD)
            self.page.goto("about:blank")
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        self.runs = Runs(server.url, "overview", cookies)
        self._listen(self.page.context.new_cdp_session(self.page))

    def _listen(self, log: CDPSession) -> None:
        log.send("Network.enable")
        log.send("Network.setCacheDisabled", {"cacheDisabled": True})
        log.on("Network.loadingFinished", lambda event: self._count(event["encodedDataLength"]))
        log.on("Network.webSocketFrameReceived", self._received)

    def _count(self, size: float) -> None:
        self.bytes += int(size)

    def _received(self, event: dict[str, Any]) -> None:
        # Binary frames are told in base64, four signs for three bytes.
        self._count(len(event["response"]["payloadData"]) * 3 / 4)

    def first_visit(self) -> int:
        """Bytes until the overview is drawn."""
        self.bytes = 0
        self.page.goto(f"{self.url}/overview")
        drawn(self.page)
        self.page.wait_for_timeout(1500)
        return self.bytes

    def choose(self, place: int) -> float:
        """Choose a period by its place in the list: milliseconds until drawn."""
        self.page.locator('[data-testid="stSelectbox"]').first.locator("input").click()
        option = self.page.locator('[role="option"]').nth(place)
        option.wait_for()
        self.page.evaluate(_WATCH)
        option.click()
        self.page.wait_for_function(_ANSWERED, timeout=MILLISECONDS)
        self.page.wait_for_timeout(QUIET_MS)
        return float(self.page.evaluate("window.watched.drawnAt - window.watched.pressedAt"))


# When the choice was pressed, when a chart last changed, and what the headline said before.
_WATCH = """() => {
  window.watched?.observer.disconnect();
  const watched = window.watched = {}, charts = '[data-testid="stPlotlyChart"]';
  const holdsChart = node => node.nodeType === 1 && (node.matches(charts) || node.querySelector(charts));
  watched.headline = document.querySelector('.st-key-headline').innerText;
  watched.observer = new MutationObserver(changes => {
    if (changes.some(change => (change.target.parentElement || change.target).closest(charts)
        || [...change.addedNodes].some(holdsChart))) watched.drawnAt = performance.now();
  });
  watched.observer.observe(document.querySelector('[data-testid="stMain"]'),
    { subtree: true, childList: true, attributes: true, characterData: true });
  document.addEventListener(
    'pointerdown', () => { watched.pressedAt = performance.now(); }, { capture: true, once: true });
}"""
_ANSWERED = """() => document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'
  && document.querySelector('.st-key-headline')?.innerText !== window.watched.headline
  && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')"""


@contextmanager
def servers() -> Iterator[dict[str, Server]]:
    """The product on both stores, and the constant page on a copy of the small one; the stores number periods alike."""
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
    found, addresses = find_browser(), _addresses()
    with servers() as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        visitors = {
            name: Visitor(browser, server, signs_in=name != CONSTANT) for name, server in started.items()
        }
        figures = {"bytes": {name: float(visitor.first_visit()) for name, visitor in visitors.items()}}
        figures["drawn ms"] = _medians(
            visitors, CHOICES, lambda visitor, number: visitor.choose(1 - number % 2)
        )
        figures["server ms"] = _medians(
            visitors, RUNS, lambda visitor, number: visitor.runs.milliseconds(addresses[number % 2])
        )
    met = [_told(what, values, name) for what, values in figures.items() for name in ("S", "L")]
    return 0 if all(met) else 1


def _addresses() -> tuple[str, str]:
    # What the browser chooses, the present period and the one before, as the address names them.
    subject = Subject.of(kept_store(Scale.S))
    subject.store.engine.dispose()
    return f"period={subject.previous_id}", f"period={subject.period_id}"


def _medians(
    visitors: Mapping[str, Visitor], rounds: int, measure: Callable[[Visitor, int], float]
) -> dict[str, float]:
    """Of each page; the first round of either period fills what each page keeps and is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in visitors}
    for number in range(rounds + 2):
        for name, visitor in visitors.items():
            taken[name].append(measure(visitor, number))
    return {name: median(times[2:]) for name, times in taken.items()}


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
