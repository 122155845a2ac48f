"""Whatever fails, a person gets a page of ours, in their language, with every header; a program one line."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from db.accounts import sign_in_actions as sign_ins
from db.store import Store
from server import gate, html
from server.failures import Failures
from server.headers import ALWAYS, UNLESS_SAID, SecurityHeaders
from server.host_config import ADDRESS, CONFIG
from server.html import POLICY
from server.request_context import Site
from tests.unit.server.conftest import Browser, shake_hands

AWAY = OperationalError("SELECT secret", {}, Exception("secret"))
STREAM = "/_stcore/stream"


async def _away(_: Request) -> Response:
    raise AWAY


async def _broken(_: Request) -> Response:
    raise ZeroDivisionError("secret")


async def _bare(_: Request) -> Response:
    return PlainTextResponse("Method Not Allowed", 405)


async def _json(_: Request) -> Response:
    return JSONResponse({"error": "as it is"}, 409)


@pytest.fixture
def failing(store: Store) -> Browser:
    routes = [Route("/away", _away), Route("/broken", _broken), Route("/bare", _bare), Route("/json", _json)]
    site = Site(store)
    middleware = [Middleware(SecurityHeaders, secure=False), Middleware(Failures, site=site)]
    return Browser(Starlette(routes=routes, middleware=middleware))


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/away", 503, ("数据库暂时不可用", "The database is away")),
        ("/broken", 500, ("系统出现错误", "Something went wrong")),
        ("/bare", 405, ("此地址不存在", "There is nothing at this address")),
        ("/nowhere", 404, ("此地址不存在", "There is nothing at this address")),
    ],
)
def test_a_failure_is_a_page_of_ours(failing: Browser, address: str, status: int, words: tuple[str, str]):
    for language, expected in zip(("zh_CN", "en"), words, strict=True):
        answer = failing.get(f"{address}?language={language}")
        assert answer.status_code == status
        assert expected in answer.text
        assert "secret" not in answer.text
        assert answer.headers["content-security-policy"] == POLICY
        told = ALWAYS | {"Cache-Control": UNLESS_SAID["Cache-Control"]}
        assert {name: answer.headers[name] for name in told} == told
    assert ("retry-after" in answer.headers) is (status == 503)


def test_a_program_gets_one_line_or_what_was_answered(failing: Browser):
    answer = failing.ask("GET", "/away")
    assert (answer.status_code, answer.text) == (503, "数据库暂时不可用，请稍后再试。")
    assert failing.ask("GET", "/bare").text == "Method Not Allowed"
    assert failing.get("/json").json() == {"error": "as it is"}


def test_what_fails_after_it_has_begun_is_not_begun_again(store: Store):
    async def begins(_: Any, __: Any, send: Callable[..., Any]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Browser(Failures(begins, site=Site(store))).get("/x")


@pytest.fixture
def store_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the store is away."""

    def fail(*_: object, **__: object) -> None:
        raise AWAY

    for module, name in (
        (gate, "resolve"),
        (gate, "signed_in_by_hash"),
        (html, "sample_loaded"),
        (sign_ins, "sign_in"),
    ):
        monkeypatch.setattr(module, name, fail)


@pytest.mark.usefixtures("store_away")
def test_while_the_store_is_away_the_sign_in_stands_and_says_so(visitor: Browser):
    assert visitor.get("/login?next=/report").status_code == 200
    asked = {"sign_in_name": "somebody", "password": "x", "next": "/report?task=7"}
    answer = visitor.post("/login", asked)
    assert (answer.status_code, "数据库暂时不可用" in answer.text) == (503, True)
    assert 'value="/report?task=7"' in answer.text
    assert 'value="somebody"' in answer.text


@pytest.mark.usefixtures("store_away")
def test_while_the_store_is_away_a_page_is_refused_and_may_try_again(
    visitor: Browser, build: Callable[[], Starlette]
):
    visitor.cookies.set("sid", "5e")
    assert visitor.get("/report").status_code == 503
    assert visitor.ask("GET", ADDRESS).status_code == 503
    [refused] = shake_hands(build(), STREAM, ("cookie", "sid=5e"))
    assert refused["type"] == "websocket.close"


def test_the_front_end_opens_no_boxes_and_listens_to_no_other_window(officer: Browser):
    assert officer.ask("GET", ADDRESS).json() == CONFIG
    assert (CONFIG["blockErrorDialogs"], CONFIG["allowedOrigins"]) == (True, [])
