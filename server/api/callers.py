"""API authentication: a bearer token comes first, with its rights. Cookies count for nothing here."""

import math

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message as Sent, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from db.accounts.token_actions import Caller, resolve_token
from db.audit.sample import sample_loaded
from server.api.limits import Limiter, limited
from server.api.problems import Fault, problem
from server.request_context import site_of
from tracking.messages import Message
from tracking.permissions import Right, may
from tracking.vocabulary import TokenScope

_CALLER = "tracker.caller"
SAMPLE_HEADER = (b"x-sample-data", b"true")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_SECRET = 200


class Doorkeeper:
    """ASGI middleware in front of the whole API, including unknown addresses."""

    def __init__(self, app: ASGIApp, limiter: Limiter) -> None:
        self.app = app
        self.limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with its caller, or refuse it."""
        if scope["type"] != "http":
            await WebSocketClose(1008)(scope, receive, send)
            return
        request = Request(scope)
        caller = await run_in_threadpool(_caller, request)
        sample = await run_in_threadpool(sample_loaded, site_of(request).store)
        refused = self._refusal(request, caller)
        scope[_CALLER] = caller
        await (refused or self.app)(
            scope, limited(receive, scope["path"]), _marking(send) if sample else send
        )

    def _refusal(self, request: Request, caller: Caller | None) -> Response | None:
        if caller is None:
            return _refuse(request, 401, "api.refused.401", {"WWW-Authenticate": "Bearer"})
        seconds = self.limiter.wait(caller.token_id)
        if seconds:
            return _refuse(request, 429, "api.refused.429", {"Retry-After": str(math.ceil(seconds))})
        if not may(caller.by, Right.USE_TOKENS):
            return _refuse(request, 403, "api.no_right")
        if request.method not in READING and caller.scope is not TokenScope.WRITE:
            return _refuse(request, 403, "api.read_only")
        return None


def _marking(send: Send) -> Send:
    """The same, but marking every answer as invented sample data."""

    async def marked(message: Sent) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], SAMPLE_HEADER]
        await send(message)

    return marked


def caller_of(connection: HTTPConnection) -> Caller:
    """The caller, for a route behind the doorkeeper."""
    caller: Caller = connection.scope[_CALLER]
    return caller


def reads_progress(request: Request) -> None:
    """Refuse whoever sees no progress: all routes but those of authorities and of the catalogue answer with some. Raises `Fault`."""
    if not may(caller_of(request).by, Right.VIEW_PROGRESS):
        raise Fault(403, Message("api.no_right"))


def _caller(request: Request) -> Caller | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 0 < len(secret.strip()) <= LONGEST_SECRET:
        return None
    return resolve_token(site_of(request).store, secret.strip())


def _refuse(request: Request, status: int, key: str, headers: dict[str, str] | None = None) -> Response:
    return problem(request, status, [("", Message(key))], headers)
