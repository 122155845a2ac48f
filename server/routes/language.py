"""Switching the language, remembered by the account and the browser."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db.accounts import actions as accounts
from server import cookies
from server.forms import check_same_origin, fields_of, next_address
from server.refusals import refused_as_page
from server.request_context import officer_of, site_of
from tracking.vocabulary import Language


@refused_as_page
async def choose_language(request: Request) -> Response:
    """POST /language: switch to this language, and go back to where the officer was."""
    check_same_origin(request)
    fields = await fields_of(request)
    language = Language.EN if fields.get("language") == Language.EN else Language.ZH_CN
    site = site_of(request)
    await run_in_threadpool(accounts.set_language, site.store, by=officer_of(request), language=language)
    response = RedirectResponse(next_address(fields.get("next")), 303)
    cookies.set_language(response, language, secure=site.secure)
    return response
