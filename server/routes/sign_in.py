"""Signing in and out."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.engine import STORE_AWAY
from server import cookies
from server.connections import CONNECTIONS, SIGNED_OUT
from server.forms import ForeignForm, check_same_origin, check_token, fields_of, next_address
from server.html import page
from server.refusals import refused_as_page
from server.request_context import language_of, officer_of, session_hash_of, signed_in_of, site_of
from tracking.messages import Message, Refusal
from tracking.vocabulary import Language

_LOG = structlog.get_logger()


class StoreGone(Refusal):
    """Nobody can be looked up now."""


_STATUS: Mapping[type[Refusal], int] = {ForeignForm: 403, StoreGone: 503}


async def show_sign_in(request: Request) -> Response:
    """GET /login: the form; those already signed in are redirected."""
    wanted = next_address(request.query_params.get("next"))
    if signed_in_of(request):
        return RedirectResponse(wanted, 303)
    return await _form(request, {"next": wanted})


async def sign_in(request: Request) -> Response:
    """POST /login: set the session cookie and go on to where the person wanted to go, or show the form with an error.

    The form itself is checked before the store, and the account lock before the password.
    """
    fields: Mapping[str, str] = {}
    try:
        check_same_origin(request)
        fields = await fields_of(request)
        check_token(request, fields)
        return await _begin(request, fields)
    except Refusal as refused:
        return await _form(request, fields, refused)
    except STORE_AWAY as error:
        _LOG.error("store_away", exc_info=error)
        return await _form(request, fields, StoreGone(Message("server.store_away")))


async def _begin(request: Request, fields: Mapping[str, str]) -> Response:
    site = site_of(request)
    attempt = partial(
        sign_ins.sign_in,
        site.store,
        sign_in_name=fields.get("sign_in_name", ""),
        password=fields.get("password", ""),
    )
    token, by = await site.passwords.run(attempt)
    if fields.get("language") and language_of(request) is not by.language:
        await run_in_threadpool(accounts.set_language, site.store, by=by, language=language_of(request))
    response = RedirectResponse(next_address(fields.get("next")), 303)
    cookies.set_session(response, token, secure=site.secure)
    spoken = language_of(request) if fields.get("language") else by.language
    cookies.set_language(response, spoken, secure=site.secure)
    return response


async def _form(request: Request, fields: Mapping[str, str], refused: Refusal | None = None) -> Response:
    chosen = request.query_params.get("language", "")
    status = 200 if refused is None else _STATUS.get(type(refused), 401)
    response = await page(
        request,
        "sign_in.html",
        status,
        messages=refused.messages if refused else (),
        sign_in_name=fields.get("sign_in_name", ""),
        next=next_address(fields.get("next")),
        chosen=chosen,
        switch=lambda other: (
            "/login?" + urlencode({"language": other, "next": next_address(fields.get("next"))})
        ),
    )
    if chosen in set(Language):
        cookies.set_language(response, Language(chosen), secure=site_of(request).secure)
    return response


@refused_as_page
async def sign_out(request: Request) -> Response:
    """POST /logout: end the sign-in in the store and in every tab, delete the cookie, and show the sign-in page."""
    check_same_origin(request)
    site, session_hash = site_of(request), session_hash_of(request)
    end = partial(sign_ins.sign_out, site.store, by=officer_of(request), session_hash=session_hash)
    await run_in_threadpool(end)
    CONNECTIONS.end(session_hash, SIGNED_OUT)
    response = RedirectResponse("/login", 303)
    cookies.clear_session(response, secure=site.secure)
    return response
