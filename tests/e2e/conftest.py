"""The real server with sample data, and a real browser cut off from the network.

`page`, `context` and `new_context` are pytest-playwright's, with our browser; whatever asks another host fails
its test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from tests.e2e import visits
from tests.e2e.install_browser import find_browser
from tests.support.once import made_once
from tests.support.patience import MILLISECONDS
from tests.support.servers import Server, run_command, start_server

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Not even a name is asked for: what the pages do not ask for, the browser itself might.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
expect.set_options(timeout=MILLISECONDS)
HOME = {"127.0.0.1", "localhost"}
NETWORK_SCHEMES = {"http", "https", "ws", "wss"}


@pytest.fixture(scope="session")
def sample_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A folder with a store as `make run` fills it on a day, made once a run; copy it, do not use it."""

    @cache
    def made(day: str) -> Path:
        return made_once(tmp_path_factory, f"servers-{day}", lambda folder: fill(folder, day))

    def fill(folder: Path, day: str) -> None:
        run_command(folder, "init", day=day)
        run_command(folder, "load-sample", day=day)

    return made


@pytest.fixture(scope="session")
def sample_data_dir(sample_of: Callable[[str], Path]) -> Path:
    """The same, filled today."""
    return sample_of("")


@pytest.fixture(scope="session")
def start(
    sample_of: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Start a server of one's own on a fresh copy of the sample, stopped at the end of the session.

    `start(day="2026-11-20")` for a story that only some days of a year can tell.
    """
    started: list[Server] = []

    def start_one(day: str = "") -> Server:
        folder = tmp_path_factory.mktemp("server")
        shutil.copytree(sample_of(day), folder, dirs_exist_ok=True)
        started.append(start_server(folder, day=day))
        return started[-1]

    yield start_one
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(start: Callable[[], Server]) -> Server:
    """The server that tests share; one that needs untouched data calls `start` instead."""
    return start()


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Where `page.goto("/login")` leads."""
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The browser found on this machine, with nothing it does by itself."""
    found = find_browser()
    if not found and os.environ.get("CI"):
        pytest.fail("no browser for the end-to-end tests: run tests/e2e/install_browser.py")
    if not found:
        pytest.skip("NO BROWSER: run tests/e2e/install_browser.py")
    given = {"executable_path": found, "args": list(ARGUMENTS), "timeout": MILLISECONDS}
    return {**browser_type_launch_args, **given}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """A screen as these offices have it."""
    viewport = {"width": 1366, "height": 768}
    return {
        **browser_context_args,
        "viewport": viewport,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def requested() -> Iterator[list[str]]:
    """Every address the browser has asked for; the test fails if one is another host's."""
    addresses: list[str] = []
    yield addresses
    assert [address for address in addresses if leaves_home(address)] == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], requested: list[str]
) -> Callable[..., BrowserContext]:
    """Another browser profile, for another person; what it asks for is recorded like the rest."""

    def recorded(**options: object) -> BrowserContext:
        context = visits.patient(new_context(**options))
        context.on("request", lambda request: requested.append(request.url))
        context.on("page", lambda page: page.on("websocket", note_websocket))
        return context

    def note_websocket(websocket: WebSocket) -> None:
        requested.append(websocket.url)

    return recorded


@pytest.fixture
def sign_in(server: Server) -> Callable[..., None]:
    """Sign in on a page by the form, as a person does; on the shared server unless another is named."""

    def sign_in_as(page: Page, sign_in_name: str, password: str, at: Server = server) -> None:
        visits.sign_in_by_form(page, at.url, sign_in_name, password)

    return sign_in_as


def leaves_home(address: str) -> bool:
    """Whether this address asks a host other than this machine."""
    parts = urlsplit(address)
    return parts.scheme in NETWORK_SCHEMES and parts.hostname not in HOME
