"""The ledger as CSV."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO

import pandas as pd

from tracking.documents.rows import Cell, rows_of
from tracking.vocabulary import Language

# A spreadsheet treats a cell that begins with one of these as a formula or a command.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def ledger_csv(
    frames: Iterable[pd.DataFrame],
    *,
    headers: Mapping[str, str],
    foot: str,
    language: Language,
    guide: str = "",
) -> Iterator[bytes]:
    """The columns of `headers` in order, one part per frame, so that only one frame is in memory at a time.

    After an empty line the lines of `guide` follow and a footer, so that a file that is passed on still says where it
    comes from.

    UTF-8 with a byte order mark, which Excel needs for Chinese. Text that a spreadsheet would execute gets a
    leading apostrophe; figures, negative ones included, do not.
    """
    yield _lines([map(_harmless, headers.values())]).encode("utf-8-sig")
    for frame in frames:
        rows = rows_of(frame, list(headers), language)
        yield _lines(map(_written, row) for row in rows).encode()
    yield _lines([[], *([_harmless(words)] for words in (*guide.splitlines(), foot))]).encode()


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


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
