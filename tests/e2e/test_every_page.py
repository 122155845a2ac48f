"""Every address as a stranger, every page as every role that may see it, and what a session does and forgets."""

import json
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from db.seed import DEMO_PASSWORD
from db.store import open_store
from db.tables import Authority, Task
from pages.shared.navigation import PAGES
from tests.e2e.axe import Looked, serious_faults
from tests.e2e.conftest import leaves_home
from tests.e2e.tables import downloads_in_reach
from tests.e2e.visits import patient, sign_in, visit
from tests.support.patience import SECONDS
from tests.support.people import WHO
from tests.support.servers import Server
from tracking.messages import Message, text
from tracking.permissions import ROLES, holders_of
from tracking.vocabulary import Language, Role

PAGE_ADDRESSES = tuple(f"/{name}" for name in PAGES)
# What leads a person to the sign-in page, and what only a page asks for.
OPENED = (
    "/",
    *PAGE_ADDRESSES,
    "/evidence/1",
    "/ledger.xlsx?period=1",
    "/ledger.csv?period=1",
    "/ledger-form.xlsx?period=1",
    "/plan-form.xlsx?revision=1",
    "/ledger-marked.xlsx?upload=1",
    "/handover.docx?handover=1",
    "/briefing.docx?briefing=1",
    "/everything.zip",
    "/password",
)
ASKED_FOR = ("/media/x", "/_stcore/upload_file/session/file", "/_stcore/host-config")
PROGRAMS = ("/api/v1/me", "/api/v1/openapi.json", "/api/nothing")
MAIN = {"home", "overview", "measure", "region", "ledger", "work_plan", "report", "review"}
WRONG = '[data-testid="stException"], [data-testid="stAlertContentError"], .st-key-refused'
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}
Tab = Callable[[Role], Page]


def zh(key: str, **values: str) -> str:
    return str(Message(key, **values))


def may_open(name: str, role: Role) -> bool:
    return not PAGES[name].rights or bool(PAGES[name].rights & ROLES[role].rights)


OPEN = [(name, role) for name, role in product(PAGES, Role) if may_open(name, role)]
# One closed page for each role; the tests of the pages' scripts try them all.
CLOSED = {role: next(name for name in reversed(PAGES) if not may_open(name, role)) for role in Role}


@pytest.fixture(scope="module")
def fresh(start: Callable[[], Server]) -> Server:
    """A server whose pages nobody has opened: what runs before the entry script would show here."""
    return start()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the tabs of this module have asked for."""
    return []


@pytest.fixture(scope="module")
def looked() -> Looked:
    """What the accessibility check has seen of the pages of this module."""
    return Looked()


@pytest.fixture(scope="module")
def tab(
    server: Server, browser: Browser, browser_context_args: dict[str, object], asked: list[str]
) -> Iterator[Tab]:
    """The tab of whoever has a role, signed in once for all tests of this module."""
    tabs: dict[Role, Page] = {}

    def signed_in(role: Role) -> Page:
        if role not in tabs:
            page = tabs[role] = patient(browser.new_context(**browser_context_args)).new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("websocket", lambda websocket: asked.append(websocket.url))
            sign_in(page, server.url, WHO[role], DEMO_PASSWORD)
        return tabs[role]

    yield signed_in
    for page in tabs.values():
        page.context.close()


@pytest.fixture(scope="module")
def queries(server: Server) -> dict[str, str]:
    """What the address of a page must ask for to show something: a task of the officers' own authority."""
    store = open_store(data_dir=server.data_dir)
    with store.read() as session:
        task_id = session.exec(
            select(Task.id)
            .join(Authority, Authority.id == Task.authority_id)
            .where(Authority.code == "330000")
        ).first()
    store.engine.dispose()
    return {"task": f"?task={task_id}"}


def answer(server: Server, method: str, address: str, **headers: str) -> tuple[int, str, str]:
    """Status, where to go next, and body, as a stranger without a browser gets them."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=SECONDS)
    connection.request(method, address, headers=headers)
    response = connection.getresponse()
    found = response.status, response.headers.get("Location", ""), response.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize("address", PROGRAMS)
def test_a_program_without_a_token_is_told_so_and_led_nowhere(fresh: Server, address: str):
    status, leads_to, body = answer(fresh, "GET", address, Accept="text/html")
    assert (status, leads_to, json.loads(body)["status"]) == (401, "", 401)


@pytest.mark.parametrize("address", OPENED)
def test_a_stranger_on_a_fresh_server_is_led_to_sign_in(fresh: Server, address: str):
    status, leads_to, body = answer(fresh, "GET", address, Accept="text/html")
    assert (status, leads_to.partition("?")[0], body) == (303, "/login", "")
    assert answer(fresh, "GET", address) == (401, "", zh("server.sign_in_first"))


@pytest.mark.parametrize("address", ASKED_FOR)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_stranger_is_refused_what_only_pages_ask_for(fresh: Server, method: str, address: str):
    assert answer(fresh, method, address) == (401, "", zh("server.sign_in_first"))


def test_a_stranger_gets_no_websocket(fresh: Server):
    status, _, body = answer(fresh, "GET", "/_stcore/stream", **WEBSOCKET)
    assert (status, body) == (403, "")


def test_a_stranger_sees_the_sign_in_page_and_nothing_else(fresh: Server, page: Page, requested: list[str]):
    for address in OPENED:
        page.goto(f"{fresh.url}{address}")
        assert urlsplit(page.url).path == "/login", address
        expect(page.locator("input[name=password]")).to_be_visible()
        assert page.locator('[data-testid="stApp"]').count() == 0
    assert not any(address.startswith("ws") for address in requested)


@pytest.mark.parametrize("role", Role)
def test_a_page_that_is_not_open_says_what_is_missing_and_whom_to_ask(
    fresh: Server, new_context: Callable, role: Role
):
    page, name = new_context().new_page(), CLOSED[role]
    sign_in(page, fresh.url, WHO[role], DEMO_PASSWORD)
    visit(page, f"{fresh.url}/{name}")
    refused = page.locator(".st-key-refused")
    expect(refused).to_contain_text(zh("access.refused", page=zh(f"page.{name}")))
    for right in PAGES[name].rights:
        expect(refused).to_contain_text(zh(f"right.{right}"))
        for holder in holders_of(right):
            expect(refused).to_contain_text(zh(f"role.{holder}"))
    assert page.locator("h1").count() == 0


@pytest.mark.parametrize(("name", "role"), OPEN)
def test_a_page_opens_for_its_readers_and_is_fit_for_everybody(
    server: Server,
    tab: Tab,
    looked: Looked,
    queries: dict[str, str],
    asked: list[str],
    name: str,
    role: Role,
):
    page = tab(role)
    asked.clear()
    visit(page, f"{server.url}/{name if name != 'home' else ''}{queries.get(name, '')}")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    assert page.locator(WRONG).count() == 0
    assert asked
    assert [address for address in asked if leaves_home(address)] == []
    assert downloads_in_reach(page) == []
    expect(page.locator(".st-key-sample")).to_have_text(zh("sample.note"))
    assert looked.faults(page, name) == []


@pytest.mark.parametrize("name", sorted(MAIN))
def test_a_main_page_is_fit_for_everybody_in_the_dark(server: Server, tab: Tab, name: str):
    page = tab(next(role for role in Role if may_open(name, role)))
    page.emulate_media(color_scheme="dark")
    visit(page, f"{server.url}/{name if name != 'home' else ''}")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        == "rgb(17, 22, 29)"
    )
    faults = serious_faults(page)
    page.emulate_media(color_scheme="light")
    assert faults == []


def test_after_sign_out_in_one_tab_the_other_asks_to_sign_in(server: Server, new_context: Callable):
    profile = new_context()
    first, second = profile.new_page(), profile.new_page()
    sign_in(first, server.url, "leadership", DEMO_PASSWORD)
    for page in (first, second):
        visit(page, f"{server.url}/overview")
    first.get_by_role("button", name=zh("page.sign_out")).click()
    first.wait_for_url("**/login*")
    expect(second.locator("#connection-line")).to_contain_text(zh("connection.signed_out"))
    second.get_by_role("link", name=zh("connection.sign_in")).click()
    second.wait_for_url("**/login*")


def test_the_language_is_remembered_by_the_account(server: Server, new_context: Callable):
    def overview_of(page: Page, language: Language) -> None:
        visit(page, f"{server.url}/overview")
        expect(page.locator("h1")).to_have_text(text("page.overview", language))

    page = new_context().new_page()
    sign_in(page, server.url, "ningbo.officer", DEMO_PASSWORD)
    overview_of(page, Language.ZH_CN)
    page.get_by_role("button", name=zh("page.other_language")).click()
    expect(page.locator("h1")).to_have_text(text("page.overview", Language.EN))
    page.get_by_role("button", name=text("page.sign_out", Language.EN)).click()
    page.wait_for_url("**/login*")

    elsewhere = new_context().new_page()
    sign_in(elsewhere, server.url, "ningbo.officer", DEMO_PASSWORD)
    overview_of(elsewhere, Language.EN)
    assert elsewhere.evaluate("document.documentElement.lang") == "en"
