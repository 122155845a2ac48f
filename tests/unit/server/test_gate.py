"""The gate: what anybody gets, what only somebody signed in gets, and what nobody gets."""

import json
from pathlib import Path

import pytest

from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.accounts.actions import NewAccount
from db.accounts.queries import signed_in_by_hash
from db.store import Store
from pages.shared.navigation import PAGES
from server.gate import OFFICER_HEADER, SESSION_HEADER
from tests.unit.server.conftest import CHOSEN, HOST, Browser, shake_hands
from tracking.vocabulary import Role

STREAM = "/_stcore/stream"
REFUSED = {"type": "websocket.close", "code": 1008, "reason": ""}
SPOOFED = {OFFICER_HEADER: "1", SESSION_HEADER.upper(): "0" * 64}


def headers_behind(visitor: Browser, path: str = "/media/x", **headers: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in visitor.ask("GET", path, headers=headers).json()["headers"]:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize(
    "address", ["/", "/evidence/1", "/ledger.xlsx", "/nothing", *(f"/{name}" for name in PAGES)]
)
def test_anybody_who_opens_a_page_is_led_to_sign_in_and_back(visitor: Browser, address):
    answer = visitor.get(f"{address}?unit=1&next=2")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2F")
    assert answer.headers["location"].endswith("%3Funit%3D1%26next%3D2")


@pytest.mark.parametrize(
    "address", ["/media/abc.png", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/logout"]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_anybody_else_is_refused_without_a_word_of_what_is_there(visitor: Browser, address, method):
    answer = visitor.ask(method, address)
    assert (answer.status_code, answer.text) == (401, "请先登录。")


@pytest.mark.parametrize(
    "address",
    [
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
        "/overview/_stcore/metrics",
        "/component/x/index.html",
        "/oauth2callback",
        "/auth/login",
    ],
)
def test_what_nobody_needs_is_not_there_for_anybody(officer: Browser, address):
    assert officer.ask("GET", address).status_code == 404


def test_health_and_the_front_ends_files_are_open(visitor: Browser):
    for address in (
        "/_stcore/health",
        "/static/js/index.1a2b.js",
        "/assets/forms.css",
        "/favicon.png",
        "/healthz",
    ):
        assert visitor.ask("GET", address).status_code == 200, address


def test_no_static_address_leads_out_of_the_folder(visitor: Browser, static_folder: Path):
    (static_folder.parent / "secret.txt").write_text("secret")
    for address in (
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/",
        "/static/js",
        "/assets/..%2fsite.py",
    ):
        assert visitor.ask("GET", address).status_code in {401, 404}, address


def test_a_websocket_of_nobody_is_refused_before_it_is_accepted(build):
    assert shake_hands(build(), STREAM, *SPOOFED.items()) == [REFUSED]


def test_a_websocket_of_an_officer_carries_who_it_is_and_nothing_claimed(
    build, officer: Browser, store: Store
):
    session_hash = sign_ins.token_hash(officer.session)
    cookie = ("cookie", f"sid={officer.session}")
    accepted, sent, _ = shake_hands(build(), STREAM, *SPOOFED.items(), cookie)
    headers = [tuple(header) for header in json.loads(sent["text"]) if header[0].startswith("x-signed-in")]
    officer_id = signed_in_by_hash(store, session_hash).officer_id
    assert accepted["type"] == "websocket.accept"
    assert headers == [(OFFICER_HEADER, str(officer_id)), (SESSION_HEADER, session_hash)]


def test_a_claimed_identity_is_taken_off_every_request(officer: Browser, visitor: Browser):
    headers = headers_behind(officer, **SPOOFED)
    assert headers[SESSION_HEADER] == [sign_ins.token_hash(officer.session)]
    assert headers[OFFICER_HEADER] != ["1"]
    visitor.cookies.clear()
    assert OFFICER_HEADER not in headers_behind(visitor, "/_stcore/health", **SPOOFED)


def test_a_cookie_of_another_name_or_of_no_session_opens_nothing(visitor: Browser):
    for name, value in (("sid", "x" * 43), ("__Host-sid", "x" * 43), ("sid", ""), ("token", "1")):
        visitor.cookies.clear()
        visitor.cookies.set(name, value, domain=HOST)
        assert visitor.ask("GET", "/media/x").status_code == 401


def test_before_the_initial_password_is_changed_every_page_leads_there(
    visitor: Browser, account: NewAccount, build
):
    visitor.sign_in(account)
    for name in ("", *PAGES):
        assert visitor.get(f"/{name}").headers["location"] == f"/password?next=%2F{name}"
    assert visitor.ask("GET", "/media/x").status_code == 403
    assert shake_hands(build(), STREAM, ("cookie", f"sid={visitor.session}")) == [REFUSED]
    assert visitor.get("/password").status_code == 200


def test_an_ended_session_opens_nothing_any_more(officer: Browser, store: Store):
    by = signed_in_by_hash(store, sign_ins.token_hash(officer.session))
    assert officer.ask("GET", "/media/x").status_code == 200
    sign_ins.sign_out(store, by=by, session_hash=sign_ins.token_hash(officer.session))
    assert officer.ask("GET", "/media/x").status_code == 401


def test_files_are_taken_only_from_those_who_have_a_page_for_them(officer: Browser, store: Store):
    def answer() -> tuple[int, str]:
        given = officer.ask("PUT", "/_stcore/upload_file/a/b", content=b"x")
        return given.status_code, given.text

    assert answer()[0] == 200
    by = signed_in_by_hash(store, sign_ins.token_hash(officer.session))
    guard = accounts.create_account(
        store, by=None, sign_in_name="guard", name="安", roles=[Role.SECURITY_ADMINISTRATOR]
    )
    _, security = sign_ins.sign_in(store, sign_in_name="guard", password=guard.password)
    accounts.revoke_role(store, by=security, officer_id=by.officer_id, role=Role.REPORTING_OFFICER)
    accounts.grant_role(store, by=security, officer_id=by.officer_id, role=Role.SIGNATORY)
    assert answer() == (403, "您没有上传文件的权限。")
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.MEMBER):
        accounts.grant_role(store, by=security, officer_id=by.officer_id, role=role)
        assert answer()[0] == 200
        accounts.revoke_role(store, by=security, officer_id=by.officer_id, role=role)


def test_a_reconnection_is_no_action_of_the_officer(officer: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.gate.resolve", lambda *_: pytest.fail("it was counted"))
    assert officer.ask("GET", "/_stcore/host-config").status_code == 200


def test_every_page_is_the_front_end_in_the_officers_language(officer: Browser):
    for name in ("", "overview", "nothing"):
        page = officer.get(f"/{name}")
        assert '<html lang="zh-CN">' in page.text
        assert "script-src 'self' 'sha256-" in page.headers["content-security-policy"]
    officer.post("/language", {"language": "en", "next": "/overview"})
    assert '<html lang="en">' in officer.get("/overview").text


def test_the_home_has_one_address(officer: Browser):
    answer = officer.get("/home?unit=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?unit=1")


def test_every_answer_carries_the_headers_that_hold_a_browser(visitor: Browser):
    for address in (
        "/login",
        "/",
        "/media/x",
        "/static/js/index.1a2b.js",
        "/static/no",
        "/_stcore/metrics",
        "/healthz",
    ):
        headers = visitor.ask("GET", address).headers
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["x-frame-options"] == "DENY", address
        assert "frame-ancestors 'none'" in headers["content-security-policy"], address
        assert headers["referrer-policy"] == "same-origin", address
        assert "strict-transport-security" not in headers
    assert visitor.get("/login").headers["cache-control"] == "no-store"
    assert CHOSEN not in visitor.get("/login").text


def test_with_tls_browsers_are_told_to_keep_to_it(build, store: Store):
    store.settings.secure_cookies = True
    answer = Browser(build(), secure=True).get("/login")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
