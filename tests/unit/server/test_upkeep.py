"""What the server does by itself: the work of the day, the log, and what a failing page says."""

import asyncio
import json
from datetime import timedelta

import pytest
import structlog
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from db import clock
from db.accounts.actions import NewAccount
from db.audit.anchor import anchors
from db.figures.past import is_kept
from db.periods.queries import year_in_hand
from db.store import Store
from server import daily, log
from server.routes.health import state_of
from tests.support.cheaply import log_plainly
from tests.unit.server.conftest import Browser
from tracking.spans import DAYS_BACK


def test_the_head_of_the_trail_is_noted_once_a_day(store: Store, account: NewAccount):
    daily.work_of_the_day(store)
    noted = anchors(store)
    daily.work_of_the_day(store)
    assert anchors(store) == noted
    assert set(noted) == {store.data_version()}


def test_the_days_usually_asked_for_are_kept_ahead(store_with_sample: Store):
    daily.keep_usual_days(store_with_sample)
    year = year_in_hand(store_with_sample, notice_id=1, on=clock.today())
    for ago in (1, DAYS_BACK):
        known_on = clock.today() - timedelta(ago)
        assert is_kept(store_with_sample, notice_id=1, year=year, known_on=known_on), ago


def test_a_store_that_cannot_be_reached_is_tried_again_next_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    tried: list[Store] = []

    def fail(failing: Store) -> None:
        tried.append(failing)
        raise OperationalError("", {}, OSError("gone"))

    async def end(_seconds: float) -> None:
        if len(tried) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(daily, "work_of_the_day", fail)
    monkeypatch.setattr(daily, "keep_usual_days", lambda _store: None)
    monkeypatch.setattr("asyncio.sleep", end)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(daily.keep_daily(store))
    assert tried == [store, store]


def test_health_tells_why_it_is_not_well(visitor: Browser, store: Store, monkeypatch: pytest.MonkeyPatch):
    assert visitor.ask("GET", "/healthz").json() == {"store": "ready"}
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = visitor.ask("GET", "/healthz")
    assert (answer.status_code, answer.json()) == (503, {"store": "needs_migration"})

    def unreachable(_store: Store) -> bool:
        raise OperationalError("", {}, OSError("gone"))

    monkeypatch.setattr("server.routes.health.is_current", unreachable)
    assert state_of(store) == "unreachable"


def test_the_log_is_one_json_line_an_event_without_the_values_a_function_held(
    capsys: pytest.CaptureFixture[str],
):
    log.configure_log()

    def fail(phone: str) -> None:
        raise ValueError("no")

    try:
        fail("010-12345678")
    except ValueError as error:
        structlog.get_logger().error("script_failed", exc_info=error)
    log_plainly()
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["event"] == "script_failed"
    assert "12345678" not in line


def _failing_page() -> None:
    import streamlit as st

    from server.script_errors import report_script_error
    from tracking.messages import Message, Refusal

    st.session_state["language"] = st.query_params.get("language", "zh_CN")
    report_script_error(Refusal(Message("store.not_found"), Message("sign_in.wrong")))
    report_script_error(ValueError("a secret of the inside"))


@pytest.mark.parametrize(
    ("language", "beginning"), [("zh_CN", "要找的内容不存在"), ("en", "This no longer exists")]
)
def test_a_failing_page_says_a_sentence_in_the_officers_language(language, beginning):
    page = AppTest.from_function(_failing_page)
    page.query_params["language"] = language
    refused, wrong, failed = (error.value for error in page.run().error)
    assert refused.startswith(beginning)
    assert wrong != refused
    assert "secret" not in failed
