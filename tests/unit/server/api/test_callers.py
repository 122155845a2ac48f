"""Nothing of the API answers without a token, and a token never opens more than its officer may."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from db import api_answers, clock
from db.accounts import actions as accounts, sign_in_actions as sign_ins, token_actions
from db.api_answers import Asked
from db.store import Store
from db.tables import Account, ApiToken, RoleGrant
from server.api import plans, tasks
from server.api.limits import Limiter
from tests.support.factories import at, people
from tests.unit.server.api.conftest import DAY, Program, application, token_of
from tracking.vocabulary import TokenScope

ADDRESSES = ("/me", "/tasks", "/openapi.json", "/nothing", "/../x", "/me%0A")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic YTpi", "Bearer " + "x" * 300])
def test_without_a_good_token_every_address_answers_401(app: Starlette, path: str, header: str | None):
    headers = {} if header is None else {"Authorization": header}
    answer = Program(app, None).get(path, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_signed_in_browser_opens_nothing_without_a_token(store: Store, app: Starlette):
    token, _ = sign_ins.sign_in(store, sign_in_name="officer1", password="north-of-the-river")
    assert Program(app, None).get("/me", headers={"Cookie": f"sid={token}"}).status_code == 401


def test_an_unknown_address_and_a_wrong_method_are_problems_too(officer: Program):
    for path, method, status in (
        ("/nothing", "GET", 404),
        ("/nothing%0A", "GET", 404),
        ("/me", "DELETE", 405),
    ):
        answer = officer.ask(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_token_ends_when_it_is_revoked_and_when_its_time_is_over(store: Store, app: Starlette):
    program, by = Program(app, token_of(store, people().officer)), people().officer
    assert program.get("/me").status_code == 200
    with at(DAY + timedelta(9)):
        assert program.get("/me").status_code == 200
    with at(DAY + timedelta(10)):
        assert program.get("/me").status_code == 401
    token_actions.revoke_own_token(store, by=by, token_id=1)
    assert program.get("/me").status_code == 401


def test_a_token_ends_with_its_account_for_good(store: Store, app: Starlette):
    program, administrator = Program(app, token_of(store, people().officer)), people().administrator
    for active in (False, True):
        accounts.set_active(store, by=administrator, account_id=1, active=active)
        assert program.get("/me").status_code == 401


def test_a_token_ends_with_the_password_it_was_made_under(store: Store, app: Starlette):
    by, password = people().officer, "north-of-the-river"
    program = Program(app, token_of(store, by))
    changed = {"current": password, "password": "Plain-Words-2026", "session_hash": ""}
    accounts.change_own_password(store, by=by, **changed)
    assert program.get("/me").status_code == 401
    again = Program(app, token_of(store, by))
    assert again.get("/me").status_code == 200
    accounts.reset_password(store, by=people().administrator, account_id=1)
    assert again.get("/me").status_code == 401


def test_a_token_waits_while_an_initial_password_must_be_changed(store: Store, app: Starlette):
    program = Program(app, token_of(store, people().officer))
    for must_change, status in ((True, 401), (False, 200)):
        with store.upkeep() as session:
            session.get_one(Account, 1).must_change_password = must_change
        assert program.get("/me").status_code == status


def test_a_token_has_the_rights_its_officer_has_now(store: Store, officer: Program):
    with store.upkeep() as session:
        session.get_one(RoleGrant, 1).revoked_at = clock.now()
    answer = officer.get("/me")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "api.no_right")


def test_a_token_to_read_writes_nothing(store: Store, app: Starlette):
    program = Program(app, token_of(store, people().officer, TokenScope.READ))
    assert program.get("/me").status_code == 200
    assert program.ask("POST", "/plans", json={"year": 2027}).json()["errors"][0]["code"] == "api.read_only"


def test_its_use_is_noted_once_a_minute(store: Store, officer: Program):
    officer.get("/me")
    with store.read() as session:
        assert session.get_one(ApiToken, 1).last_used_at == clock.now()


def test_who_asks_too_much_is_told_when_to_come_again(store: Store, tmp_path: Path):
    now = [0.0]
    limiter = Limiter(rate=0.5, burst=2, now=lambda: now[0])
    app = application(store, tmp_path, limiter)
    eager, other = (
        Program(app, token_of(store, people().officer)),
        Program(app, token_of(store, people().member)),
    )
    assert [eager.get("/me").status_code for _ in range(3)] == [200, 200, 429]
    refused = eager.get("/me")
    assert (refused.headers["retry-after"], refused.json()["title"]) == ("2", "请求过于频繁")
    assert other.get("/me").status_code == 200
    now[0] = 2
    assert eager.get("/me").status_code == 200


def test_the_memory_of_the_limiter_is_bounded(monkeypatch):
    monkeypatch.setattr("server.api.limits.REMEMBERED", 2)
    limiter = Limiter()
    for token_id in range(5):
        assert limiter.wait(token_id) == 0
    assert len(limiter._buckets) <= 2


def test_a_body_without_end_is_refused(officer: Program):
    answer = officer.ask("POST", "/updates", content=b"[" * (5 * 1024 * 1024))
    assert (answer.status_code, answer.json()["title"]) == (413, "内容过大")


def test_a_fault_inside_tells_nothing_of_the_inside(officer: Program, monkeypatch):
    def broken(*_args, **_asked):
        raise RuntimeError("secret table name")

    monkeypatch.setattr(tasks, "task_page", broken)
    answer = officer.get("/tasks")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text


def test_a_websocket_finds_no_door(app: Starlette):
    answers = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        answers.append(message)

    scope = {"type": "websocket", "path": "/api/v1/me", "headers": [(b"host", b"tracker.example")]}
    asyncio.run(app({**scope, "query_string": b"", "scheme": "ws", "root_path": ""}, receive, send))
    assert answers[0]["type"] == "websocket.close"


def test_an_answer_is_forgotten_after_a_day_and_one_under_way_is_told(store: Store):
    token_of(store, people().officer)
    asked = Asked(1, "march", "a")
    assert api_answers.claim(store, asked) is None
    assert api_answers.claim(store, asked).status is None
    with at(DAY + timedelta(2)):
        assert api_answers.claim(store, asked) is None


def test_a_request_under_way_is_not_begun_again(store: Store, officer: Program, monkeypatch):
    monkeypatch.setattr("server.api.once.keep", lambda *_args, **_asked: None)
    headers = {"Idempotency-Key": "march"}
    assert officer.ask("POST", "/plans", json={"year": 2027}, headers=headers).status_code == 201
    again = officer.ask("POST", "/plans", json={"year": 2027}, headers=headers)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "api.key_under_way")


def test_after_a_fault_inside_the_key_stays_taken_since_nobody_knows(officer: Program, monkeypatch):
    started = plans.start_plan

    def done_and_lost(store, **asked):
        started(store, **asked)
        raise RuntimeError("the answer is lost")

    headers = {"Idempotency-Key": "march"}
    with monkeypatch.context() as patched:
        patched.setattr(plans, "start_plan", done_and_lost)
        assert officer.ask("POST", "/plans", json={"year": 2027}, headers=headers).status_code == 500
    again = officer.ask("POST", "/plans", json={"year": 2027}, headers=headers)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "api.key_under_way")
