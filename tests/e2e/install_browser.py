"""Finding, and if need be installing, a Chromium for the end-to-end tests.

Looked for in this order: `CHROMIUM`, the usual commands, the usual places, what Playwright has installed. Missing,
it is installed by the system's packages where this account may, else by Playwright. Without any browser the
end-to-end tests are skipped, loudly; under `CI` that is a failure.
"""

import os
import shutil
import sys
from collections.abc import Iterator

from tests.support.packages import install, run

# The browser, and the letters it would otherwise bring by recommendation.
PACKAGES = ("chromium", "fonts-liberation")
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """The path of a Chromium that can be started, or None."""
    return installed_browser() or next(filter(_starts, [_playwrights_own()]), None)


def installed_browser() -> str | None:
    """The same without Playwright's own, which takes a start of Playwright to find."""
    return next(filter(_starts, _places()), None)


def main() -> int:
    """Install what is missing and may be installed; 1 only if CI would be left without a browser."""
    if not find_browser() and not (install(*PACKAGES) and find_browser()):
        run(sys.executable, "-m", "playwright", "install", "chromium")
    browser = find_browser()
    print(f"browser: {browser}" if browser else _MISSING, file=sys.stdout if browser else sys.stderr)
    return 1 if not browser and os.environ.get("CI") else 0


_MISSING = """
***************************************************************************
  NO BROWSER: every end-to-end test will be SKIPPED.
  Install chromium or Google Chrome, or name one: CHROMIUM=/path make test
***************************************************************************
"""


def _places() -> Iterator[str | None]:
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, COMMANDS)
    yield from PLACES


def _starts(path: str | None) -> bool:
    return bool(path) and os.access(str(path), os.X_OK)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    sys.exit(main())
