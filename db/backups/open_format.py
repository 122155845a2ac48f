"""Rows in open formats (CSV and JSON lines), written and read back unchanged.

CSV is UTF-8 with its mark, comma and double quotes (RFC 4180). Values stand as they are, so it is data and no
spreadsheet: a text may begin like a formula. `\\N` is a missing value, and a text that begins with a backslash
has one more. In both, days and instants are ISO 8601 (instants in UTC), indicator values decimal text, bytes base64,
several codes or keys one text with blanks between them.
"""

import csv
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

MISSING = "\\N"
CSV, JSON_LINES = "csv", "jsonl"
_KINDS = {
    "Boolean": "boolean",
    "Instant": "instant",
    "Date": "day",
    "Integer": "integer",
    "BigInteger": "integer",
    "Amount": "amount",
    "JSON": "json",
    "Word": "word",
    "LargeBinary": "bytes",
    "Several": "several",
}
_WRITE: dict[str, Callable[[Any], Any]] = {
    "instant": datetime.isoformat,
    "day": date.isoformat,
    "amount": str,
    "word": str,
    "bytes": lambda value: b64encode(value).decode(),
    "several": lambda value: " ".join(map(str, value)),
}
_READ: dict[str, Callable[[str], Any]] = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "amount": Decimal,
    "bytes": b64decode,
    "several": str.split,
}
Values = dict[str, Any]
# The standard library's limit would reject a long list in one cell.
csv.field_size_limit(1 << 30)


def kind_of(column: Column[Any]) -> str:
    """What a column holds: boolean, instant, day, integer, amount, json, word, bytes, several or text."""
    return _KINDS.get(type(column.type).__name__, "text")


def write_rows(table: Table, rows: Iterable[Any], folder: Path) -> int:
    """Write the rows of a table to `<table>.csv` and `<table>.jsonl`; returns how many."""
    columns = [(column.name, kind_of(column)) for column in table.columns]
    count = 0
    with (
        (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as plain,
        (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
    ):
        cells = csv.writer(plain)
        cells.writerow(name for name, _ in columns)
        for row in rows:
            cells.writerow(_cell(kind, value) for (_, kind), value in zip(columns, row, strict=True))
            said = {name: _plain(kind, value) for (name, kind), value in zip(columns, row, strict=True)}
            lines.write(json.dumps(said, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_rows(table: Table, folder: Path, form: str) -> Iterator[Values]:
    """The rows of a table as written, from either format."""
    kinds = {column.name: kind_of(column) for column in table.columns}
    if form == CSV:
        with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {name: _of_cell(kinds[name], cell) for name, cell in row.items()}
    else:
        with (folder / f"{table.name}.jsonl").open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield {name: _of_plain(kinds[name], value) for name, value in json.loads(line).items()}


def _plain(kind: str, value: Any) -> Any:
    return value if value is None or kind not in _WRITE else _WRITE[kind](value)


def _cell(kind: str, value: Any) -> str:
    if value is None and kind != "json":
        return MISSING
    if kind in {"json", "boolean"}:
        return json.dumps(value, ensure_ascii=False)
    said = str(_plain(kind, value))
    return f"\\{said}" if said.startswith("\\") else said


def _of_plain(kind: str, value: Any) -> Any:
    return value if value is None or kind not in _READ else _READ[kind](value)


def _of_cell(kind: str, cell: str) -> Any:
    if kind != "json" and cell == MISSING:
        return None
    if kind in {"json", "boolean", "integer"}:
        return json.loads(cell)
    return _of_plain(kind, cell.removeprefix("\\"))
