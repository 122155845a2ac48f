"""Returning a table with its findings: cells coloured by grade, a note on each.

Runs in the limited process only, see `tracking.documents.limited`.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tracking.documents.containers import Container, container_of
from tracking.documents.grids import place_of
from tracking.documents.strict_workbooks import as_common
from tracking.documents.workbook_copying import copied, titles_of
from tracking.documents.workbook_reading import read_workbook

_AUTHOR = "—"
_WIDTH, _LINE, _SIGNS = 280, 18, 20


def mark_workbook(content: bytes, notes: Mapping[str, Any]) -> bytes:
    """The table with `notes`: sheet → cell such as C5 → colour (RRGGBB) and text, gravest first.

    In an .xlsx everything else stays as the user made it, except that their own note on the same cell is replaced;
    links to other workbooks are dropped. Of any other kind it is an .xlsx with the same cells. Raises `Refusal`.
    """
    if container_of(content) is Container.XLSX:
        titles, made = {}, as_common(content)
    else:
        sheets = read_workbook(content)
        titles, made = titles_of(sheets), copied(sheets)
    book = load_workbook(BytesIO(made), keep_links=False)
    for name, cells in notes.items():
        sheet = book[titles.get(name, name)]
        marked: dict[str, str] = {}
        for address, (colour, words) in cells.items():
            cell = _first_of(sheet, sheet.cell(*place_of(address)))
            before = marked.get(cell.coordinate)
            marked[cell.coordinate] = words if before is None else f"{before}\n{address} {words}"
            _mark(cell, colour if before is None else None, marked[cell.coordinate])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _first_of(sheet: Any, cell: Any) -> Any:
    """The cell itself, or the first cell of its merged range, the only one that is displayed."""
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
    return sheet.cell(merged.min_row, merged.min_col)


def _mark(cell: Any, colour: str | None, words: str) -> None:
    if colour is not None:
        cell.fill = PatternFill("solid", start_color=colour)
    lines = sum(len(line) // _SIGNS + 1 for line in words.splitlines())
    cell.comment = Comment(words, _AUTHOR, width=_WIDTH, height=_LINE * (lines + 1))
