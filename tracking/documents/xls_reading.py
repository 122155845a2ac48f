"""Reading an .xls or .et workbook into plain values; runs only in the limited process.

A formula always holds a result there; whether it was ever computed cannot be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import Any

import xlrd

from tracking.documents.grids import Sheet, address_of, as_percent
from tracking.documents.workbook_limits import check_reach, check_size, merged_within
from tracking.documents.workbook_styles import quotes_percent, shows_percent
from tracking.messages import Message, Refusal

_EMPTY = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}


def read_xls(content: bytes) -> list[Sheet]:
    """Every worksheet in order, hidden ones too. Raises `Refusal`."""
    try:
        # What it has to say of a file would go among our own output.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
    except xlrd.XLRDError as error:
        raise Refusal(
            Message("upload.locked" if "encrypted" in str(error) else "upload.no_workbook")
        ) from None
    pages = [_Page(book, page) for page in book.sheets()]
    check_size(sum(page.rows * page.columns for page in pages))
    return [page.sheet for page in pages]


@dataclass
class _Page:
    """A sheet of the workbook: its values, and what their styles say beside them."""

    book: Any
    page: Any
    rows: int = 0
    columns: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    percents: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for row, column, _ in self._filled():
            self.rows, self.columns = row + 1, max(self.columns, column + 1)
        check_reach(self.rows, self.columns)

    def _filled(self) -> Iterator[tuple[int, int, Any]]:
        """Row and column, from 0, of each cell with something in it."""
        for row in range(self.page.nrows):
            for column, kind in enumerate(self.page.row_types(row)):
                if kind not in _EMPTY:
                    yield row, column, self.page.cell(row, column)

    @cached_property
    def sheet(self) -> Sheet:
        """It as plain values. Raises `Refusal` for too many merged cells."""
        values: list[list[Any]] = [[None] * self.columns for _ in range(self.rows)]
        for row, column, cell in self._filled():
            values[row][column] = self._read(row, column, cell)
        merged = ((top + 1, left + 1, below, after) for top, below, left, after in self.page.merged_cells)
        return Sheet(
            name=self.page.name,
            rows=tuple(map(tuple, values)),
            concealed=self.page.visibility != 0,
            active=bool(self.page.sheet_visible),
            hidden=_hidden(self.page.rowinfo_map),
            hidden_columns=_hidden(self.page.colinfo_map),
            merged=merged_within(merged, values),
            faults=tuple(self.faults.items()),
            percents=frozenset(self.percents),
            struck=frozenset(self.struck),
        )

    def _read(self, row: int, column: int, cell: Any) -> Any:
        place, style = address_of(row + 1, column + 1), self.book.xf_list[cell.xf_index]
        code = self.book.format_map[style.format_key].format_str
        if cell.ctype == xlrd.XL_CELL_ERROR:
            self.faults[place] = xlrd.error_text_from_code[cell.value]
            return self.faults[place]
        if cell.ctype == xlrd.XL_CELL_NUMBER and shows_percent(code):
            self.percents.add(place)
        kept = self._kept(row, column, cell, style)
        if kept == "" and cell.value != "":
            self.struck.add(place)
        return _value(cell, code, self.book.datemode, kept)

    def _kept(self, row: int, column: int, cell: Any, style: Any) -> str:
        """What of a cell is not struck out, a number as something."""
        runs = [(0, style.font_index), *self.page.rich_text_runlist_map.get((row, column), ())]
        shown = cell.value if isinstance(cell.value, str) else "0"
        ends = [*(at for at, _ in runs[1:]), len(shown)]
        return "".join(
            shown[start:end]
            for (start, font), end in zip(runs, ends, strict=True)
            if not self.book.font_list[font].struck_out
        )


def _value(cell: Any, code: str, datemode: int, kept: str) -> Any:
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            instant = xlrd.xldate_as_datetime(cell.value, datemode)
            if 0 <= cell.value < 1:
                return instant.timetz()
            return instant if instant.hour or instant.minute or instant.second else instant.date()
        case xlrd.XL_CELL_NUMBER if quotes_percent(code):
            return as_percent(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_TEXT:
            return kept or cell.value or None
    return cell.value


def _hidden(about: Any) -> frozenset[int]:
    """The places, from 1, of the rows or columns that are hidden."""
    return frozenset(at + 1 for at, one in about.items() if one.hidden)
