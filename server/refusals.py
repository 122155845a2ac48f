"""Refusals that no form can show: a page with the sentence and a way on."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from db.store import NotFound
from server.html import page
from tracking.messages import Refusal

Endpoint = Callable[[Request], Awaitable[Response]]


def refused_as_page(endpoint: Endpoint) -> Endpoint:
    """Show what a route refuses as a page, with status 403, or 404 for what is not there."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refused:
            status = 404 if isinstance(refused, NotFound) else 403
            return page(request, "refused.html", status, messages=refused.messages)

    return guarded
