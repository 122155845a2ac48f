"""Reading our own form of a plan: by the hidden line that names its columns, and the locked keys of its rows."""

from collections.abc import Iterator, Mapping, Sequence

from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import Cells
from tracking.documents.plan_rows import FormKey, PlanCell, PlanRow, plan_cell
from tracking.documents.plan_words import PlanField
from tracking.ledgers.rows import RowKey, key_of
from tracking.messages import Message, Refusal
from tracking.plans.form import OPEN, form_fingerprint

TASK, CHECK, PLAN = "task", "check", "plan."
_SEARCHED = 30


def is_plan_form(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook is our form of a plan, however it was filled in."""
    return any(_names(sheet) for sheet in sheets)


def form_rows(sheets: Sequence[Sheet], plan_id: int) -> list[PlanRow]:
    """The rows of the form that say anything. Raises `Refusal` for the form of another plan, or for two in one file."""
    found = [(sheet, names) for sheet in sheets if (names := _names(sheet))]
    if len(found) > 1:
        raise Refusal(Message("plan_file.two_forms"))
    [(sheet, (line, columns))] = found
    if f"{PLAN}{plan_id}" not in columns:
        raise Refusal(Message("plan_file.other_plan"))
    return list(_rows(sheet, line, columns))


def _names(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """The line that names the columns, from 1, and where each of them is."""
    for at, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        names = {str(value).strip()[1:]: place for place, value in enumerate(row, start=1) if _is_name(value)}
        if {TASK, CHECK, PlanField.GOAL} <= names.keys():
            return at, names
    return None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.strip().startswith("#")


def _rows(sheet: Sheet, line: int, columns: Mapping[str, int]) -> Iterator[PlanRow]:
    # The header stands below the line of names.
    cells = Cells(sheet)
    for row in range(line + 2, len(sheet.rows) + 1):
        found = {
            name: plan_cell(cells, row, columns[name], "")
            for name in (*OPEN, PlanField.NUMBER)
            if name in columns
        }
        task, check = (plan_cell(cells, row, columns[name], "").text for name in (TASK, CHECK))
        if any(found[name].text or found[name].fault for name in OPEN if name in found):
            key = key_of(task, check)
            yield PlanRow(
                sheet.name,
                row,
                {name: (cell,) for name, cell in found.items()},
                hidden=row in sheet.hidden,
                ours=True,
                key=_form_key(key, found) if key else None,
                mixed=key is None and bool(task or check),
                struck=cells.at(row, columns[PlanField.TITLE]).struck,
            )


def _form_key(key: RowKey, cells: Mapping[PlanField, PlanCell]) -> FormKey:
    now = form_fingerprint({name: cell.value for name, cell in cells.items()})
    return FormKey(key.task_id, key.row_version, touched=now != key.base)
