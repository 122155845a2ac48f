"""Reading a workbook into plain values; runs only in the limited process, see `tracking.documents.limited`.

Values are read by calamine. What it does not tell (what is hidden or struck out, cells in error, percent signs) is
taken from the tags, and so is how far a sheet reaches: calamine makes room for everything up to its last cell.
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
from tracking.documents.workbook_styles import MAIN, Styles, kept_text, styles_of
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
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A row's tag, or a cell from its tag to its end; an empty cell ends with its tag.
_TAG = re.compile(
    rb"<(?:\w+:)?(?:(?P<row>row)\b(?P<about>[^>]*)>|c\b(?P<cell>[^>]*?)(?:/>|>(?P<inner>.*?)</(?:\w+:)?c>))",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb'\b(r|s|t|hidden)="([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_RESULT = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
# A formula that was computed, and gave an empty text.
_EMPTY_RESULT = re.compile(rb"<(?:\w+:)?v\s*/?>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_RANGE = re.compile(rb'\b(min|max|hidden)="([^"]*)"')
_SHOWN = {None, "visible"}


@dataclass
class _Scan:
    """What the tags of a sheet tell; `texts` are what is read of cells instead of what calamine reads."""

    concealed: bool = False
    active: bool = False
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)
    percents: set[str] = field(default_factory=set)
    quoted: set[tuple[int, int]] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
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
    _correct(values, scan)
    return Sheet(
        name=name,
        rows=tuple(map(tuple, values)),
        concealed=scan.concealed,
        active=scan.active,
        hidden=frozenset(scan.hidden),
        hidden_columns=frozenset(scan.hidden_columns),
        merged=_within(sheet.merged_cell_ranges or [], len(values), max(map(len, values), default=0)),
        faults=tuple(scan.faults.items()),
        percents=frozenset(scan.percents),
        struck=frozenset(scan.struck),
    )


def _correct(values: list[list[Any]], scan: _Scan) -> None:
    """Leave out what was struck out of a text; a number with a quoted percent sign is the percentage it shows."""
    for (row, column), text in scan.texts.items():
        values[row - 1][column - 1] = text
    for row, column in scan.quoted:
        value = values[row - 1][column - 1]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            values[row - 1][column - 1] = f"{repr(value).removesuffix('.0')}%"


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
        styles = styles_of(archive)
        return {name: _scan(archive, part, styles, found) for name, part, found in _parts(archive)}


def _parts(archive: ZipFile) -> Iterator[tuple[str, str, _Scan]]:
    """The names of the worksheets, each with the part it is in and an empty scan of it."""
    related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- no part has a DTD: check_parts
    targets = {relation.get("Id"): relation for relation in related}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- as above
    view = book.find(f"{MAIN}bookViews/{MAIN}workbookView")
    active = 0 if view is None else int(view.get("activeTab", 0))
    for at, sheet in enumerate(book.iter(f"{MAIN}sheet")):
        relation = targets[sheet.get(_LINKED)]
        if str(relation.get("Type")).endswith("/worksheet"):
            target = str(relation.get("Target"))
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            name = str(sheet.get("name"))
            if len(name) > LONGEST_NAME:
                raise Refusal(Message("upload.no_workbook"))
            yield name, part, _Scan(concealed=sheet.get("state") not in _SHOWN, active=at == active)


def _scan(archive: ZipFile, part: str, styles: Styles, found: _Scan) -> _Scan:
    content, row, column = archive.read(part), 0, 0
    _note_columns(found, content[: max(content.find(b"sheetData"), 0)])
    for match in _TAG.finditer(content):
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
            _note_cell(found, (row, column), about, match["inner"], styles)
    return found


def _note_cell(
    found: _Scan,
    place: tuple[int, int],
    about: dict[bytes, bytes],
    inner: bytes,
    styles: Styles,
) -> None:
    found.rows, found.columns = max(found.rows, place[0]), max(found.columns, place[1])
    if found.rows > MOST_ROWS or found.columns > MOST_COLUMNS or found.rows * found.columns > MOST_CELLS:
        raise Refusal(
            Message("upload.too_far", cell=address_of(*place), rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS)
        )
    result = _RESULT.search(inner)
    if about.get(b"t") == b"e":
        found.faults[address_of(*place)] = result[1].decode(errors="replace") if result else ""
    elif result is None and _FORMULA.search(inner) and not _is_empty(about, inner):
        found.faults[address_of(*place)] = ""
    _note_style(found, place, about.get(b"s", b""), styles)
    kept = styles.kept.get(result[1]) if result and about.get(b"t") == b"s" else kept_text(inner)
    if kept:
        found.texts[place] = kept
    elif kept is not None:
        found.struck.add(address_of(*place))


def _is_empty(about: dict[bytes, bytes], inner: bytes) -> bool:
    return about.get(b"t") == b"str" and _EMPTY_RESULT.search(inner) is not None


def _note_style(found: _Scan, place: tuple[int, int], style: bytes, styles: Styles) -> None:
    if style in styles.percent:
        found.percents.add(address_of(*place))
    if style in styles.quoted:
        found.quoted.add(place)
    if style in styles.struck:
        found.struck.add(address_of(*place))


def _note_columns(found: _Scan, before: bytes) -> None:
    """Note the hidden columns, which a sheet tells before its rows."""
    for match in _COLUMN.finditer(before):
        about = dict(_RANGE.findall(match[1]))
        if about.get(b"hidden") in {b"1", b"true"}:
            last = min(int(about.get(b"max", 0)), MOST_COLUMNS)
            found.hidden_columns.update(range(int(about.get(b"min", 1)), last + 1))
