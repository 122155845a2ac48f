"""A sheet of an .ods workbook, laid out row by row; runs only in the limited process."""

from collections.abc import Mapping
from typing import Any

from tracking.documents.grids import Sheet, address_of
from tracking.documents.ods_cells import OdsCell
from tracking.documents.ods_styles import OdsStyles
from tracking.documents.workbook_limits import MOST_COLUMNS, MOST_ROWS, Merged, check_reach, merged_within

_HIDDEN = {"collapse", "filter"}


class OdsTable:
    """A sheet as far as it is read; rows and columns are counted from 1."""

    def __init__(self, about: Mapping[str, str], styles: OdsStyles, active: str) -> None:
        self._name, self._styles = about.get("table:name", ""), styles
        self._concealed = styles.hides(about.get("table:style-name"))
        self._active = self._name == active
        self._rows: list[list[Any]] = []
        self._width = 0
        self._merged: list[Merged] = []
        self._faults: dict[str, str] = {}
        self._hidden: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._percents: set[str] = set()
        self._struck: set[str] = set()
        # Columns whose cells are struck out where they have no style of their own.
        self._struck_columns: set[int] = set()
        self._row, self._column = 1, 1
        self._row_about: Mapping[str, str] = {}
        self._cells: list[tuple[int, int, OdsCell]] = []

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self._rows) * self._width

    def note_columns(self, about: Mapping[str, str]) -> None:
        """Columns that are told before the rows."""
        end = self._column + _times(about, "table:number-columns-repeated")
        those = range(self._column, min(end, MOST_COLUMNS + 1))
        if about.get("table:visibility") in _HIDDEN:
            self._hidden_columns.update(those)
        if self._styles.strikes("table-cell", about.get("table:default-cell-style-name")):
            self._struck_columns.update(those)
        self._column = end

    def begin_row(self, about: Mapping[str, str]) -> None:
        """A row, or several alike."""
        self._row_about, self._column = about, 1
        self._cells.clear()

    def add(self, cell: OdsCell) -> None:
        """The next cell of the row, or several alike; empty ones only take their places."""
        times = _times(cell.about, "table:number-columns-repeated")
        if cell.filled or "table:number-columns-spanned" in cell.about:
            self._cells.append((self._column, times, cell))
        self._column += times

    def end_row(self) -> None:
        """Lay the row out. Raises `Refusal` if it reaches too far."""
        first, times = self._row, _times(self._row_about, "table:number-rows-repeated")
        self._row += times
        if self._row_about.get("table:visibility") in _HIDDEN:
            self._hidden.update(range(first, min(self._row, MOST_ROWS + 1)))
        if not self._cells:
            return
        column, repeated, _ = self._cells[-1]
        self._width = max(self._width, column + repeated - 1)
        check_reach(self._row - 1, self._width)
        self._rows.extend([] for _ in range(first - 1 - len(self._rows)))
        for row in range(first, self._row):
            self._lay_out(row)

    def _lay_out(self, row: int) -> None:
        values: list[Any] = [None] * (self._column_after - 1)
        self._rows.append(values)
        for first, times, cell in self._cells:
            for column in range(first, first + times):
                values[column - 1] = cell.value
                self._note(row, column, cell)

    @property
    def _column_after(self) -> int:
        column, times, _ = self._cells[-1]
        return column + times

    def _note(self, row: int, column: int, cell: OdsCell) -> None:
        if cell.fault is not None:
            self._faults[address_of(row, column)] = cell.fault
        if cell.percent:
            self._percents.add(address_of(row, column))
        if cell.struck or self._strikes(column, cell):
            self._struck.add(address_of(row, column))
        if "table:number-columns-spanned" in cell.about:
            down, across = (_times(cell.about, f"table:number-{way}-spanned") for way in ("rows", "columns"))
            if down * across > 1:
                self._merged.append((row, column, row + down - 1, column + across - 1))

    def _strikes(self, column: int, cell: OdsCell) -> bool:
        style = cell.about.get("table:style-name") or self._row_about.get("table:default-cell-style-name")
        if style is None:
            return column in self._struck_columns
        return self._styles.strikes("table-cell", style)

    @property
    def sheet(self) -> Sheet:
        """It as plain values. Raises `Refusal` for too many merged cells."""
        rows = tuple(tuple(row + [None] * (self._width - len(row))) for row in self._rows)
        return Sheet(
            name=self._name,
            rows=rows,
            concealed=self._concealed,
            active=self._active,
            hidden=frozenset(self._hidden),
            hidden_columns=frozenset(self._hidden_columns),
            merged=merged_within(self._merged, rows),
            faults=tuple(self._faults.items()),
            percents=frozenset(self._percents),
            struck=frozenset(self._struck),
        )


def _times(about: Mapping[str, str], name: str) -> int:
    """How often something is repeated or how far it reaches. Raises ValueError."""
    return max(int(about.get(name, 1)), 1)
