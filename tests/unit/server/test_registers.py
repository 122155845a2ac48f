"""A register as a workbook: whose entries, which of them, and as what."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from db.registers.actions import record_entry
from db.store import Store
from tests.support.factories import NORTH, at, people
from tests.unit.server.conftest import Browser
from tracking.validation.registers import CooperationDraft

ADDRESS = "/registers.xlsx?register=cooperation&notice=1"


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        draft = CooperationDraft("某国", "=商会", multilateral=True, established_on=date(2026, 2, 1))
        record_entry(store, by=people().officer, authority_id=NORTH, notice_id=1, draft=draft)
        yield


def texts(browser: Browser, query: str = "") -> list[str]:
    """Every text of the sheet in its order, after the name of the sheet."""
    answer = browser.get(ADDRESS + query)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=register.xlsx")
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        return names + re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/worksheets/sheet1.xml").decode())


def test_the_workbook_has_the_entries_that_the_filters_let_through(officer: Browser):
    found = texts(officer, "&unit=1&region=华北&entry=商会")
    assert found[0] == "双多边机制"
    assert found[2:6] == ["单位", "伙伴国家（地区）", "伙伴机构", "类别"]
    assert {"北省", "某国", "=商会", "多边"} <= set(found)
    assert any("华北、北省主管部门、查找“商会”、现行" in text for text in found)
    assert "某国" not in texts(officer, "&kept=withdrawn")


@pytest.mark.parametrize("query", ["?register=none&notice=1", "?notice=9", "?notice=x", "?notice=1&unit=x"])
def test_an_address_that_means_nothing_is_refused(officer: Browser, query: str):
    assert officer.get(f"/registers.xlsx{query}").status_code == 404
