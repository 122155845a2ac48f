"""The letter about gaps as a download: for whom, about whom, and as what."""

from datetime import date
from io import BytesIO

import docx
import pytest

from db.store import Store
from tests.support.factories import NORTH, SOUTH, at, filed_plan, typed_task
from tests.unit.server.conftest import Browser


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store, typed_task(1))
        yield


def test_the_letter_is_a_download_that_no_cache_keeps(officer: Browser):
    answer = officer.get(f"/coverage.docx?notice=1&unit={NORTH}")
    assert answer.status_code == 200
    assert "wordprocessingml" in answer.headers["content-type"]
    assert answer.headers["content-disposition"].startswith("attachment; filename=coverage.docx")
    assert answer.headers["cache-control"] == "no-store"
    document = docx.Document(BytesIO(answer.content))
    assert "北省主管部门：" in [line.text for line in document.paragraphs]


@pytest.mark.parametrize("query", ["", "?notice=9", "?notice=one", f"?notice=1&unit={SOUTH}"])
def test_an_address_that_means_nothing_or_reaches_too_far_is_refused(officer: Browser, query: str):
    assert officer.get(f"/coverage.docx{query}").status_code == 404


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    assert visitor.get("/coverage.docx?notice=1").headers["location"].startswith("/login")
