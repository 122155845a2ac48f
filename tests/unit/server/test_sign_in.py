"""Signing in, out, the own password and the language, as a browser sends them."""

import asyncio
import re
import threading
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from db.accounts import sign_in_actions as sign_ins
from db.accounts.actions import NewAccount
from db.accounts.queries import signed_in_by_hash
from db.store import Store
from server.request_context import PasswordThreads
from tests.unit.server.conftest import CHOSEN, Browser
from tracking.messages import Refusal


def set_cookies(answer) -> str:
    return "\n".join(answer.headers.get_list("set-cookie"))


def sentence(answer) -> str:
    return " ".join(
        re.findall(r"<p>(.*?)</p>", answer.text.partition('role="alert"')[2].partition("</div>")[0])
    )


def fields(account: NewAccount, **changed: str) -> dict[str, str]:
    return {"sign_in_name": account.sign_in_name, "password": account.password, "next": "/", **changed}


def test_the_right_password_opens_the_page_that_was_wanted(visitor: Browser, account: NewAccount):
    page = visitor.get("/login?next=%2Foverview%3Funit%3D1")
    assert 'value="/overview?unit=1"' in page.text
    answer = visitor.post("/login", fields(account, next="/overview?unit=1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview?unit=1")


def test_without_tls_the_cookie_is_hidden_from_scripts_and_other_sites(visitor: Browser, account: NewAccount):
    cookie = set_cookies(visitor.sign_in(account))
    assert re.search(r"^sid=[\w-]{43}; HttpOnly; Path=/; SameSite=lax$", cookie, re.MULTILINE)


def test_with_tls_the_cookie_is_the_hosts_own_too(
    build: Callable[[], Starlette], store: Store, account: NewAccount
):
    store.settings.secure_cookies = True
    visitor = Browser(build(), secure=True)
    cookie = set_cookies(visitor.sign_in(account))
    assert re.search(r"^__Host-sid=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure$", cookie, re.MULTILINE)
    assert "Domain" not in cookie
    assert visitor.get("/login").headers["location"] == "/"


def test_the_store_keeps_the_digest_and_not_the_cookie(visitor: Browser, account: NewAccount, store: Store):
    visitor.sign_in(account)
    assert signed_in_by_hash(store, sign_ins.token_hash(visitor.session))
    assert signed_in_by_hash(store, visitor.session) is None


def test_a_wrong_password_keeps_the_typed_name_and_says_one_sentence(visitor: Browser, account: NewAccount):
    answer = visitor.sign_in(account, "wrong")
    assert answer.status_code == 401
    assert 'value="zhang.san"' in answer.text
    assert sentence(answer) == "用户名或密码不正确，请核对后重试。"
    assert visitor.session is None


def test_what_was_typed_is_shown_as_text_only(visitor: Browser):
    visitor.get("/login")
    answer = visitor.post(
        "/login", {"sign_in_name": '"><script>x</script>', "password": "y", "next": '"><b>'}
    )
    assert "<script>" not in answer.text
    assert "<b>" not in answer.text


def test_too_many_failures_lock_and_say_until_when(visitor: Browser, account: NewAccount):
    for _ in range(sign_ins.FAILURES_ALLOWED):
        answer = visitor.sign_in(account, "wrong")
    assert re.search(r"密码连续输错 5 次，账号已锁定至 \d\d:\d\d", sentence(answer))
    assert "账号已锁定" in sentence(visitor.sign_in(account))


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://tracker.example.evil.example", "x"]
)
def test_a_form_of_another_site_is_refused_before_the_store_is_asked(
    visitor: Browser, account: NewAccount, origin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "db.accounts.sign_in_actions.sign_in", lambda *_, **__: pytest.fail("the store was asked")
    )
    visitor.get("/login")
    assert visitor.post("/login", fields(account), origin=origin).status_code == 403


def test_a_form_without_its_token_or_origin_is_refused(visitor: Browser, account: NewAccount):
    visitor.get("/login")
    assert visitor.post("/login", fields(account), token=False).status_code == 403
    assert visitor.post("/login", fields(account, token="x"), token=False).status_code == 403
    assert visitor.ask("POST", "/login", data=fields(account)).status_code == 403
    visitor.cookies.clear()
    assert visitor.post("/login", fields(account, token=""), token=False).status_code == 403


def test_a_form_of_great_length_is_refused(visitor: Browser, account: NewAccount):
    visitor.get("/login")
    assert "过长" in sentence(visitor.post("/login", fields(account, password="x" * 20_000)))


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/\tx"]
)
def test_the_way_on_never_leads_to_another_site(visitor: Browser, account: NewAccount, wanted):
    visitor.get("/login")
    assert visitor.post("/login", fields(account, next=wanted)).headers["location"] == "/"


def test_the_page_is_chinese_first_and_english_on_request(visitor: Browser, account: NewAccount):
    assert '<html lang="zh-CN">' in visitor.get("/login").text
    english = visitor.get("/login?language=en")
    assert '<html lang="en">' in english.text
    assert '<html lang="en">' in visitor.get("/login").text
    assert '<html lang="zh-CN">' in visitor.get("/login?language=zh_CN").text
    assert '<html lang="zh-CN">' in visitor.get("/login?language=xx").text


def test_a_language_chosen_before_sign_in_is_remembered_by_the_account(visitor: Browser, account: NewAccount):
    visitor.get("/login?language=en")
    visitor.post("/login?language=en", fields(account, language="en"))
    assert "Change password" in visitor.get("/password").text
    visitor.cookies.clear()
    visitor.sign_in(account)
    assert "Change password" in visitor.get("/password").text


def test_the_switch_is_remembered_by_the_account(officer: Browser, account: NewAccount):
    answer = officer.post("/language", {"language": "en", "next": "/overview"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")
    officer.cookies.clear()
    officer.sign_in(account, CHOSEN)
    assert '<html lang="en">' in officer.get("/").text


def test_signing_out_ends_the_session_and_takes_the_cookie(officer: Browser, store: Store):
    session_hash = sign_ins.token_hash(officer.session)
    answer = officer.post("/logout", {}, token=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert officer.session is None
    assert signed_in_by_hash(store, session_hash) is None


@pytest.mark.parametrize("address", ["/logout", "/language", "/password"])
def test_another_site_signs_nobody_out_and_changes_nothing(officer: Browser, address):
    answer = officer.post(address, {"language": "en"}, origin="http://evil.example")
    assert answer.status_code in {403, 422}
    assert "并非来自本系统页面" in answer.text
    assert '<html lang="zh-CN">' in officer.get("/").text


def test_following_a_link_signs_nobody_out(officer: Browser):
    officer.get("/logout")
    assert officer.ask("GET", "/media/x").status_code == 200


def test_the_initial_password_is_changed_before_anything_else(visitor: Browser, account: NewAccount):
    led = visitor.get(visitor.sign_in(account).headers["location"]).headers["location"]
    assert led == "/password?next=%2F"
    change = {"current": account.password, "password": CHOSEN, "repeated": "differs"}
    answer = visitor.post("/password", change)
    assert (answer.status_code, sentence(answer)) == (422, "两次输入的新密码不一致，请重新输入。")
    answer = visitor.post("/password", change | {"password": "short", "repeated": "short"})
    assert sentence(answer) == "新密码不足 12 个字符，请加长。"
    answer = visitor.post("/password", change | {"current": "x", "repeated": CHOSEN})
    assert sentence(answer) == "当前密码不正确，请重新输入。"
    assert visitor.post("/password", change | {"repeated": CHOSEN}, token=False).status_code == 422
    assert visitor.post("/password", change | {"repeated": CHOSEN}).headers["location"] == "/"
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "led"), [("/report?task=7", "/report?task=7"), ("https://foreign.example/", "/"), ("//x", "/")]
)
def test_after_the_password_one_goes_on_to_where_one_wanted(
    visitor: Browser, account: NewAccount, wanted: str, led: str
):
    visitor.sign_in(account)
    shown = visitor.get(f"/password?{urlencode({'next': wanted})}").text
    assert f'name="next" value="{led}"' in shown
    change = {"current": account.password, "password": CHOSEN, "next": wanted}
    again = visitor.post("/password", change | {"repeated": "differs"})
    assert f'name="next" value="{led}"' in again.text
    assert visitor.post("/password", change | {"repeated": CHOSEN}).headers["location"] == led


def test_no_password_comes_back_to_the_browser(visitor: Browser, account: NewAccount):
    visitor.sign_in(account)
    change = {"current": account.password, "password": "short", "repeated": "short"}
    assert account.password not in visitor.post("/password", change).text


def test_more_than_a_few_waiting_passwords_are_sent_away():
    async def crowd() -> list[object]:
        threads = PasswordThreads(threads=1, waiting=1)
        release = threading.Event()
        asyncio.get_running_loop().call_later(0.1, release.set)
        return await asyncio.gather(*(threads.run(release.wait) for _ in range(4)), return_exceptions=True)

    assert [type(result) for result in asyncio.run(crowd())] == [bool, bool, Refusal, Refusal]
