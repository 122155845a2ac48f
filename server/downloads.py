"""Sending a freshly made file, and reading numbers and days from an address."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from db.store import NotFound
from server.growing import GrowingResponse
from tracking.messages import Message


def attached(content: bytes, *, plain: str, name: str, media_type: str) -> Response:
    """An uncached download called `name`; `plain` is its ASCII name for programs that support no other."""
    return Response(content, headers=_headers(plain, name), media_type=media_type)


def streamed(
    parts: Iterator[bytes], *, plain: str, name: str, media_type: str, size: int | None = None
) -> Response:
    """The same for a file that comes in parts; with a size in bytes, browsers show progress."""
    return StreamingResponse(parts, headers=_headers(plain, name, size), media_type=media_type)


def growing(
    parts: Iterator[bytes], *, plain: str, name: str, media_type: str, size: int | None = None
) -> Response:
    """The same for a file that is sent while still being made."""
    return GrowingResponse(parts, _headers(plain, name, size), media_type)


def _headers(plain: str, name: str, size: int | None = None) -> dict[str, str]:
    given = quote(name.replace(" ", "_"), safe="")
    disposition = f"attachment; filename={plain}; filename*=UTF-8''{given}"
    length = {} if size is None else {"Content-Length": str(size)}
    return {"Content-Disposition": disposition, "Cache-Control": "no-store", **length}


def number_of(request: Request, name: str) -> int | None:
    """The number in the address under a name, None if absent. Raises `NotFound` for anything else."""
    given = request.query_params.get(name, "")
    if given and not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise NotFound(Message("store.not_found"))
    return int(given) if given else None


def day_of(request: Request, name: str) -> date | None:
    """The day in the address under a name, None if absent. Raises `NotFound` for anything else."""
    given = request.query_params.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise NotFound(Message("store.not_found")) from None
