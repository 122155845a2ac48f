"""An .xlsx workbook with the cells of a table of another kind, to be marked and given back."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from tracking.documents.grids import Sheet, place_of

# What no spreadsheet takes as the name of a sheet.
_UNFIT = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST = 31
_WIDTH = 16
# Spreadsheets count days from here.
_FIRST_YEAR = 1900
_FORMATS = {"day": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm", "time": "hh:mm", "percent": "0.0%"}


def titles_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Name of a sheet → the name of its copy, which is shorter where a spreadsheet takes no such name."""
    titles: dict[str, str] = {}
    for at, sheet in enumerate(sheets, start=1):
        title = _UNFIT.sub("_", sheet.name)[:_LONGEST] or "_"
        taken = {other.casefold() for other in titles.values()}
        titles[sheet.name] = f"{title[: _LONGEST - 4]}_{at}" if title.casefold() in taken else title
    return titles


def copied(sheets: Iterable[Sheet]) -> bytes:
    """The workbook: values, merged cells, what is hidden, and percent signs; texts are never formulas."""
    out, given = BytesIO(), list(sheets)
    titles = titles_of(given)
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        formats = {
            name: book.add_format({"num_format": code, "text_wrap": True}) for name, code in _FORMATS.items()
        }
        formats["text"] = book.add_format({"text_wrap": True})
        pages = [book.add_worksheet(titles[sheet.name]) for sheet in given]
        shown = [page for page, sheet in zip(pages, given, strict=True) if not sheet.concealed] or pages
        # A book opens on its first sheet, which then cannot be hidden.
        shown[0].activate()
        shown[0].set_first_sheet()
        for page, sheet in zip(pages, given, strict=True):
            _copy(page, sheet, formats)
            if page not in shown:
                page.hide()
    return out.getvalue()


def _copy(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    page.set_column(0, max(map(len, sheet.rows), default=0), _WIDTH)
    for column in sheet.hidden_columns:
        page.set_column(column - 1, column - 1, None, None, {"hidden": True})
    for row in sheet.hidden:
        page.set_row(row - 1, None, None, {"hidden": True})
    for top, left, end, right in sheet.merged:
        # Two ranges over one cell are a fault of the file; the first of them is kept.
        with suppress(OverlappingRange):
            page.merge_range(top - 1, left - 1, end - 1, right - 1, "", formats["text"])
    percents = {place_of(address) for address in sheet.percents}
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values, start=1):
            kind = "percent" if (row, column) in percents else _kind(value)
            _write(page, (row - 1, column - 1), value, formats[kind])


def _kind(value: Any) -> str:
    match value:
        case datetime():
            return "instant"
        case date():
            return "day"
        case time():
            return "time"
    return "text"


def _write(page: Any, place: tuple[int, int], value: Any, look: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_boolean(*place, value, look)
        case int() | float():
            page.write_number(*place, value, look)
        case time():
            page.write_datetime(*place, value, look)
        case date() if value.year >= _FIRST_YEAR:
            page.write_datetime(*place, value, look)
        case _:
            page.write_string(*place, str(value), look)
