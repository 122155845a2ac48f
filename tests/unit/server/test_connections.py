"""An open page is closed with the reason, and nothing is sent to it from that moment on."""

import asyncio
import logging.handlers
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from sqlalchemy.exc import InternalError, OperationalError
from streamlit.error_util import handle_user_script_exception
from structlog.testing import capture_logs

from db.accounts import sign_in_actions as sign_ins
from db.accounts.queries import signed_in_by_hash
from db.identity import PasswordFirst, SignedOut
from db.store import Store
from server import connections, gate, script_errors
from server.connections import CONNECTIONS, PASSWORD_FIRST, SIGNED_OUT, STORE_AWAY
from server.gate import why_over
from tests.unit.server.conftest import HOST, session_of
from tracking.messages import Message, Refusal
from tracking.vocabulary import Role

AWAY = OperationalError("", {}, Exception())


@pytest.fixture
def cookies(store: Store) -> dict[str, str]:
    return session_of(store, name="某人", sign_in_name="somebody", authority_id=None, roles=[Role.LEADERSHIP])


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOOKED_AT_EVERY", 0.01)


async def _behind(scope: Any, receive: Any, send: Any) -> None:
    """Stands for Streamlit: answers each frame with one, until the browser is gone."""
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "text": "drawn"})


def talk(site: Any, cookies: dict[str, str], frames: Iterator[Any]) -> list[dict[str, Any]]:
    """What a browser hears that sends these frames; one that is callable is something that happens meanwhile."""
    heard: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        for frame in frames:
            if not callable(frame):
                return {"type": "websocket.receive", "text": frame}
            frame()
        while not any(one["type"] == "websocket.close" for one in heard):
            await asyncio.sleep(0.01)
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(message: dict[str, Any]) -> None:
        heard.append(message)

    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = [(b"host", HOST.encode()), (b"cookie", cookie.encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": headers}
    asyncio.run(asyncio.wait_for(gate.Gate(_behind, site)(scope, receive, send), 60))
    return heard


def closed(heard: list[dict[str, Any]]) -> tuple[int, int]:
    """How often something was drawn, and the code of the end."""
    drawn = sum(one["type"] == "websocket.send" for one in heard)
    return drawn, next(one["code"] for one in heard if one["type"] == "websocket.close")


def test_a_page_hears_by_itself_that_its_sign_in_is_over(store: Store, cookies: dict[str, str]):
    site = gate.Site(store)
    session_hash = sign_ins.token_hash(cookies["sid"])
    by = signed_in_by_hash(store, session_hash)
    assert by

    def leave() -> None:
        sign_ins.sign_out(store, by=by, session_hash=session_hash)

    assert closed(talk(site, cookies, iter(["a click", leave]))) == (1, SIGNED_OUT)


def test_from_its_end_on_nothing_is_sent(store: Store, cookies: dict[str, str]):
    session_hash = sign_ins.token_hash(cookies["sid"])

    def end() -> None:
        assert CONNECTIONS.end(session_hash, STORE_AWAY)

    heard = talk(gate.Site(store), cookies, iter(["before", end, "after"]))
    assert closed(heard) == (1, STORE_AWAY)
    assert not CONNECTIONS.end(session_hash, STORE_AWAY), "a connection that is gone is forgotten"


def test_why_a_sign_in_is_over(store: Store, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    session_hash = sign_ins.token_hash(cookies["sid"])
    assert why_over(store, session_hash) is None
    assert why_over(store, "0" * 64) == SIGNED_OUT
    by = signed_in_by_hash(store, session_hash)
    assert by
    with store.upkeep() as session:
        session.connection().exec_driver_sql("UPDATE account SET must_change_password = 1")
    assert why_over(store, session_hash) == PASSWORD_FIRST

    def fail(*_: object) -> None:
        raise AWAY

    monkeypatch.setattr(gate, "signed_in_by_hash", fail)
    assert why_over(store, session_hash) is None, "nobody knows while the store is away"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SignedOut(Message("access.signed_out")), SIGNED_OUT),
        (PasswordFirst(Message("access.change_password_first")), PASSWORD_FIRST),
        (AWAY, STORE_AWAY),
        (InternalError("", {}, Exception()), STORE_AWAY),
        (Refusal(Message("store.not_found")), None),
        (ZeroDivisionError(), None),
    ],
)
def test_a_script_s_error_ends_the_connection_or_is_shown(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: int | None
):
    ended: list[tuple[str, int]] = []
    shown: list[str] = []
    monkeypatch.setattr(CONNECTIONS, "end", lambda *asked: ended.append(asked) or True)
    monkeypatch.setattr(st, "error", shown.append)
    monkeypatch.setattr(st, "user", {"session_hash": "5e"})
    assert script_errors.report_script_error(error)
    assert (ended, bool(shown)) == ([("5e", code)] if code else [], code is None)


@pytest.mark.parametrize(
    ("error", "logged"),
    [(SignedOut(Message("access.signed_out")), []), (ZeroDivisionError(), ["Uncaught app execution"])],
)
def test_an_end_that_is_expected_writes_no_traceback(
    monkeypatch: pytest.MonkeyPatch, error: Exception, logged: list[str]
):
    """Streamlit itself writes whatever ends a script, before it asks what is to be shown."""
    script_errors.quiet_refusals()
    its_log, heard = logging.getLogger(script_errors.ITS_LOG), logging.handlers.BufferingHandler(99)
    monkeypatch.setattr(its_log, "handlers", [heard])
    with capture_logs() as ours:
        handle_user_script_exception(error, script_errors.report_script_error)
    assert [record.getMessage() for record in heard.buffer] == logged
    (line,) = ours
    assert (line["log_level"], "exc_info" in line) == (("error", True) if logged else ("info", False))
