"""Reading a workbook into plain values; runs only in the limited process, see `tracking.documents.limited`.

Values are read by calamine. What it does not tell (rows hidden, cells in error, percent signs) is taken from the
tags of the sheet, and so is how far the sheet reaches: calamine makes room for everything up to its last cell.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from tracking.documents.grids import Sheet, address_of, place_of
from tracking.documents.workbook_zip import check_parts
from tracking.messages import Message, Refusal

MOST_ROWS = 120_000
MOST_COLUMNS = 300
# Over all sheets; several may be made from one part.
MOST_CELLS = 3_000_000
# Cells in merged ranges; malicious files merge the whole sheet a thousand times.
MOST_MERGED = 1_000_000
# Excel allows 31 characters, others a few more; findings on a sheet are stored with its name.
LONGEST_NAME = 120
# Characters over all cells: many cells may refer to the same long text.
MOST_TEXT = 40_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN_PERCENT = {9, 10}
# A row's tag, or a cell from its tag to its end; an empty cell ends with its tag.
_TAG = re.compile(
    rb"<(?:\w+:)?(?:(?P<row>row)\b(?P<about>[^>]*)>|c\b(?P<cell>[^>]*?)(?:/>|>(?P<inner>.*?)</(?:\w+:)?c>))",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb'\b(r|s|t|hidden)="([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v>([^<]+)<")


@dataclass
class _Scan:
    """What the tags of a sheet tell."""

    hidden: set[int] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)
    percents: set[str] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def read_workbook(content: bytes) -> list[Sheet]:
    """Every worksheet in order, hidden ones too. Raises `Refusal` if it cannot be read or exceeds the limits."""
    check_parts(content)
    try:
        scans = _scans(content)
        if sum(scan.rows * scan.columns for scan in scans.values()) > MOST_CELLS:
            raise Refusal(Message("upload.bomb"))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [_sheet(book, name, scan) for name, scan in scans.items()]
    except (CalamineError, ElementTree.ParseError, KeyError, ValueError):
        raise Refusal(Message("upload.no_workbook")) from None
    texts = (value for sheet in sheets for row in sheet.rows for value in row if isinstance(value, str))
    if sum(map(len, texts)) > MOST_TEXT:
        raise Refusal(Message("upload.bomb"))
    return sheets


def _sheet(book: CalamineWorkbook, name: str, scan: _Scan) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    values: Any = sheet.to_python(skip_empty_area=False)
    return Sheet(
        name=name,
        rows=tuple(map(tuple, values)),
        hidden=frozenset(scan.hidden),
        merged=_within(sheet.merged_cell_ranges or [], len(values), max(map(len, values), default=0)),
        faults=tuple(scan.faults.items()),
        percents=frozenset(scan.percents),
    )


def _within(ranges: Any, height: int, width: int) -> tuple[tuple[int, int, int, int], ...]:
    """The merged ranges, clipped to the sheet, from 1. Raises `Refusal` for too many."""
    merged = tuple(
        (top + 1, left + 1, min(end + 1, height), min(right + 1, width))
        for (top, left), (end, right) in ranges
        if top < height and left < width
    )
    if (
        sum(max(end - top + 1, 0) * max(right - left + 1, 0) for top, left, end, right in merged)
        > MOST_MERGED
    ):
        raise Refusal(Message("upload.bomb"))
    return merged


def _scans(content: bytes) -> dict[str, _Scan]:
    """Worksheet → the scan of its tags, in workbook order."""
    with ZipFile(BytesIO(content)) as archive:
        percent_styles = _percent_styles(archive)
        return {name: _scan(archive, part, percent_styles) for name, part in _parts(archive)}


def _parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the worksheets, each with the part it is in."""
    related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- no part has a DTD: check_parts
    targets = {relation.get("Id"): relation for relation in related}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- as above
    for sheet in book.iter(f"{_MAIN}sheet"):
        relation = targets[sheet.get(_LINKED)]
        if str(relation.get("Type")).endswith("/worksheet"):
            target = str(relation.get("Target"))
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            name = str(sheet.get("name"))
            if len(name) > LONGEST_NAME:
                raise Refusal(Message("upload.no_workbook"))
            yield name, part


def _percent_styles(archive: ZipFile) -> frozenset[bytes]:
    """The styles, by their number in the file, that show a percent sign."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 -- as above
    percent = {
        int(made.get("numFmtId", 0))
        for made in styles.iter(f"{_MAIN}numFmt")
        if "%" in made.get("formatCode", "")
    } | _BUILT_IN_PERCENT
    formats = styles.find(f"{_MAIN}cellXfs")
    found = [] if formats is None else list(formats)
    return frozenset(
        str(at).encode() for at, style in enumerate(found) if int(style.get("numFmtId", 0)) in percent
    )


def _scan(archive: ZipFile, part: str, percent_styles: frozenset[bytes]) -> _Scan:
    found, row, column = _Scan(), 0, 0
    for match in _TAG.finditer(archive.read(part)):
        about = dict(_ATTRIBUTE.findall(match["about"] or match["cell"] or b""))
        if match["row"]:
            row, column = int(about.get(b"r", row + 1)), 0
            if about.get(b"hidden") in {b"1", b"true"}:
                found.hidden.add(row)
            continue
        column += 1
        address = about[b"r"].decode() if b"r" in about else ""
        if address:
            row, column = place_of(address)
        if match["inner"] is not None:
            _note_cell(found, (row, column), about, match["inner"], percent_styles)
    return found


def _note_cell(
    found: _Scan,
    place: tuple[int, int],
    about: dict[bytes, bytes],
    inner: bytes,
    percent_styles: frozenset[bytes],
) -> None:
    found.rows, found.columns = max(found.rows, place[0]), max(found.columns, place[1])
    if found.rows > MOST_ROWS or found.columns > MOST_COLUMNS or found.rows * found.columns > MOST_CELLS:
        raise Refusal(
            Message("upload.too_far", cell=address_of(*place), rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS)
        )
    result = _RESULT.search(inner)
    if about.get(b"t") == b"e":
        found.faults[address_of(*place)] = result[1].decode(errors="replace") if result else ""
    elif result is None and _FORMULA.search(inner):
        found.faults[address_of(*place)] = ""
    if about.get(b"s") in percent_styles:
        found.percents.add(address_of(*place))
