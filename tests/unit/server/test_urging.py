"""The notice of urging as a download: for whom, and as what."""

from datetime import date
from io import BytesIO

import docx
import pytest

from db.store import Store
from db.urging.actions import issue_slips
from tests.support.factories import at, filed_plan, people, typed_task
from tests.support.trail import last_event
from tests.unit.server.conftest import Browser


@pytest.fixture(autouse=True)
def _slip(store: Store):
    with at(date(2026, 3, 20)):
        (task_id,) = filed_plan(store, typed_task(1, due_on=date(2026, 3, 1)))
        issue_slips(
            store, by=people().member, task_ids=[task_id], answer_by=date(2026, 3, 30), demand="请反馈"
        )
        yield


def test_the_notice_is_a_download_that_no_cache_keeps(officer: Browser, store: Store):
    answer = officer.get("/slip.docx?slip=1")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=slip.docx")
    assert answer.headers["cache-control"] == "no-store"
    document = docx.Document(BytesIO(answer.content))
    assert "北省主管部门：" in [line.text for line in document.paragraphs]
    assert last_event(store).action == "export_slip"


@pytest.mark.parametrize("query", ["", "?slip=9", "?slip=one"])
def test_an_address_that_means_nothing_is_refused(officer: Browser, query: str):
    assert officer.get(f"/slip.docx{query}").status_code == 404


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    assert visitor.get("/slip.docx?slip=1").headers["location"].startswith("/login")
