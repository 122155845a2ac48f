"""Proof that a posted form came from our own page, and reading its fields."""

import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import HTTPConnection, Request

from server import cookies
from server.request_context import site_of
from tracking.messages import Message, Refusal

LARGEST_FORM = 16_384


class ForeignForm(Refusal):
    """A form posted from another site, or opened before the browser lost its cookie."""


async def fields_of(request: Request) -> Mapping[str, str]:
    """The fields of a posted form, without duplicates. Raises `Refusal` for more than 16 KiB."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise Refusal(Message("server.form_too_large"))
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def check_same_origin(request: Request) -> None:
    """Refuse a request sent by a page of another site. Raises `ForeignForm`.

    Every browser sends the origin with a POST; hosts are compared but not schemes, because TLS may end before
    us.
    """
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host"):
        raise ForeignForm(Message("server.form_foreign"))


def check_token(request: Request, fields: Mapping[str, str]) -> None:
    """Refuse a form whose token is not the one in the browser's cookie. Raises `ForeignForm`."""
    expected = cookies.form_token(request, secure=site_of(request).secure)
    if not expected or not hmac.compare_digest(expected.encode(), fields.get("token", "").encode()):
        raise ForeignForm(Message("server.form_stale"))


def token_for(connection: HTTPConnection) -> str:
    """The token for a form on a page: the browser's own, else a new one of 256 bits."""
    return cookies.form_token(connection, secure=site_of(connection).secure) or secrets.token_urlsafe(32)


def next_address(wanted: str | None) -> str:
    """Where to go afterwards: an address of this site, else the start page."""
    local = (
        wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    )
    return wanted if local and wanted else "/"
