"""A register as a workbook: whose entries, which of them, and as what."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from db.registers.files import keep_register_file
from db.store import Store
from tests.support.factories import NORTH, at, people
from tests.support.register_cases import ABROAD, COOPERATION_ID, PDF, add_registers, recorded
from tests.unit.server.conftest import Browser

ADDRESS = f"/registers.xlsx?register={COOPERATION_ID}"


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        add_registers(store)
        content = {**ABROAD, "partner_body": "=商会", "sides": "multilateral", "countries": ["KZ"]}
        recorded(store, people().officer, "cooperation", content)
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
    found = texts(officer, "&unit=1&region=华北&entry=商会&country=KZ")
    assert found[0] == "登记册"
    assert found[2:6] == ["登记单位", "伙伴国家（地区）或组织", "涉及国家（地区）", "伙伴机构"]
    assert {"北省", "某国", "=商会", "多边", "哈萨克斯坦"} <= set(found)
    assert any("华北、北省主管部门、哈萨克斯坦、查找“商会”、现行" in text for text in found)
    assert "某国" not in texts(officer, "&kept=withdrawn")


def test_a_file_of_an_entry_is_sent_to_who_may_read_it(officer: Browser, store: Store):
    asked = {"register_id": COOPERATION_ID, "authority_id": NORTH, "name": "总结.pdf", "content": PDF}
    kept = keep_register_file(store, by=people().officer, **asked)
    answer = officer.get(f"/register-files/{kept}")
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert officer.get("/register-files/999").status_code == 404


@pytest.mark.parametrize("query", ["?register=none", "", "?register=99", "?register=2&unit=x"])
def test_an_address_that_means_nothing_is_refused(officer: Browser, query: str):
    assert officer.get(f"/registers.xlsx{query}").status_code == 404
