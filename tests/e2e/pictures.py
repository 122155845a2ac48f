"""`python -m tests.e2e.pictures`: draw the pictures under docs/images from the sample, as a real browser shows it."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from db.seed import DEMO_PASSWORD
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.install_browser import find_browser
from tests.e2e.visits import drawn, patient, sign_in, visit
from tests.support.servers import Server, run_command, start_server

FOLDER = Path("docs/images")
SCREEN = (1366, 768)
PHONE = (390, 844)


@dataclass(frozen=True)
class Picture:
    """What is drawn: a page as one account sees it, on a screen of this size."""

    name: str
    page: str
    sign_in_name: str
    size: tuple[int, int] = SCREEN
    colour_scheme: str = "light"


PICTURES = (
    Picture("overview", "overview", "leadership"),
    Picture("overview_dark", "overview", "leadership", colour_scheme="dark"),
    Picture("overview_phone", "overview", "leadership", size=PHONE),
    Picture("region", "region", "member"),
    Picture("ledger", "ledger", "member"),
    Picture("review", "review", "member"),
    Picture("coverage", "coverage", "member"),
    Picture("changes", "changes", "leadership"),
    Picture("urging", "urging", "member"),
    Picture("submissions", "submissions", "member"),
    Picture("work_plan", "work_plan", "zhejiang.officer"),
    Picture("report", "report", "zhejiang.officer"),
    Picture("manual_addressed", "reference_data?show=addressed", "sysadmin"),
    Picture("manual_units", "units", "sysadmin"),
    Picture("manual_catalogue", "reference_data?part=measure", "sysadmin"),
    Picture("manual_registers", "registers", "zhejiang.officer"),
    Picture("manual_accounts", "accounts", "jiangsu.signatory"),
    Picture("manual_country", "country", "member"),
)


def main() -> int:
    """Draw every picture; tells the size of each file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if picture.name in sys.argv[1:] or not sys.argv[1:]]
    found = find_browser()
    with _sample() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        for picture in wanted:
            path = FOLDER / f"{picture.name}.png"
            _draw(browser, server, picture, path)
            print(f"{path}  {path.stat().st_size // 1024} KB")
    return 0


@contextmanager
def _sample() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        run_command(Path(folder), "init")
        run_command(Path(folder), "load-sample")
        server = start_server(Path(folder))
        try:
            yield server
        finally:
            server.stop()


def _draw(browser: Browser, server: Server, picture: Picture, path: Path) -> None:
    width, height = picture.size
    context = patient(
        browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=picture.colour_scheme,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
    )
    page = context.new_page()
    sign_in(page, server.url, picture.sign_in_name, DEMO_PASSWORD)
    visit(page, f"{server.url}/{picture.page}")
    page.wait_for_timeout(1000)  # pictures fade in, tables are painted on a canvas
    drawn(page)
    _save(page.screenshot(), path)
    context.close()


def _save(screenshot: bytes, path: Path) -> None:
    """With 256 colours, which is a third of the bytes and looks the same on a page of flat colours."""
    Image.open(BytesIO(screenshot)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
