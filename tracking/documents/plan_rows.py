"""Which rows of a plan are of which task, and what stands in their cells.

Left out are blank rows, sums, notes, repeated headers and rows that number the columns; a heading within the table
stands for the measure of the tasks below it, where they have none of their own. What is struck out says nothing; a
task whose title is struck out is told as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tracking.documents.grids import Sheet, Value, address_of
from tracking.documents.ledger_reading import Cells, LedgerCell
from tracking.documents.legacy_layout import one_line
from tracking.documents.legacy_words import PARTED, bare, is_note, is_sum
from tracking.documents.plan_layout import PlanLayout
from tracking.documents.plan_words import PlanField

_HEADING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第.{1,3}[章节部])"
)
_NUMBERED_LINE = re.compile(r"\s*(?:\d{1,2}[.、．)）]|[(（]\d{1,2}[)）]|[①-⑳])\s*(?=\S)")
# What stands line by line beside each other: nothing of it is left out for being empty or the same.
_IN_STEP = frozenset({PlanField.INDICATOR, PlanField.TARGETS, PlanField.UNIT})
_DITTO = frozenset({"同上", "〃", "″", "同前", "ditto"})
_NOTHING = frozenset({"无", "暂无", "-", "--", "—", "——", "－", "/", "／"})
_MOST = 2 / 3
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A cell by its own address, or the first of its merged range; `lines` are the cells of further rows."""

    address: str
    value: Value = None
    header: str = ""
    lines: tuple[str, ...] = ()
    fault: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """What stands in it and in each further line, "" where nothing does."""
        return ("" if self.value is None else written(self.value), *self.lines)

    @property
    def text(self) -> str:
        """Everything that stands in it and in its further lines, once each."""
        return "\n".join(dict.fromkeys(part for part in self.parts if part))


_Found: TypeAlias = Mapping[PlanField, tuple[PlanCell, ...]]


@dataclass(frozen=True, slots=True)
class FormKey:
    """The task that a row of our form was made from, at which version, and whether anything was written into it."""

    task_id: int
    row_version: int
    touched: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A task as the file has it: its sheet and first row, its cells by field, and the heading above it.

    `shared`: its cell held several tasks. `ours`: it is a row of our form, where an empty cell says that nothing is
    to stand; `key` is then the task it was made from, None for a new one, and `mixed` that its keys do not agree.
    `struck`: its title is struck out.
    """

    sheet: str
    row: int
    cells: Mapping[PlanField, tuple[PlanCell, ...]]
    heading: str = ""
    hidden: bool = False
    shared: bool = False
    ours: bool = False
    key: FormKey | None = None
    mixed: bool = False
    struck: bool = False

    def first(self, field: PlanField) -> PlanCell | None:
        """The first filled cell of a field, or None."""
        return next((cell for cell in self.cells.get(field, ()) if cell.text or cell.fault), None)

    def text(self, field: PlanField) -> str:
        """What the first filled cell of a field says."""
        cell = self.first(field)
        return cell.text if cell else ""


def plan_rows(sheet: Sheet, layout: PlanLayout) -> list[PlanRow]:
    """The tasks of a sheet, in order."""
    found: list[PlanRow] = []
    source: tuple[int, int] | None = None
    cells, title_at = Cells(sheet), layout.fields[PlanField.TITLE][0].at
    for row in _rows(sheet, cells, layout):
        at = cells.source(row.row, title_at)
        if found and _goes_on(found[-1], row, same_cell=at == source):
            found[-1] = _joined(found[-1], row)
        else:
            found.append(row)
        source = at
    return [part for row in found if row.text(PlanField.TITLE) for part in _parts(row)]


def _rows(sheet: Sheet, cells: Cells, layout: PlanLayout) -> Iterator[PlanRow]:
    """Every row that says something of a task."""
    fields, heading = layout.fields, ""
    above: _Found = {}
    headers = {one.at: {bare(part) for part in one.header.split(PARTED)} for one in layout.columns}
    title_at = fields[PlanField.TITLE][0].at
    for row in range(layout.last + 1, len(sheet.rows) + 1):
        filled = {at: cell for at in headers if (cell := cells.at(row, at)).filled}
        struck = title_at in filled and filled[title_at].struck
        filled = {at: cell for at, cell in filled.items() if struck or not cell.struck}
        if not filled or _is_furniture(filled, headers):
            continue
        if (said := _heading(cells, row, filled, title_at)) is not None:
            heading = said
            continue
        found = {
            field: tuple(plan_cell(cells, row, one.at, one.header) for one in columns)
            for field, columns in fields.items()
        }
        title = (replace(found[PlanField.TITLE][0], value=cells.at(row, title_at).value),)
        found[PlanField.TITLE] = title
        above = _said_in_full(found, above)
        yield PlanRow(sheet.name, row, above, heading, row in sheet.hidden, struck=struck)


def _said_in_full(found: _Found, above: _Found) -> _Found:
    """The cells of a row: 同上 is what stands in the row above, and a dash or 无 says nothing."""
    return {
        field: tuple(
            replace(cell, value=_in_full(cell, *above.get(field, ())[at : at + 1]))
            if field is not PlanField.TITLE or cell.text in _DITTO
            else cell
            for at, cell in enumerate(cells)
        )
        for field, cells in found.items()
    }


def _in_full(cell: PlanCell, above: PlanCell | None = None) -> Value:
    if cell.text in _DITTO and above is not None:
        return above.value
    return None if cell.text in _NOTHING else cell.value


def plan_cell(cells: Cells, row: int, column: int, header: str) -> PlanCell:
    """The cell of a sheet under its header; of a merged range the first. What is struck out is left out.

    A percentage is the text that is seen.
    """
    cell = cells.at(row, column)
    address = address_of(*cells.source(row, column))
    value = None if cell.struck else cell.value
    if cell.percent and isinstance(value, (int, float)):
        value = f"{value * 100:.10g}%"
    return PlanCell(address, value, header, fault=cell.fault is not None)


def _heading(cells: Cells, row: int, filled: Mapping[int, LedgerCell], title_at: int) -> str | None:
    """The single text of a row, if it spans several columns, stands left of the tasks, or is numbered like a chapter."""
    if len({cells.source(row, at) for at in filled}) > 1:
        return None
    (at, cell), *others = filled.items()
    said = one_line(cell.value)
    return said if others or at < title_at or _HEADING.match(said) else None


def _is_furniture(filled: Mapping[int, LedgerCell], headers: Mapping[int, set[str]]) -> bool:
    texts = [one_line(cell.value) for cell in filled.values()]
    if any(map(is_sum, texts[:3])) or is_note(texts[0]):
        return True
    repeated = sum(bare(one_line(cell.value)) in headers[at] for at, cell in filled.items())
    counted = [cell.value for cell in filled.values()] == list(range(1, len(filled) + 1))
    return repeated >= len(filled) * _MOST or (counted and len(filled) >= _FEWEST)


def _goes_on(before: PlanRow, row: PlanRow, *, same_cell: bool) -> bool:
    """Whether a row is another line of the task before it: its title is merged, empty, or the same again."""
    if before.heading != row.heading or (row.struck and not same_cell):
        return False
    title, number = row.text(PlanField.TITLE), row.text(PlanField.NUMBER)
    same = title == before.text(PlanField.TITLE) and number in ("", before.text(PlanField.NUMBER))
    return same_cell or not title or same


def _joined(before: PlanRow, row: PlanRow) -> PlanRow:
    cells = {
        field: tuple(
            _with_line(one, other, in_step=field in _IN_STEP)
            for one, other in zip(cells, row.cells[field], strict=True)
        )
        for field, cells in before.cells.items()
    }
    return replace(before, cells=cells, hidden=before.hidden and row.hidden)


def _with_line(cell: PlanCell, other: PlanCell, *, in_step: bool) -> PlanCell:
    if in_step:
        again = cell.text if cell.address == other.address else other.text
        return replace(cell, lines=(*cell.lines, again))
    if cell.address == other.address or not (other.text or other.fault):
        return cell
    if not cell.text:
        return other
    return cell if other.text in cell.parts else replace(cell, lines=(*cell.lines, other.text))


def _parts(row: PlanRow) -> Iterator[PlanRow]:
    """The tasks of a row: several where every line of its title is numbered, with the lines of other cells in step."""
    titles = _numbered(row.text(PlanField.TITLE))
    if not titles:
        yield row
        return
    for at in range(len(titles)):
        cells = {
            field: tuple(_line_of(cell, at, len(titles)) for cell in cells)
            for field, cells in row.cells.items()
        }
        yield replace(row, cells=cells, shared=True)


def _line_of(cell: PlanCell, at: int, total: int) -> PlanCell:
    lines = _numbered(cell.text)
    return replace(cell, value=lines[at], lines=()) if len(lines) == total else cell


def _numbered(text: str) -> Sequence[str]:
    """The lines of a text without their numbers, if there are several and each has one."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not all(map(_NUMBERED_LINE.match, lines)):
        return ()
    return [_NUMBERED_LINE.sub("", line, count=1).strip() for line in lines]


def written(value: Value) -> str:
    """A value as the text that is compared and read."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).strip()
