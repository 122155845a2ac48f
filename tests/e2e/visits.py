"""Parts of a visit: signing in, opening an address, and knowing when it is drawn or done."""

from collections.abc import Callable

from playwright.sync_api import Page

# Drawn: the script has ended, nothing is a placeholder or stale, and every chart has its drawing.
_DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return app && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
    && charts.every(chart => chart.querySelector('.main-svg'));
}"""
PATIENCE_MS = 30_000


def sign_in(page: Page, url: str, sign_in_name: str, password: str) -> None:
    """Sign in by the form, as a person does."""
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
    """Wait until everything on the page is drawn."""
    page.wait_for_function(_DRAWN, timeout=PATIENCE_MS)


def until(done: Callable[[], bool], page: Page) -> None:
    """Wait for what the server does after a click: what the page shows may have stood there before it.

    Raises AssertionError when it has not happened after `PATIENCE_MS`.
    """
    for _ in range(PATIENCE_MS // 100):
        if done():
            drawn(page)
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing happened")
