"""Tables in other kinds of file than .xlsx, as offices keep them and as somebody with bad intent would make them."""

import csv
import re
import struct
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl
import xlsxwriter

from tests.support.ledgers import part

SHEET, BOOK, TEXTS, STYLES = (
    f"xl/{name}.xml" for name in ("worksheets/sheet1", "workbook", "sharedStrings", "styles")
)
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")),
        *(("draw", "drawing"), ("calcext", "calcext"), ("config", "config")),
    )
)
_COMMON = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/")
_STRICT = rb"http://purl.oclc.org/ooxml/\1/"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(*rows: list) -> bytes:
    """One sheet with these rows."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def archive(*entries: tuple[str, bytes], kind: int = ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", kind) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes], kind: int = ZIP_STORED) -> bytes:
    """The archive with these parts put in or replaced, packed or only stored."""
    with ZipFile(BytesIO(content)) as old:
        kept = [(name, old.read(name)) for name in old.namelist() if name not in parts]
    return archive(*kept, *parts.items(), kind=kind)


def in_sheet(content: bytes, before: bytes, more: bytes) -> Mapping[str, bytes]:
    """The first sheet with something more before a tag of it."""
    return {SHEET: part(content, SHEET).replace(before, more + before)}


def strict(content: bytes) -> bytes:
    """The workbook as ISO/IEC 29500 Strict names its parts; the days in it are written as such."""
    with ZipFile(BytesIO(content)) as old:
        parts = {name: _COMMON.sub(_STRICT, old.read(name)) for name in old.namelist()}
    return archive(*parts.items())


def ods(body: str, styles: str = "", more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A workbook in the open format: the tables of its body, and its automatic styles."""
    content = (
        f"<office:document-content {_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(("mimetype", OPEN_SHEET.encode()), ("content.xml", content.encode()), *more)


def as_texts(content: bytes, encoding: str, separator: str = ",") -> bytes:
    """The first sheet of a workbook as a spreadsheet saves it as texts."""
    out = StringIO(newline="")
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def settings(active: str) -> tuple[str, bytes]:
    """The part of an .ods that tells which sheet is open."""
    item = f'<config:config-item config:name="ActiveTable">{active}</config:config-item>'
    return (
        "settings.xml",
        f"<office:document-settings {_NAMESPACES}>{item}</office:document-settings>".encode(),
    )


def ole(*names: str) -> bytes:
    """A compound file with empty streams of these names."""
    free, end = -1, -2
    header = struct.pack("<8s16xHH2sHH10x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, b"\xfe\xff", 9, 6)
    header += struct.pack("<iiiiiiii", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109i", 0, *[free] * 108)
    table = struct.pack("<128i", -3, end, *[free] * 126)
    entries = [_entry("Root Entry", 5, 1), *(_entry(name, 2, free) for name in names)]
    return header + table + b"".join(entries).ljust(512, b"\0")


def _entry(name: str, kind: int, child: int) -> bytes:
    named = name.encode("utf-16-le") + b"\0\0"
    return named.ljust(64, b"\0") + struct.pack("<HBBiii36xii4x", len(named), kind, 1, -1, -1, child, -2, 0)
