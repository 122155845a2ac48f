"""Reading a filled-in ledger from plain cells: where its rows are, and what each field says.

Rows are found by the names in the hidden line above the header, so columns may be moved and lines inserted. Hidden
and filtered rows are read like any other; what stands in a merged cell stands in every cell of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracking.documents.grids import Sheet, Value, address_of
from tracking.ledgers.handed import FormScope
from tracking.ledgers.rows import RowKey, key_of
from tracking.messages import Message, Refusal
from tracking.vocabulary import Question

# The hidden line is among the first rows, even if somebody inserted some.
_SEARCHED = 30
KEYS = ("task", "check")


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """A cell: its address, its value, any error, whether it shows a percentage, and whether it was merged.

    `problem` says why it could not be read for its field; `written` is the full text if `value` is only a
    part of it or was worked out, and `note` then says how. A `struck` cell is struck out.
    """

    address: str
    value: Value = None
    fault: str | None = None
    percent: bool = False
    merged: bool = False
    problem: Message | None = None
    written: str = ""
    note: Message | None = None
    struck: bool = False

    @property
    def filled(self) -> bool:
        """Whether it holds anything."""
        return self.fault is not None or (self.value is not None and str(self.value).strip() != "")


@dataclass(frozen=True, slots=True)
class Told:
    """What the user of a ledger answered at a cell, to which question."""

    cell: LedgerCell
    message: Message
    asked: Question


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row with its number in the sheet; `key` is None if it is not known which task it belongs to.

    `fault` then says why, unless its hidden cells are missing or mixed up; `notes` are things worth knowing. In a
    ledger of an office's `own` layout a cell that cannot be read is asked about, and the rest of its row is read;
    `told` is what its user answered. A row that is left `aside` reports nothing, for the reason given.
    """

    row: int
    key: RowKey | None
    cells: Mapping[str, LedgerCell]
    hidden: bool = False
    sheet: str = ""
    fault: Message | None = None
    notes: tuple[tuple[LedgerCell, Message], ...] = ()
    own: bool = False
    told: tuple[Told, ...] = ()
    aside: Message | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The filled-in rows of a workbook, read afresh on each iteration, and the sheet they are on.

    `lines` is an upper bound on their number, `periods` how many rows name each reporting period; `scope` says
    whose tasks it was made for, if the form says so.
    """

    sheet: str
    rows: Iterable[LedgerRow]
    lines: int
    periods: Mapping[int, int]
    scope: FormScope | None = None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows below a line of names; only values are kept, since a row with its cells is many times larger."""

    sheet: Sheet
    first: int
    columns: Mapping[str, int]

    def __iter__(self) -> Iterator[LedgerRow]:
        return iter(_rows(self.sheet, self.first, self.columns))


def read_ledger(sheets: Iterable[Sheet]) -> Ledger:
    """The ledger in a workbook. Raises `Refusal` if there is none or more than one."""
    found = [(sheet, line) for sheet in sheets if (line := _line_of_names(sheet)) is not None]
    if not found:
        raise Refusal(Message("upload.not_ours"))
    if len(found) > 1:
        raise Refusal(Message("upload.two_ledgers", sheets=" / ".join(sheet.name for sheet, _ in found)))
    sheet, line = found[0]
    columns = _columns(sheet.rows[line])
    keys = _Rows(sheet, line + 1, {name: columns[name] for name in KEYS})
    periods = Counter(row.key.period_id for row in keys if row.key)
    scope = next(filter(None, map(FormScope.among, sheet.rows[:line])), None)
    return Ledger(sheet.name, _Rows(sheet, line + 1, columns), len(sheet.rows) - line - 1, periods, scope)


def holds_form(sheets: Iterable[Sheet]) -> bool:
    """Whether a workbook is our form, however it was filled in."""
    return any(_line_of_names(sheet) is not None for sheet in sheets)


def _line_of_names(sheet: Sheet) -> int | None:
    """The position of the line that names the columns."""
    for at, row in enumerate(sheet.rows[:_SEARCHED]):
        names = {str(value).strip() for value in row}
        if all(f"#{key}" in names for key in KEYS):
            return at
    return None


def _columns(names: Sequence[Value]) -> dict[str, int]:
    """Field → its column, from 1. Raises `Refusal` if one is named twice."""
    columns: dict[str, int] = {}
    for at, value in enumerate(names, start=1):
        name = str(value or "").strip()
        if not name.startswith("#"):
            continue
        if name[1:] in columns:
            raise Refusal(Message("upload.column_twice", column=name[1:]))
        columns[name[1:]] = at
    return columns


def _rows(sheet: Sheet, first: int, columns: Mapping[str, int]) -> Iterable[LedgerRow]:
    cells_of = Cells(sheet)
    for at in range(first, len(sheet.rows)):
        cells = {name: cells_of.at(at + 1, column) for name, column in columns.items()}
        key = key_of(_digits(cells["task"].value), str(cells["check"].value or "").strip())
        is_header = at == first and key is None
        if not is_header and any(cell.filled for cell in cells.values()):
            yield LedgerRow(at + 1, key, cells, at + 1 in sheet.hidden, sheet.name)


class Cells:
    """The cells of a sheet by row and column, from 1; every cell of a merged range has its value."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._faults, self._spread = sheet, dict(sheet.faults), _spread(sheet)

    def source(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first cell of its merged range."""
        return self._spread.get((row, column), (row, column))

    def at(self, row: int, column: int) -> LedgerCell:
        """The cell; empty beyond the edge of the sheet."""
        top, left = self.source(row, column)
        values = self._sheet.rows[top - 1] if top <= len(self._sheet.rows) else ()
        source = address_of(top, left)
        return LedgerCell(
            address=address_of(row, column),
            value=values[left - 1] if left <= len(values) else None,
            fault=self._faults.get(source),
            percent=source in self._sheet.percents,
            merged=(row, column) in self._spread,
            struck=source in self._sheet.struck,
        )


def _spread(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell → the first cell of its merged range."""
    return {
        (row, column): (top, left)
        for top, left, end, right in sheet.merged
        for row in range(top, end + 1)
        for column in range(left, right + 1)
    }


def _digits(value: Value) -> str:
    """A key as text; a spreadsheet stores it as a number."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "").strip()
