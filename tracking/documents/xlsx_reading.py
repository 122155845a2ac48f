"""Reading an .xlsx workbook, common or strict, into plain values; runs only in the limited process.

Values are read by calamine; what it does not tell is taken from the tags.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from tracking.documents.grids import Sheet, as_percent
from tracking.documents.sheet_scan import SheetScan
from tracking.documents.strict_workbooks import as_common
from tracking.documents.workbook_limits import check_names, check_size, merged_within
from tracking.documents.workbook_styles import MAIN, styles_of
from tracking.documents.xml_parts import tree_of, walk
from tracking.messages import Message, Refusal

_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHOWN = {None, "visible"}


def read_xlsx(content: bytes) -> list[Sheet]:
    """Every worksheet in order, hidden ones too. Raises `Refusal`."""
    common = as_common(content)
    try:
        with ZipFile(BytesIO(common)) as archive:
            told = _told(archive)
            scans = _scans(archive, told)
        book = CalamineWorkbook.from_filelike(BytesIO(common))
        return [_sheet(book, sheet, scans[sheet.name]) for sheet in told]
    except (CalamineError, ElementTree.ParseError, ExpatError, KeyError, ValueError):
        raise Refusal(Message("upload.no_workbook")) from None


def _told(archive: ZipFile) -> dict[Sheet, str]:
    """The worksheets without their rows, in order, each with the part it is in. Raises `Refusal`."""
    told = dict(_parts(archive))
    check_names([sheet.name for sheet in told])
    if max(Counter(told.values()).values()) > 1:
        raise Refusal(Message("upload.no_workbook"))
    return told


def _parts(archive: ZipFile) -> Iterator[tuple[Sheet, str]]:
    targets = {
        relation.get("Id"): relation for relation in tree_of(archive.read("xl/_rels/workbook.xml.rels"))
    }
    book = tree_of(archive.read("xl/workbook.xml"))
    view = book.find(f"{MAIN}bookViews/{MAIN}workbookView")
    active = 0 if view is None else int(view.get("activeTab", 0))
    for at, sheet in enumerate(book.iter(f"{MAIN}sheet")):
        relation = targets[sheet.get(_LINKED)]
        if str(relation.get("Type")).endswith("/worksheet"):
            part = posixpath.normpath(posixpath.join("/xl", str(relation.get("Target")))).lstrip("/")
            concealed = sheet.get("state") not in _SHOWN
            yield Sheet(str(sheet.get("name")), (), concealed=concealed, active=at == active), part


def _scans(archive: ZipFile, told: Mapping[Sheet, str]) -> dict[str, SheetScan]:
    """Name of a worksheet → the scan of its tags. Raises `Refusal`."""
    styles, scans = styles_of(archive), {}
    for sheet, part in told.items():
        scans[sheet.name] = scan = SheetScan(styles)
        walk(archive.read(part), scan)
        check_size(sum(one.rows * one.columns for one in scans.values()))
    return scans


def _sheet(book: CalamineWorkbook, told: Sheet, scan: SheetScan) -> Sheet:
    read = book.get_sheet_by_name(told.name)
    values: Any = read.to_python(skip_empty_area=False)
    _correct(values, scan)
    ranges = (
        (top + 1, left + 1, end + 1, right + 1) for (top, left), (end, right) in read.merged_cell_ranges or []
    )
    return Sheet(
        name=told.name,
        rows=tuple(map(tuple, values)),
        concealed=told.concealed,
        active=told.active,
        hidden=frozenset(scan.hidden),
        hidden_columns=frozenset(scan.hidden_columns),
        merged=merged_within(ranges, values),
        faults=tuple(scan.faults.items()),
        percents=frozenset(scan.percents),
        struck=frozenset(scan.struck),
    )


def _correct(values: list[list[Any]], scan: SheetScan) -> None:
    """Leave out what was struck out of a text; a number with a quoted percent sign is the percentage it shows."""
    for (row, column), text in scan.texts.items():
        values[row - 1][column - 1] = text
    for row, column in scan.quoted:
        value = values[row - 1][column - 1]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            values[row - 1][column - 1] = as_percent(value)
