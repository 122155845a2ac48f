"""The notice of urging as a download: for whom, and as what."""

from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest

from db.store import Store
from db.urging.actions import issue_slips
from tests.support.factories import at, filed_plan, people, typed_task
from tests.support.fonts import needs_chinese_font
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


def test_as_pdf_it_says_the_same_under_the_same_name_and_trail(officer: Browser, store: Store):
    needs_chinese_font()
    word, pdf = officer.get("/slip.docx?slip=1"), officer.get("/slip.pdf?slip=1")
    event = last_event(store)
    assert pdf.headers["content-type"] == "application/pdf"
    disposition = word.headers["content-disposition"].replace(".docx", ".pdf")
    assert pdf.headers["content-disposition"] == disposition
    assert event.action == "export_slip"
    with pypdfium2.PdfDocument(pdf.content) as pages:
        said = "".join(pages[0].get_textpage().get_text_range().split())
    lines = [line.text for line in docx.Document(BytesIO(word.content)).paragraphs]
    assert [line for line in lines if "".join(line.replace("\u200b", "").split()) not in said] == []


@pytest.mark.parametrize("query", ["", "?slip=9", "?slip=one"])
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_address_that_means_nothing_is_refused(officer: Browser, query: str, ending: str):
    assert officer.get(f"/slip.{ending}{query}").status_code == 404


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    assert visitor.get("/slip.docx?slip=1").headers["location"].startswith("/login")
