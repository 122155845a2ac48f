"""A sheet of an uploaded workbook as plain values, and how it leaves the limited process.

Rows and columns are counted from 1, as a person sees them.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeAlias

Value: TypeAlias = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of a sheet from A1 on, and what the values alone do not tell.

    `concealed` is a hidden sheet, `active` the one that is open; `hidden` are rows that are hidden or filtered out;
    `hidden_columns` are columns from 1; `struck` are cells that are struck out as a whole; `beyond` how many columns a head leaves out; `merged` first row, first column, last row, last
    column, within the sheet; `faults` the cells with an error such as #N/A, or with a formula that was never
    computed (then ""); `percents` the cells shown with a percent sign.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    percents: frozenset[str] = frozenset()
    concealed: bool = False
    active: bool = False
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[str] = frozenset()
    beyond: int = 0


def address_of(row: int, column: int) -> str:
    """The name of a cell, such as C5."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def place_of(address: str) -> tuple[int, int]:
    """Row and column of a cell named like C5. Raises ValueError if it is not a cell."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9][0-9]{0,6})", address)
    if match is None:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def as_percent(number: float) -> str:
    """A number before a percent sign that is only shown, such as 80%."""
    return f"{repr(number).removesuffix('.0')}%"


def packed(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON values: a day as a list of its text, a non-number stored as a number as text."""
    return {
        "name": sheet.name,
        "rows": [[_packed(value) for value in row] for row in sheet.rows],
        "hidden": sorted(sheet.hidden),
        "merged": sheet.merged,
        "faults": sheet.faults,
        "percents": sorted(sheet.percents),
        "concealed": sheet.concealed,
        "active": sheet.active,
        "hidden_columns": sorted(sheet.hidden_columns),
        "struck": sorted(sheet.struck),
        "beyond": sheet.beyond,
    }


def unpacked(given: dict[str, Any]) -> Sheet:
    """Undo `packed`; heads that were kept by an earlier version know nothing of what is concealed or struck out."""
    return Sheet(
        name=given["name"],
        rows=tuple(tuple(map(_unpacked, row)) for row in given["rows"]),
        hidden=frozenset(given["hidden"]),
        merged=tuple((first, left, last, right) for first, left, last, right in given["merged"]),
        faults=tuple((address, error) for address, error in given["faults"]),
        percents=frozenset(given["percents"]),
        concealed=given.get("concealed", False),
        active=given.get("active", False),
        hidden_columns=frozenset(given.get("hidden_columns", ())),
        struck=frozenset(given.get("struck", ())),
        beyond=given.get("beyond", 0),
    )


def lines_of(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Sheets as JSON lines, one per row, so that a reader holds no more than it wants to keep."""
    for sheet in sheets:
        yield _line(packed(replace(sheet, rows=())) | {"lines": len(sheet.rows)})
        for row in sheet.rows:
            yield _line([_packed(value) for value in row])


def sheets_of(lines: Iterable[bytes]) -> Iterator[Sheet]:
    """Undo `lines_of`."""
    given = iter(lines)
    for head in given:
        about = json.loads(head)
        rows = (json.loads(line) for line in islice(given, about["lines"]))
        yield replace(unpacked(about), rows=tuple(tuple(map(_unpacked, row)) for row in rows))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _packed(value: Any) -> Any:
    match value:
        case "" | None:
            return None
        case datetime():
            return [value.isoformat(timespec="seconds").removesuffix("T00:00:00")]
        case date() | time():
            return [value.isoformat()]
        case timedelta():
            return str(value)
        case float() if not math.isfinite(value):
            return str(value)
    return value


def _unpacked(value: Any) -> Value:
    if not isinstance(value, list):
        plain: Value = value
        return plain
    try:
        return date.fromisoformat(value[0])
    except ValueError:
        return str(value[0])
