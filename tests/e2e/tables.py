"""What a test asks of the tables of a page: that their grids are drawn, and whether their own download is in reach."""

from playwright.sync_api import Locator, Page

DOWNLOAD = '[data-testid="stDataFrame"] [aria-label^="Download as CSV"]'
_IN_REACH = (
    "button => { button.focus(); return document.activeElement === button || button.checkVisibility(); }"
)


def drawn_tables(page: Page) -> Locator:
    """The tables in sight, once each has its grid."""
    tables = page.locator('[data-testid="stDataFrame"]:visible')
    for table in tables.all():
        table.locator("canvas").first.wait_for(state="attached")
    return tables


def downloads_in_reach(page: Page) -> list[str]:
    """The downloads of tables that a mouse or the keyboard could get at."""
    drawn_tables(page)
    return [str(button) for button in page.locator(DOWNLOAD).all() if button.evaluate(_IN_REACH)]
