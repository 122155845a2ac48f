"""Filling in the ledger form as a person would, with a different library from the one that wrote it."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from db import clock
from db.identity import SignedIn
from db.store import Store
from db.uploads.actions import export_ledger_form
from tests.support.factories import FIRST_QUARTER
from tracking.documents.ledger_template import ledger_template
from tracking.ledgers.handed import FormScope
from tracking.ledgers.rows import LedgerTask
from tracking.vocabulary import Language

NAMES_LINE, FIRST_LINE = 3, 5


def form_of(
    store: Store, by: SignedIn, period_id: int = FIRST_QUARTER, language: Language = Language.ZH_CN
) -> bytes:
    """The form as the product gives it to this person."""
    form = export_ledger_form(store, by=by, period_id=period_id)
    return made(form.tasks, period_id=period_id, on=clock.today(), language=language, scope=form.scope)


def made(
    tasks: list[LedgerTask],
    period_id: int = 1,
    on: date = date(2026, 3, 20),
    language: Language = Language.ZH_CN,
    scope: FormScope | None = None,
) -> bytes:
    """The form for these tasks."""
    words = {"period": "本期", "authority": "某单位"}
    return ledger_template(tasks, period_id=period_id, on=on, language=language, scope=scope, **words)


def place(sheet: Any, field: str, line: int) -> Any:
    """The cell of a field in the nth line of tasks, from 0."""
    for cell in sheet[NAMES_LINE]:
        if cell.value == f"#{field}":
            return sheet.cell(FIRST_LINE + line, cell.column)
    raise AssertionError(f"no column {field}")


def edited(form: bytes, change: Callable[[Any], object]) -> bytes:
    """The form after somebody did this to its first sheet."""
    book = load_workbook(BytesIO(form))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(form: bytes, values: Mapping[tuple[str, int], Any]) -> bytes:
    """The form with these values, by field and line."""

    def change(sheet: Any) -> None:
        for (field, line), value in values.items():
            place(sheet, field, line).value = value

    return edited(form, change)


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part put into its archive, or replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(workbook: bytes, name: str) -> bytes:
    """What a part of the archive holds."""
    with ZipFile(BytesIO(workbook)) as archive:
        return archive.read(name)
