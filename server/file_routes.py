"""A route that gives a file: made in its turn, and a page that tells the place where that lasts."""

from collections.abc import Callable
from functools import partial, wraps

from starlette.requests import Request
from starlette.responses import Response

from server.file_work import StillWaiting
from server.html import page
from server.made_beside import made_beside
from server.refusals import Endpoint, refused_as_page
from server.request_context import officer_of, site_of

# Seconds until the page showing the queue position asks again.
ASKS_AGAIN = 3


def made_in_turn(make: Callable[[Request], Response]) -> Endpoint:
    """A route for a function that makes a file; it never runs in a thread needed by pages and sign-in."""

    @wraps(make)
    async def endpoint(request: Request) -> Response:
        address = f"{request.url.path}?{request.url.query}"
        files, who = site_of(request).files, officer_of(request).officer_id
        try:
            return await files.answer(who, address, partial(made_beside, make, request))
        except StillWaiting as waiting:
            told = await page(request, "waiting.html", 429, place=waiting.place)
            told.headers["Retry-After"] = told.headers["Refresh"] = str(ASKS_AGAIN)
            return told

    return refused_as_page(endpoint)
