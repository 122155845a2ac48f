"""The register of moved dates as a file: whose lines, under which filters, and that taking them is kept."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from db.store import Store
from tests.support.factories import YEAR, amended, at, filed_plan, typed_task
from tests.support.trail import last_event
from tests.unit.server.conftest import Browser
from tracking.moves.columns import MOVE_COLUMNS, move_headers
from tracking.vocabulary import Language

ADDRESS = f"/moves.xlsx?notice=1&year={YEAR}"
TASK = typed_task(1, due_on=date(YEAR, 6, 30))


@pytest.fixture(autouse=True)
def _moved(store: Store):
    with at(date(YEAR, 3, 20)):
        filed_plan(store, TASK)
        amended(store, 1, replace(TASK, due_on=date(YEAR, 8, 31)))
        yield


def _words(browser: Browser, query: str = "") -> list[str]:
    """Every text of the sheet, row by row."""
    answer = browser.get(ADDRESS + query)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=moves.xlsx")
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.findall("<t[^>]*>([^<]*)</t>", sheet)


def test_the_file_has_the_lines_of_the_register_in_words(officer: Browser):
    title, *words = _words(officer)
    assert title == f"{YEAR} 年度调期台账"
    assert words[: len(MOVE_COLUMNS)] == list(move_headers(Language.ZH_CN).values())
    line = words[len(MOVE_COLUMNS) :]
    assert [
        word for word in ("任务1", "完成时限", "计划调整", "不影响", "展会改期") if word not in line
    ] == []


def test_the_file_is_narrowed_as_the_page_is_and_says_how(officer: Browser, store: Store):
    query = "&unit=1&measure=1&kind=due&cause=amendment&times=repeated"
    words = _words(officer, query)
    assert "任务1" not in words
    assert [word for word in ("举措1", "完成时限", "计划调整", "调整不止一次") if word not in words[-1]] == []
    event = last_event(store)
    assert (event.action, event.subject) == ("export_moves", "notice")
    assert event.detail["kind"] == "due"


@pytest.mark.parametrize("query", ["&kind=nonsense", "&cause=nonsense", "&unit=x", "&notice=99"])
def test_what_there_is_not_is_not_found(officer: Browser, query: str):
    assert officer.get(ADDRESS + query).status_code == 404
