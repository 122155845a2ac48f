"""The ledger as a file: whose lines, which of them, how they are sent, and that taking them is kept."""

import csv
from datetime import date
from io import StringIO

import pytest

from db.accounts import actions as accounts
from db.identity import SignedIn
from db.prepared import prepare
from db.store import Store
from tests.support.factories import FIRST_QUARTER, at, filed_plan, typed_task
from tests.support.trail import last_event
from tests.unit.server.conftest import CHOSEN, Browser
from tracking.vocabulary import Role

ADDRESS = f"/ledger.csv?period={FIRST_QUARTER}"


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store, typed_task(1), typed_task(3))
        yield


def enter_as(visitor: Browser, store: Store, role: Role, authority_id: int | None = None) -> Browser:
    made = accounts.create_account(
        store, by=None, sign_in_name="other", name="李四", authority_id=authority_id, roles=[role]
    )
    visitor.sign_in(made)
    visitor.post("/password", {"current": made.password, "password": CHOSEN, "repeated": CHOSEN})
    return visitor


def tasks_of(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(ADDRESS + query)
    assert answer.status_code == 200
    *rows, foot = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert "2026-03-20" in foot["序号"]
    assert "计入汇总" in rows[-1]["序号"] or "筛选" in rows[-1]["序号"], "how to recompute, below the lines"
    return [row["工作任务"] for row in rows if row["工作任务"]]


def test_the_file_has_the_lines_that_the_filters_let_through(officer: Browser):
    assert tasks_of(officer) == ["任务1", "任务3"]
    assert tasks_of(officer, "&measure=3") == ["任务3"]
    assert tasks_of(officer, "&unit=1&light=red") == tasks_of(officer, "&light=overdue") == []
    assert tasks_of(officer, "&text=任务1") == ["任务1"]
    assert tasks_of(officer, "&region=华北") == ["任务1", "任务3"]
    assert tasks_of(officer, "&region=华南") == []


def test_nobody_gets_lines_out_of_reach(visitor: Browser, store: Store):
    assert tasks_of(enter_as(visitor, store, Role.REPORTING_OFFICER, 2)) == []


def test_a_workbook_is_a_download_that_no_cache_keeps(officer: Browser):
    answer = officer.get(f"/ledger.xlsx?period={FIRST_QUARTER}&light=green")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert "spreadsheetml" in answer.headers["content-type"]
    assert answer.headers["content-disposition"].startswith("attachment; filename=ledger.xlsx")
    assert answer.headers["cache-control"] == "no-store"


def test_what_was_taken_stands_in_the_trail(officer: Browser, store: Store):
    tasks_of(officer, "&measure=3")
    event = last_event(store)
    assert (event.action, event.subject, event.subject_id) == ("export_ledger", "reporting_period", 1)
    assert event.detail == {"file_format": "csv", "measure_id": 3}


def test_without_the_right_there_is_no_file(visitor: Browser, store: Store):
    answer = enter_as(visitor, store, Role.SYSTEM_ADMINISTRATOR).get(ADDRESS)
    assert answer.status_code == 403
    assert "导出" in answer.text


@pytest.mark.parametrize(
    "query", ["", "?period=99", "?period=one", "?period=1&light=pink", "?period=1&unit=x"]
)
def test_an_address_that_means_nothing_is_refused_in_words(officer: Browser, query: str):
    answer = officer.get(f"/ledger.xlsx{query}")
    assert 400 <= answer.status_code < 500


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    assert visitor.get(ADDRESS).headers["location"].startswith("/login")


def test_a_file_that_was_made_beforehand_is_its_makers_alone(officer: Browser, store: Store):
    tasks_of(officer)
    by = SignedIn(last_event(store).officer_id, "张三", 1, frozenset(), "x")
    ticket = prepare(store, by, "台账.xlsx", iter([b"PK", b"34"]))
    answer = officer.get(f"/prepared?ticket={ticket}")
    assert (answer.content, answer.headers["content-length"]) == (b"PK34", "4")
    assert "%E5%8F%B0%E8%B4%A6.xlsx" in answer.headers["content-disposition"]
    assert officer.get("/prepared?ticket=nobody").status_code == 404
