"""Refusals that no form can show: a page with the sentence and a way on."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from db.store import NotFound
from db.turns import TooMany
from server.html import page
from tracking.messages import Refusal

# Until one of the waiting files will have been made.
SOME_SECONDS = 10
Endpoint = Callable[[Request], Awaitable[Response]]


def refused_as_page(endpoint: Endpoint) -> Endpoint:
    """Show a route's refusal as a page: 404 for what does not exist, 429 for too many at a time, else 403."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refused:
            answer = await page(request, "refused.html", status_of(refused), messages=refused.messages)
            if isinstance(refused, TooMany):
                answer.headers["Retry-After"] = str(SOME_SECONDS)
            return answer

    return guarded


def status_of(refused: Refusal) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refused, NotFound):
        return 404
    return 429 if isinstance(refused, TooMany) else 403
