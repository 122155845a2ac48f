"""A unit's own sheet and plan as downloads: under which name, for whom, and as what."""

from datetime import date
from io import BytesIO
from urllib.parse import unquote

import docx
import pytest

from db.store import Store
from tests.support.factories import NORTH, SOUTH, at, filed_plan, typed_task
from tests.unit.server.conftest import Browser

SHEET, PLAN = f"/unit.docx?period=1&unit={NORTH}", "/plan.docx?revision=1"


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store, typed_task(1), typed_task(2))
        yield


@pytest.mark.parametrize(
    ("address", "plain", "name"),
    [
        (SHEET, "unit.docx", "北省主管部门落实情况表（2026年第一季度，截至2026-03-20）.docx"),
        (PLAN, "plan.docx", "北省主管部门2026年工作计划（第1版）.docx"),
    ],
)
def test_it_is_a_download_under_its_own_name(officer: Browser, address: str, plain: str, name: str):
    answer = officer.get(address)
    assert answer.status_code == 200
    disposition = unquote(answer.headers["content-disposition"])
    assert disposition == f"attachment; filename={plain}; filename*=UTF-8''{name}"
    assert answer.headers["cache-control"] == "no-store"


def test_the_sheet_is_narrowed_by_its_address(officer: Browser):
    answer = officer.get(f"{SHEET}&measure=2&view=provinces&tree=today")
    tasks = docx.Document(BytesIO(answer.content)).tables[1]
    assert [row.cells[1].text for row in tasks.rows[1:]] == ["任务2\n（举措2）"]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/unit.docx",
            "/unit.docx?period=1",
            f"/unit.pdf?period=1&unit={SOUTH}",
            f"/unit.docx?period=9&unit={NORTH}",
        ),
        *(f"{SHEET}&light=pink", "/plan.docx", "/plan.pdf?revision=9", "/plan.docx?revision=one"),
    ],
)
def test_an_address_that_means_nothing_or_reaches_too_far_is_refused(officer: Browser, address: str):
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("address", [SHEET, PLAN])
def test_nobody_signed_in_gets_nothing(visitor: Browser, address: str):
    assert visitor.get(address).headers["location"].startswith("/login")
