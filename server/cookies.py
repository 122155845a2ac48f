"""The cookies: the session's, the forms' and the language's."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from tracking.vocabulary import Language

A_YEAR = 365 * 24 * 3600


def session_token(connection: HTTPConnection, *, secure: bool) -> str | None:
    """The session token sent by the browser, read only from the cookie name in use."""
    return connection.cookies.get(_named("sid", secure))


def form_token(connection: HTTPConnection, *, secure: bool) -> str | None:
    """The token that this browser's forms must carry."""
    return connection.cookies.get(_named("form", secure))


def set_session(response: Response, token: str, *, secure: bool) -> None:
    """Set the browser's session cookie until it closes; scripts cannot read it, other sites cannot send it."""
    response.set_cookie(_named("sid", secure), token, secure=secure, httponly=True, samesite="lax")


def clear_session(response: Response, *, secure: bool) -> None:
    """Delete the browser's session cookie."""
    response.delete_cookie(_named("sid", secure), secure=secure, httponly=True, samesite="lax")


def set_form_token(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the token its forms must carry."""
    response.set_cookie(_named("form", secure), token, secure=secure, httponly=True, samesite="lax")


def set_language(response: Response, language: Language, *, secure: bool) -> None:
    """Let the browser remember the language of its next sign-in page."""
    response.set_cookie("language", language, A_YEAR, secure=secure, httponly=True, samesite="lax")


def _named(name: str, secure: bool) -> str:
    # The prefix makes browsers reject a cookie set without TLS or by another host of the same domain.
    return f"__Host-{name}" if secure else name
