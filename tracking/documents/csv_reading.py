"""Reading a .csv or .tsv table into plain values, in whatever encoding and with whatever separator.

Only texts are in it: a plain number becomes one, everything else is read as it is typed. What a workbook tells beside its
values (what is hidden, merged or struck out) such a file cannot.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from tracking.documents.grids import Sheet, Value, address_of
from tracking.documents.workbook_limits import check_reach
from tracking.messages import Message, Refusal

NAME = "CSV"
# The commonest first: of two that part the lines alike it is the first that is meant.
_SEPARATORS = (",", "\t", ";", "|", "，", "；")
# How Excel is told which one it is.
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Lines that tell the separator, and bytes that tell the encoding.
_SAMPLED = 200
# A leading zero belongs to a code or a telephone number, and so do more digits than a number keeps.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
_ERRORS = {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}
# No text has them; what is read in a wrong encoding does.
_NO_TEXT = re.compile("[\0-\x08\x0e-\x1a\ufffe\uffff]")


def text_of(content: bytes) -> str | None:
    """The text of a file, None if it is none. GB18030 can mean almost any bytes, so it is tried last."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    return None


def _encodings(content: bytes) -> Sequence[str]:
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    if marked:
        return marked
    # In UTF-16 one byte of each separator and digit is zero.
    first, second = (content[at:_SAMPLED:2].count(0) for at in (0, 1))
    if first or second:
        return ["utf-16-be" if first > second else "utf-16-le"]
    return ["utf-8", "gb18030"]


def read_csv(content: bytes) -> list[Sheet]:
    """The table as one sheet. Raises `Refusal` for what holds no table."""
    csv.field_size_limit(len(content) + 1)
    lines = list(_lines(text_of(content) or ""))
    width = max(map(len, lines), default=0)
    if width < 2:
        raise Refusal(Message("upload.no_workbook"))
    faults = (
        (address_of(row, column), value)
        for row, line in enumerate(lines, start=1)
        for column, value in enumerate(line, start=1)
        if value in _ERRORS
    )
    rows = tuple(tuple([_value(text) for text in line] + [None] * (width - len(line))) for line in lines)
    return [Sheet(NAME, rows, faults=tuple(faults), active=True)]


def _lines(text: str) -> Iterator[list[str]]:
    """The lines without the empty cells at their ends. Raises `Refusal` for a table that reaches too far."""
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else max(_SEPARATORS, key=lambda one: _agreement(text, one))
    row = width = 0
    for row, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
        while cells and not cells[-1].strip():
            cells.pop()
        width = max(width, len(cells))
        check_reach(row, width)
        yield cells


def _agreement(text: str, separator: str) -> int:
    """How many separators the lines that have the commonest number of them have together."""
    lines = islice(csv.reader(StringIO(text, newline=""), delimiter=separator), _SAMPLED)
    counts = Counter(len(cells) - 1 for cells in lines if len(cells) > 1)
    return max((count * times for count, times in counts.items()), default=0)


def _value(text: str) -> Value:
    plain = text.strip()
    return float(plain) if _NUMBER.fullmatch(plain) else text or None
