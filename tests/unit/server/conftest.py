"""Fixtures for server tests: a site with people, and a client without a browser."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.accounts.actions import NewAccount
from db.store import Store
from server.middleware import middleware_for
from server.request_context import Site
from server.routes import ROUTES
from server.static_files import Shelf
from tests.support.databases import SqliteFiles
from tests.support.factories import NORTH, small_country
from tests.support.templates import empty_store
from tracking.vocabulary import Role

HOST = "tracker.example"
CHOSEN = "Plain-Words-2026"
HTML = {"Accept": "text/html,application/xhtml+xml"}


def peopled_store(store: Store) -> None:
    """A migrated store with the small country in it."""
    empty_store(store)
    small_country(store)


@pytest.fixture
def store(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Store]:
    """One database is enough here: what differs between the two is tested below."""
    store = sqlite_files.fresh(peopled_store, tmp_path / "data")
    yield store
    store.engine.dispose()


async def _echo(request: Request) -> JSONResponse:
    """Stands for whatever of Streamlit's lies behind the gate: tells what reached it."""
    return JSONResponse({"path": request.url.path, "headers": request.headers.items()})


async def _echo_websocket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(websocket.headers.items())
    await websocket.close()


BEHIND = (
    WebSocketRoute("/_stcore/stream", _echo_websocket),
    Route("/{rest:path}", _echo, methods=["GET", "PUT", "POST", "DELETE"]),
)


@pytest.fixture
def static_folder(tmp_path: Path) -> Path:
    """A folder of static files with one script and one picture."""
    folder = tmp_path / "static"
    (folder / "js").mkdir(parents=True)
    (folder / "js" / "index.1a2b.js").write_text("const words = 1;\n" * 500)
    (folder / "picture.png").write_bytes(b"\x89PNG" + bytes(500))
    return folder


@pytest.fixture
def build(store: Store, static_folder: Path) -> Callable[..., Starlette]:
    """The product's own routes and middleware before an echo."""

    def build_app() -> Starlette:
        site = Site(store)
        return Starlette(
            routes=[*ROUTES, *BEHIND], middleware=list(middleware_for(site, Shelf(static_folder)))
        )

    return build_app


def session_of(store: Store, **person: Any) -> dict[str, str]:
    """The cookies of the browser of somebody with a new account, signed in, the password changed."""
    made = accounts.create_account(store, by=None, **person)
    token, by = sign_ins.sign_in(store, sign_in_name=made.sign_in_name, password=made.password)
    session = sign_ins.token_hash(token)
    accounts.change_own_password(store, by=by, current=made.password, password=CHOSEN, session_hash=session)
    return {"sid": token, "form": "x" * 43}


class Browser:
    """A browser's end: keeps cookies, follows nothing by itself, sends the origin when it posts."""

    def __init__(self, app: Any, *, secure: bool = False) -> None:
        self.origin = f"{'https' if secure else 'http'}://{HOST}"
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=self.origin)
        self.cookies = self._client.cookies

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Open an address as a person does."""
        return self.ask("GET", path, **{"headers": HTML, **options})

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any request at all."""
        return asyncio.run(self._client.request(method, path, **options))

    def post(
        self, path: str, fields: dict[str, str], *, origin: str | None = None, token: bool = True
    ) -> httpx.Response:
        """Send a form as a page of ours does; the form's token is the cookie's."""
        own = next((value for name, value in self.cookies.items() if name.endswith("form")), "")
        data = fields | ({"token": own} if token else {})
        return self.ask("POST", path, data=data, headers=HTML | {"Origin": origin or self.origin})

    def sign_in(self, account: NewAccount, password: str = "") -> httpx.Response:
        """By the form."""
        self.get("/login")
        fields = {"sign_in_name": account.sign_in_name, "password": password or account.password, "next": "/"}
        return self.post("/login", fields)

    @property
    def session(self) -> str | None:
        """The session's cookie."""
        return self.cookies.get("sid") or self.cookies.get("__Host-sid")


def shake_hands(app: Any, path: str, *headers: tuple[str, str]) -> list[dict[str, Any]]:
    """Ask for a websocket: every message that comes back, "websocket.close" first where it is refused."""
    answers: list[dict[str, Any]] = []
    waiting = iter([{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}])
    scope = {
        "type": "websocket",
        "path": path,
        "query_string": b"",
        "scheme": "ws",
        "headers": [(name.encode(), value.encode()) for name, value in (("host", HOST), *headers)],
    }

    async def receive() -> dict[str, Any]:
        return next(waiting)

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    asyncio.run(app(scope, receive, send))
    return answers


@pytest.fixture
def visitor(build: Callable[..., Starlette]) -> Browser:
    """A browser that nobody has signed in with."""
    return Browser(build())


@pytest.fixture
def account(store: Store) -> NewAccount:
    """A reporting officer who has not changed the initial password yet."""
    return accounts.create_account(
        store,
        by=None,
        sign_in_name="zhang.san",
        name="张三",
        authority_id=NORTH,
        roles=[Role.REPORTING_OFFICER],
    )


@pytest.fixture
def officer(visitor: Browser, account: NewAccount) -> Browser:
    """The reporting officer's browser, signed in, the password changed."""
    visitor.sign_in(account)
    done = visitor.post("/password", {"current": account.password, "password": CHOSEN, "repeated": CHOSEN})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    return visitor
