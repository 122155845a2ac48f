"""How much may be in an uploaded workbook, of whatever kind."""

from collections.abc import Iterable, Sequence

from tracking.documents.grids import Sheet, Value, address_of
from tracking.messages import Message, Refusal

# How the names of tables that are read end.
ENDINGS = ("xlsx", "xls", "et", "ods", "csv", "tsv", "txt")
MOST_ROWS = 120_000
MOST_COLUMNS = 300
_MOST_SHEETS = 255
# Over all sheets.
MOST_CELLS = 3_000_000
_MOST_RANGES = 200_000
# Cells in merged ranges; malicious files merge the whole sheet a thousand times.
_MOST_MERGED = 1_000_000
# Excel allows 31 characters, others a few more; findings on a sheet are stored with its name.
_LONGEST_NAME = 120
# Characters over all cells: many cells may refer to the same long text.
_MOST_TEXT = 40_000_000
# Characters of a cell; no spreadsheet that offices have takes more.
LONGEST_TEXT = 32_767

Merged = tuple[int, int, int, int]


def check_reach(row: int, column: int) -> None:
    """Refuse a sheet that has content in this cell, from 1, if that is too far. Raises `Refusal`."""
    if row > MOST_ROWS or column > MOST_COLUMNS or row * column > MOST_CELLS:
        far = address_of(row, column)
        raise Refusal(Message("upload.too_far", cell=far, rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS))


def check_size(cells: int) -> None:
    """Refuse a workbook of so many cells over all its sheets. Raises `Refusal`."""
    if cells > MOST_CELLS:
        raise Refusal(Message("upload.bomb"))


def check_names(names: Sequence[str]) -> None:
    """Refuse a workbook with too many sheets, or names no program would give. Raises `Refusal`."""
    if not len(set(names)) == len(names) <= _MOST_SHEETS or any(len(name) > _LONGEST_NAME for name in names):
        raise Refusal(Message("upload.no_workbook"))


def check_texts(sheets: Iterable[Sheet]) -> None:
    """Refuse a workbook with too much text, in a cell or altogether. Raises `Refusal`."""
    total = 0
    for sheet in sheets:
        for at, row in enumerate(sheet.rows, start=1):
            lengths = [len(value) if isinstance(value, str) else 0 for value in row]
            total += sum(lengths)
            if max(lengths, default=0) > LONGEST_TEXT:
                cell = address_of(at, lengths.index(max(lengths)) + 1)
                raise Refusal(Message("upload.long_cell", cell=cell, most=f"{LONGEST_TEXT:,}"))
    if total > _MOST_TEXT:
        raise Refusal(Message("upload.bomb"))


def check_merges(ranges: int) -> None:
    """Refuse a sheet with so many merged ranges. Raises `Refusal`."""
    if ranges > _MOST_RANGES:
        raise Refusal(Message("upload.bomb"))


def merged_within(ranges: Iterable[Merged], rows: Sequence[Sequence[Value]]) -> tuple[Merged, ...]:
    """The merged ranges of a sheet, clipped to it, from 1. Raises `Refusal` for too many."""
    height, width = len(rows), max(map(len, rows), default=0)
    merged = tuple(
        (top, left, min(end, height), min(right, width))
        for top, left, end, right in ranges
        if top <= height and left <= width
    )
    if sum((end - top + 1) * (right - left + 1) for top, left, end, right in merged) > _MOST_MERGED:
        raise Refusal(Message("upload.bomb"))
    return merged
