"""Workbooks that a real office suite has opened, recalculated and saved, and one that no library of ours ever wrote."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.authorities.scope import NATION
from db.ledger.queries import ledger_frame
from db.reference.queries import units_frame
from db.store import Store
from db.uploads.tasks import ledger_tasks_of
from tests.app.looping import period_of
from tests.support.databases import SqliteFiles
from tests.support.ledgers import edited, made, place
from tests.support.office import converted
from tests.support.plan_files import PLAN_FORM
from tests.support.templates import sample_store
from tests.unit.documents.test_ledger_forms import FORM, judged
from tracking.documents.excel import ledger_workbook
from tracking.documents.plan_form import form_rows
from tracking.documents.plan_rows import FormKey
from tracking.documents.plan_template import plan_template
from tracking.documents.workbook_reading import read_workbook
from tracking.ledgers.columns import ledger_headers
from tracking.vocabulary import Language, Verdict

FLAT = Path(__file__).with_name("ledger.fods")


def test_a_form_that_was_recalculated_and_saved_says_the_same(tmp_path: Path):
    form = tmp_path / "form.xlsx"
    form.write_bytes(edited(FORM, lambda sheet: setattr(place(sheet, "actual.1", 0), "value", "=1000+234.5")))
    (tmp_path / "saved").mkdir()
    (saved,) = converted(tmp_path / "saved", form)
    rows = judged(saved.read_bytes())
    assert rows[0].values["actual.1"] == Decimal("1234.5")
    assert [row.verdict for row in rows[1:]] == [Verdict.UNCHANGED] * 3


@pytest.fixture
def sample(sqlite_files: SqliteFiles, tmp_path: Path) -> Store:
    return sqlite_files.fresh(sample_store, tmp_path / "data")


def test_the_ledgers_of_all_units_come_back_from_the_suite_without_a_difference(
    sample: Store, tmp_path: Path
):
    period_id = period_of(sample)
    units = units_frame(sample)["unit_id"].tolist()
    tasks = {
        unit_id: ledger_tasks_of(sample, NATION, authority_ids=[unit_id], period_id=period_id)
        for unit_id in units
    }
    given = {unit_id: tmp_path / f"{unit_id}.xlsx" for unit_id in units}
    for unit_id, file in given.items():
        file.write_bytes(made(tasks[unit_id], period_id=period_id))
    (tmp_path / "saved").mkdir()
    saved = converted(tmp_path / "saved", *given.values())
    rows = [
        row
        for unit_id, file in zip(units, saved, strict=True)
        for row in judged(file.read_bytes(), tasks[unit_id], period_id)
    ]
    assert len(rows) == sum(map(len, tasks.values())) > 300
    left = {Verdict.UNCHANGED, Verdict.NO_CHANGE}
    assert [(row.row, row.changes) for row in rows if row.verdict not in left or row.findings] == []


def test_the_national_ledger_comes_back_from_the_suite_without_a_difference(sample: Store, tmp_path: Path):
    lines = ledger_frame(sample, NATION, period_id=period_of(sample))
    about = {"title": "台账", "source": "来源", "as_of": date(2026, 11, 23), "filters": ""}
    headers = ledger_headers(Language.ZH_CN)
    file = tmp_path / "ledger.xlsx"
    file.write_bytes(ledger_workbook(lines, headers=headers, language=Language.ZH_CN, **about))
    (tmp_path / "saved").mkdir()
    (saved,) = converted(tmp_path / "saved", file)
    before, after = (read_workbook(path.read_bytes())[0] for path in (file, saved))
    assert len(after.rows) > len(lines) > 300
    assert list(map(filled, after.rows)) == list(map(filled, before.rows))
    assert after.merged == before.merged


def filled(row: Sequence[object]) -> list[object]:
    """A row to its last value: how far a sheet reaches is the program's own affair."""
    values = list(row)
    while values and values[-1] in {None, ""}:
        values.pop()
    return values


def test_a_workbook_that_no_library_of_ours_wrote_is_read_whole(tmp_path: Path):
    (saved,) = converted(tmp_path, FLAT)
    (sheet,) = read_workbook(saved.read_bytes())
    rows = {at: filled(row) for at, row in enumerate(sheet.rows, start=1)}
    assert sheet.name == "2026年台账"
    assert rows[1] == ["某市2026年专项行动台账"]
    assert rows[3] == ["一", "办展会\n（含线上）", 1234.5, 0.625, date(2026, 9, 30), True]
    assert rows[4][1:4] == ["１，２３４\u200b", "12.5%", 3.0]
    assert sheet.merged == ((1, 1, 1, 6), (3, 1, 5, 1))
    assert sheet.hidden == {4, 6}
    assert dict(sheet.faults) == {"C5": "#DIV/0!", "D5": "#N/A"}
    assert sheet.percents == {"D3"}


def test_the_form_of_a_plan_that_the_suite_has_saved_says_the_same(tmp_path: Path):
    form = tmp_path / "plan.xlsx"
    form.write_bytes(plan_template(PLAN_FORM, on=date(2027, 1, 5), language=Language.ZH_CN))
    (tmp_path / "saved").mkdir()
    (saved,) = converted(tmp_path / "saved", form)
    rows = form_rows(read_workbook(saved.read_bytes()), PLAN_FORM.plan_id)
    assert [row.key for row in rows] == [FormKey(5, 3, touched=False)]
