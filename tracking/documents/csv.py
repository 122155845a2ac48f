"""Owns the ledger as comma-separated text."""

import csv
from collections.abc import Mapping
from datetime import datetime
from io import StringIO

import pandas as pd

from tracking.documents.rows import Cell, rows_of
from tracking.words import Language

# A spreadsheet takes a cell that begins with one of these for a formula or a command.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def ledger_csv(frame: pd.DataFrame, *, headers: Mapping[str, str], language: Language) -> bytes:
    """The columns of `headers` in their order, as UTF-8 with a byte order mark, which Excel needs for Chinese.

    A text that a spreadsheet would run gets a leading apostrophe; figures stay as they are, negative ones too.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(header) for header in headers.values()])
    for row in rows_of(frame, list(headers), language):
        writer.writerow([_written(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.1f}"
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(_STARTS) else words
