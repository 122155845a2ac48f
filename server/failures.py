"""Every failure that a person would see is a page of ours, in their language, with all our headers."""

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message as Event, Receive, Scope, Send

from db.engine import STORE_AWAY
from server.html import page
from server.request_context import Site, attach, language_of
from tracking.messages import Message, text

_LOG = structlog.get_logger()
_WORDS = {404: "server.not_found", 405: "server.not_found", 503: "server.store_away"}
SOME_SECONDS = 10


class Failures:
    """ASGI middleware: what fails behind it, or is refused in a bare line, becomes a page where a page was asked for."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, and answer for whatever raised or was bare."""
        if scope["type"] != "http":
            await self._guard_socket(scope, receive, send)
            return
        begun = _Answer(send, wants_page(Request(scope)))
        try:
            await self.app(scope, receive, begun.send)
        except Exception as error:
            _LOG.error("request_failed", path=scope["path"], exc_info=error)
            if begun.started:
                raise
            begun.bare = 503 if isinstance(error, STORE_AWAY) else 500
        if begun.bare:
            answer = await self._page(scope, begun.bare)
            await answer(scope, receive, send)

    async def _guard_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A page that connects while the store is away is refused, and tries again by itself."""
        try:
            await self.app(scope, receive, send)
        except STORE_AWAY as error:
            _LOG.error("store_away", exc_info=error)
            await send({"type": "websocket.close", "code": 1013})

    async def _page(self, scope: Scope, status: int) -> Response:
        scope = dict(scope)
        attach(scope, self.site, None, None)
        request = Request(scope)
        said = Message(_WORDS.get(status, "server.failed"))
        if not wants_page(request):
            answer: Response = PlainTextResponse(text(said.key, language_of(request)), status)
        else:
            answer = await page(request, "refused.html", status, messages=(said,))
        if status == 503:
            answer.headers["Retry-After"] = str(SOME_SECONDS)
        return answer


class _Answer:
    """What comes back: a bare line where a page was asked for is held back, its status kept in `bare`."""

    def __init__(self, send: Send, page_wanted: bool) -> None:
        self.started, self.bare = False, 0
        self._send, self._page_wanted = send, page_wanted

    async def send(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            if self._page_wanted and event["status"] >= 400 and _is_bare(event):
                self.bare = event["status"]
            self.started = not self.bare
        if not self.bare:
            await self._send(event)


def _is_bare(event: Event) -> bool:
    headers: dict[bytes, bytes] = dict(event.get("headers", ()))
    return headers.get(b"content-type", b"text/plain").startswith(b"text/plain")


def wants_page(request: Request) -> bool:
    """Whether a person opens this address in a browser."""
    return "text/html" in request.headers.get("accept", "")
