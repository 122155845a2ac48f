"""The page for changing one's own password, voluntarily or when required."""

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.accounts import actions as accounts
from db.passwords import SHORTEST
from server.forms import check_same_origin, check_token, fields_of, next_address
from server.html import page
from server.request_context import officer_of, session_hash_of, site_of
from tracking.messages import Message, Refusal


async def show_password_form(request: Request) -> Response:
    """GET /password: the form."""
    return await _form(request, next_address(request.query_params.get("next")))


async def change_password(request: Request) -> Response:
    """POST /password: the new password counts from now on, every other sign-in ends, and the officer goes on."""
    fields: Mapping[str, str] = {}
    try:
        check_same_origin(request)
        fields = await fields_of(request)
        check_token(request, fields)
        if fields.get("password") != fields.get("repeated"):
            raise Refusal(Message("account.password_differs"), fields=("repeated",))
        change = partial(
            accounts.change_own_password,
            site_of(request).store,
            by=officer_of(request),
            current=fields.get("current", ""),
            password=fields.get("password", ""),
            session_hash=session_hash_of(request),
        )
        await site_of(request).passwords.run(change)
    except Refusal as refused:
        return await _form(request, next_address(fields.get("next")), refused)
    return RedirectResponse(next_address(fields.get("next")), 303)


async def _form(request: Request, wanted: str, refused: Refusal | None = None) -> Response:
    by = officer_of(request)
    wrong: dict[str, list[Message]] = {}
    for field, message in zip(refused.fields, refused.messages, strict=True) if refused else ():
        wrong.setdefault(field, []).append(message)
    return await page(
        request,
        "password.html",
        422 if refused else 200,
        by=by,
        wrong=wrong,
        shortest=SHORTEST,
        next=wanted,
    )
