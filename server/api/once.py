"""`Idempotency-Key` on every POST: a request sent again is not done again."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from db.api_answers import Asked, Kept, claim, forget, keep
from server.api.callers import caller_of
from server.api.problems import Fault
from server.request_context import site_of
from tracking.messages import Message, Refusal

HEADER = "idempotency-key"
LONGEST_KEY = 100
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[ -~]+$",
        description="Sent again with the same key within 24 hours, the request is not done again.",
    ),
]
# Requests that certainly changed nothing. After anything else nobody knows, and the key stays taken.
REFUSED = (Refusal, Fault, RequestValidationError, HTTPException)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def _told(idempotency_key: Key = None) -> str | None:
    """Describe the header in the OpenAPI document."""
    return idempotency_key


KEYED = Depends(_told)


class OnceRoute(APIRoute):
    """A route that repeats its answer for a repeated key, for 24 hours."""

    def get_route_handler(self) -> Handler:
        """The route's handler, called once per key."""
        handle = super().get_route_handler()

        async def once(request: Request) -> Response:
            key = request.headers.get(HEADER) if request.method == "POST" else None
            return await handle(request) if key is None else await _once(request, key, handle)

        return once


async def _once(request: Request, key: str, handle: Handler) -> Response:
    asked, store = await _asked(request, key), site_of(request).store
    before = await run_in_threadpool(claim, store, asked)
    if before is not None:
        return _again(asked, before)
    try:
        answer = await handle(request)
    except REFUSED:
        await run_in_threadpool(forget, store, asked)
        raise
    said = bytes(answer.body).decode()
    await run_in_threadpool(keep, store, asked, status=answer.status_code, answer=said)
    return answer


async def _asked(request: Request, key: str) -> Asked:
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Fault(422, Message("api.key_malformed", most=LONGEST_KEY))
    said = f"{request.url.path}?{request.url.query}\n".encode() + await request.body()
    return Asked(caller_of(request).token_id, key, hashlib.sha256(said).hexdigest())


def _again(asked: Asked, before: Kept) -> Response:
    """The answer to the first request. Raises `Fault` for another request, and while the first is in progress."""
    if before.request_hash != asked.request_hash:
        raise Fault(422, Message("api.key_of_another"))
    if before.status is None:
        raise Fault(409, Message("api.key_under_way"))
    headers = {"Idempotent-Replayed": "true"}
    return Response(before.answer, before.status, headers=headers, media_type="application/json")
