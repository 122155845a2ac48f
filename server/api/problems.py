"""API refusals: `application/problem+json` in the caller's language, naming every faulty field."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from db.store import Conflict, NotFound
from server.api.languages import language_of
from tracking.checks import confirmation_of
from tracking.messages import Message, Refusal, text

_LOG = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
STATUSES = (400, 401, 403, 404, 405, 409, 412, 413, 422, 428, 429, 500)
_KNOWN = {"missing": "missing", "extra_forbidden": "extra", "json_invalid": "json"}


class FieldProblem(BaseModel):
    """One fault: the field, a name that never changes, and a sentence in the caller's language.

    One that has only to be confirmed says in `confirm` what is sent as `confirmed` once somebody has looked at it.
    """

    field: str
    code: str
    message: str
    confirm: str | None = None


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Fault(Exception):
    """A refusal by the API itself."""

    def __init__(self, status: int, message: Message, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message)
        self.status, self.message, self.headers = status, message, headers or {}


class Unchanged(Exception):
    """The caller already has this version."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


Named = Sequence[tuple[str, Message]]


def problem(
    request: Request, status: int, named: Named, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer; `named` are the faults with their fields, "" for the request as a whole."""
    language = language_of(request)
    said = [
        FieldProblem(
            field=field,
            code=message.key,
            message=text(message.key, language, **message.values),
            confirm=confirmation_of(message),
        )
        for field, message in named
    ]
    body = Problem(
        title=text(f"api.title.{status}", language),
        status=status,
        detail=" ".join(one.message for one in said),
        errors=said,
    )
    known = {"Content-Language": language.replace("_", "-"), **(headers or {})}
    return JSONResponse(body.model_dump(), status, headers=known, media_type=MEDIA_TYPE)


def status_of(refused: Refusal) -> int:
    """403 for a missing right, 404, 409 for a wrong moment, 422 for faulty fields."""
    if isinstance(refused, NotFound):
        return 404
    if refused.messages[0].key.startswith("permission."):
        return 403
    return 422 if any(refused.fields) and not isinstance(refused, Conflict) else 409


def add_handlers(app: FastAPI) -> None:
    """Turn every exception of a route into a problem; unexpected ones reveal no internals."""

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refused: Refusal) -> Response:
        named = list(zip(refused.fields, refused.messages, strict=True))
        return problem(request, status_of(refused), named)

    @app.exception_handler(Fault)
    async def fault(request: Request, found: Fault) -> Response:
        return problem(request, found.status, [("", found.message)], found.headers)

    @app.exception_handler(Unchanged)
    async def tell_unchanged(_request: Request, found: Unchanged) -> Response:
        return Response(status_code=304, headers={"ETag": found.etag})

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, found: RequestValidationError) -> Response:
        return problem(request, 422, [_named(error) for error in found.errors()])

    @app.exception_handler(HTTPException)
    async def stop(request: Request, found: HTTPException) -> Response:
        status = found.status_code if found.status_code in STATUSES else 400
        return problem(request, status, [("", Message(f"api.refused.{status}"))], found.headers)

    @app.exception_handler(Exception)
    async def fail(request: Request, found: Exception) -> Response:
        _LOG.error("api_failed", path=request.url.path, error=type(found).__name__)
        return problem(request, 500, [("", Message("api.refused.500"))])


def _named(error: Mapping[str, Any]) -> tuple[str, Message]:
    kind = str(error["type"])
    # Where JSON breaks off is an offset in the text, not a field.
    field = "" if kind == "json_invalid" else ".".join(map(str, error["loc"][1:]))
    return field, Message(f"api.field.{_KNOWN.get(kind, 'wrong')}")
