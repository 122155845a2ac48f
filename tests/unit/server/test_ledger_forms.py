"""The ledger form and the marked workbook as downloads: for whom, under which name, and what is in them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from db.store import Store
from db.tables import Upload
from db.uploads import actions as uploads
from db.uploads.drops import upload_ledgers
from db.uploads.retention import GivenFile
from tests.support.containers import as_texts
from tests.support.factories import FIRST_QUARTER, at, filed_plan, people
from tests.support.ledgers import filled, form_of
from tests.support.trail import last_event
from tests.unit.server.conftest import Browser

ADDRESS = f"/ledger-form.xlsx?period={FIRST_QUARTER}"


@pytest.fixture(autouse=True)
def _march(store: Store):
    with at(date(2026, 3, 20)):
        filed_plan(store)
        yield


def test_the_form_is_a_download_and_the_trail_tells_of_it(officer: Browser, store: Store):
    answer = officer.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=ledger-form.xlsx")
    assert openpyxl.load_workbook(BytesIO(answer.content)).sheetnames == ["台账填报", "填报说明"]
    assert last_event(store).action == "export_ledger_form"


@pytest.mark.parametrize("query", ["", "?period=99", "?period=x", "?period=2"])
def test_there_is_no_form_of_a_period_that_takes_no_reports(officer: Browser, query: str):
    assert officer.get(f"/ledger-form.xlsx{query}").status_code in {403, 404}


def test_the_workbook_comes_back_to_its_uploader_with_every_problem_in_its_cell(
    visitor: Browser, officer: Browser, store: Store
):
    cast = people()
    content = filled(form_of(store, cast.officer), {("actual.1", 0): "约三场"})
    upload_id = uploads.upload_ledger(store, by=cast.officer, name="台账.xlsx", content=content)
    assert officer.get(f"/ledger-marked.xlsx?upload={upload_id}").status_code == 404
    # The account of the test is another officer's; the upload is handed to it.
    with store.write(None) as tx:
        row = tx.load(Upload, upload_id)
        row.officer_id = _officer_id(store)
        tx.audit("plant", row)
    answer = officer.get(f"/ledger-marked.xlsx?upload={upload_id}")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    marked = [cell for line in sheet.iter_rows(min_row=5) for cell in line if cell.comment]
    assert [(cell.value, cell.fill.start_color.rgb) for cell in marked] == [("约三场", "00FFC7CE")]
    assert "数字" in marked[0].comment.text


def test_a_table_of_texts_comes_back_as_a_workbook_under_its_own_name(officer: Browser, store: Store):
    cast = people()
    content = as_texts(filled(form_of(store, cast.officer), {("actual.1", 0): "约三场"}), "gb18030")
    upload_id = uploads.upload_ledger(store, by=cast.officer, name="台账.csv", content=content)
    with store.write(None) as tx:
        row = tx.load(Upload, upload_id)
        row.officer_id = _officer_id(store)
        assert row.name == "台账.csv"
        tx.audit("plant", row)
    answer = officer.get(f"/ledger-marked.xlsx?upload={upload_id}")
    assert "%E5%8F%B0%E8%B4%A6.xlsx" in answer.headers["content-disposition"]
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["CSV"]
    marked = [cell for line in sheet.iter_rows() for cell in line if cell.comment]
    assert [(cell.value, cell.fill.start_color.rgb) for cell in marked] == [("约三场", "00FFC7CE")]


def test_of_several_workbooks_the_one_asked_for_comes_back_marked(officer: Browser, store: Store):
    cast = people()
    form = form_of(store, cast.officer)
    files = [GivenFile("好.xlsx", form), GivenFile("差.xlsx", filled(form, {("actual.1", 0): "约三场"}))]
    upload_id = upload_ledgers(store, by=cast.officer, files=[*files, GivenFile("坏.xlsx", b"%PDF")])
    with store.write(None) as tx:
        row = tx.load(Upload, upload_id)
        row.officer_id = _officer_id(store)
        tx.audit("plant", row)
    answer = officer.get(f"/ledger-marked.xlsx?upload={upload_id}&file=1")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for line in sheet.iter_rows(min_row=5) for cell in line if cell.comment] == ["约三场"]
    assert officer.get(f"/ledger-marked.xlsx?upload={upload_id}&file=2").status_code == 404


def _officer_id(store: Store) -> int:
    from db.accounts.queries import account_named

    with store.read() as session:
        return account_named(session, "zhang.san").officer_id


def test_nobody_signed_in_gets_nothing(visitor: Browser):
    for address in (ADDRESS, "/ledger-marked.xlsx?upload=1"):
        assert visitor.get(address).headers["location"].startswith("/login")
