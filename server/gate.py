"""The gate: every request and websocket is let through or refused here.

It also tells Streamlit who is signed in, by headers that nobody outside can send: `.streamlit/config.toml`
maps them to `st.user.officer_id` and `st.user.session_hash`.
"""

from collections.abc import Iterable
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from db.accounts.queries import signed_in_by_hash
from db.accounts.sign_in_actions import resolve, token_hash
from db.engine import StoreFailed
from db.identity import SignedIn
from db.store import Store
from server import cookies, doors
from server.connections import CONNECTIONS, PASSWORD_FIRST, SIGNED_OUT
from server.doors import Door
from server.request_context import Site, attach, language_of
from tracking.messages import text
from tracking.permissions import TAKES_FILES, may

OFFICER_HEADER, SESSION_HEADER = "x-signed-in-officer", "x-signed-in-session"
_IDENTITY = frozenset({OFFICER_HEADER.encode(), SESSION_HEADER.encode()})


class Gate:
    """ASGI middleware in front of every page, file and websocket."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection through with its identity, or answer it directly."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        scope = dict(scope)
        signed_in, session_hash = await self._who(HTTPConnection(scope))
        scope["headers"] = _with_identity(scope["headers"], signed_in, session_hash)
        attach(scope, self.site, signed_in, session_hash)
        refused = refusal_of(HTTPConnection(scope), signed_in)
        if refused or scope["type"] == "http" or session_hash is None:
            await (refused or self.app)(scope, receive, send)
            return
        reason = partial(why_over, self.site.store, session_hash)
        async with CONNECTIONS.opened(session_hash, send, reason) as connection:
            await self.app(scope, receive, connection.send)

    async def _who(self, connection: HTTPConnection) -> tuple[SignedIn | None, str | None]:
        token = cookies.session_token(connection, secure=self.site.secure)
        path = connection.scope["path"]
        if not token or not doors.asks_who(path):
            return None, None
        session_hash = token_hash(token)
        look_up = resolve if doors.counts_as_action(path) else signed_in_by_hash
        return await run_in_threadpool(look_up, self.site.store, session_hash), session_hash


def why_over(store: Store, session_hash: str) -> int | None:
    """With which code the open pages of a sign-in are closed by now; None while it stands, or while nobody knows."""
    try:
        by = signed_in_by_hash(store, session_hash)
    except StoreFailed:
        return None
    if by is None:
        return SIGNED_OUT
    return PASSWORD_FIRST if by.must_change_password else None


def refusal_of(connection: HTTPConnection, signed_in: SignedIn | None) -> ASGIApp | None:
    """The refusal for a connection that may not pass, else None."""
    path = connection.scope["path"]
    door = doors.door_of(path)
    if door is Door.NOBODY:
        return _refuse(connection, 404, "server.not_found")
    if door in {Door.EVERYBODY, Door.API}:
        return None
    if signed_in is None:
        return _lead_to(connection, f"/login?next={_here(connection)}", 401, "server.sign_in_first")
    if signed_in.must_change_password and not doors.open_before_password(path):
        return _lead_to(
            connection, f"/password?next={_here(connection)}", 403, "server.change_password_first"
        )
    if doors.is_upload(path) and not any(may(signed_in, right) for right in TAKES_FILES):
        return _refuse(connection, 403, "server.upload_refused")
    return None


def _lead_to(connection: HTTPConnection, address: str, status: int, key: str) -> ASGIApp:
    """Redirect a person who opens a page, and refuse everything else."""
    if connection.scope["type"] == "http" and _opens_page(connection):
        return RedirectResponse(address, 303)
    return _refuse(connection, status, key)


def _refuse(connection: HTTPConnection, status: int, key: str) -> ASGIApp:
    if connection.scope["type"] == "websocket":
        return WebSocketClose(1008)  # before accepting, so that the browser gets a plain 403
    return PlainTextResponse(text(key, language_of(connection)), status)


def _opens_page(connection: HTTPConnection) -> bool:
    return connection.scope["method"] in {"GET", "HEAD"} and "text/html" in connection.headers.get(
        "accept", ""
    )


def _here(connection: HTTPConnection) -> str:
    url = connection.url
    return quote(f"{url.path}?{url.query}" if url.query else url.path, safe="")


def _with_identity(
    headers: Iterable[tuple[bytes, bytes]], signed_in: SignedIn | None, session_hash: str | None
) -> list[tuple[bytes, bytes]]:
    """The headers, with any identity from outside replaced by the one the gate has found."""
    own = [(name, value) for name, value in headers if name.lower() not in _IDENTITY]
    if signed_in and session_hash:
        own.append((OFFICER_HEADER.encode(), str(signed_in.officer_id).encode()))
        own.append((SESSION_HEADER.encode(), session_hash.encode()))
    return own
