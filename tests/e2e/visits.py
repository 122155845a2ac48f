"""Parts of a visit: signing in, opening an address, and knowing when it is drawn or done."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.e2e import runs
from tests.support.patience import MILLISECONDS, PAUSE_MS

# Drawn: the script has ended, nothing is a placeholder or stale, and every chart has its drawing.
_DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return app && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
    && charts.every(chart => chart.querySelector('.main-svg'));
}"""


def patient(context: BrowserContext) -> BrowserContext:
    """The same profile, waiting as long as a slow machine needs, and its runs known to `drawn`."""
    context.set_default_timeout(MILLISECONDS)
    runs.follow(context)
    return context


def sign_in(page: Page, url: str, sign_in_name: str, password: str) -> None:
    """Have this profile signed in before the page opens anything: what only leads to a story is not drawn."""
    ask = page.context.request
    [token] = re.findall(r'name="token" value="([^"]+)"', ask.get(f"{url}/login").text())
    fields = {"sign_in_name": sign_in_name, "password": password, "token": token, "next": "/"}
    answer = ask.post(f"{url}/login", form=fields, headers={"Origin": url}, max_redirects=0)
    assert answer.status == 303, answer.text()


def sign_in_by_form(page: Page, url: str, sign_in_name: str, password: str) -> None:
    """Sign in as a person does, and be led to the start page."""
    page.goto(f"{url}/login")
    page.locator("input[name=sign_in_name]").fill(sign_in_name)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/login" not in address)


def visit(page: Page, address: str) -> None:
    """Open an address of a page and wait until it is drawn."""
    page.goto(address, wait_until="domcontentloaded")
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until what the page has asked for is answered, and everything on it is drawn."""
    page.wait_for_function(_DRAWN, timeout=MILLISECONDS)
    if runs.outstanding(page):
        _look_until(lambda: not runs.outstanding(page), page)
        page.wait_for_function(_DRAWN, timeout=MILLISECONDS)


def until(done: Callable[[], bool], page: Page) -> None:
    """Wait for what the server does after a click: what the page shows may have stood there before it.

    Raises AssertionError when it has not happened after `MILLISECONDS`.
    """
    _look_until(done, page)
    drawn(page)


def _look_until(done: Callable[[], bool], page: Page) -> None:
    for _ in range(MILLISECONDS // PAUSE_MS):
        if done():
            return
        page.wait_for_timeout(PAUSE_MS)
    raise AssertionError(f"nothing happened; the page reads: {page.locator('body').inner_text()}")
