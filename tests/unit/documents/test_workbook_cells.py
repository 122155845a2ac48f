"""One value in a cell: its kind is kept, nothing that Excel would drop is lost whole."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from tests.support.ledgers import made
from tests.support.plan_files import PLAN_FORM
from tests.unit.documents.test_ledger_forms import task
from tracking.documents.plan_template import plan_template
from tracking.documents.workbook_cells import write_value
from tracking.validation import UpdateDraft
from tracking.vocabulary import Language


def kept(value: object) -> object:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        style = book.add_format({"num_format": "yyyy-mm-dd"} if isinstance(value, date) else {})
        write_value(book.add_worksheet(), (0, 0), value, style)  # type: ignore[arg-type]  # whatever the case gives
    found = openpyxl.load_workbook(out).active["A1"].value
    return found.date() if isinstance(found, datetime) else found


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("007", "007"),
        ("=1+1", "=1+1"),
        ("", None),
        (None, None),
        (3, 3),
        (Decimal("1234.50"), 1234.5),
        (date(2026, 9, 30), date(2026, 9, 30)),
    ],
)
def test_a_value_comes_back_as_it_is(value: object, told: object):
    assert kept(value) == told


def test_a_text_longer_than_excel_takes_is_cut_in_the_forms_too():
    long = "长" * 40_000
    (standing,) = PLAN_FORM.tasks
    draft = replace(standing.draft, goal=long)
    plan = replace(PLAN_FORM, tasks=[replace(standing, draft=draft)])
    for form in (
        made([task(1, draft=UpdateDraft(progress=long))]),
        plan_template(plan, on=date(2027, 1, 5), language=Language.ZH_CN),
    ):
        cells = [cell.value for row in openpyxl.load_workbook(BytesIO(form)).worksheets[0] for cell in row]
        assert [len(text) for text in cells if "长长" in str(text)] == [32_767]
    assert kept(long) == "长" * 32_766 + "…"
