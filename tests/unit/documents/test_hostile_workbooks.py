"""Files that were made to harm: each is refused in words, in the limited process or before it is begun."""

import runpy
import struct
from io import BytesIO, TextIOWrapper
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
import xlsxwriter

from tests.support.containers import (
    BOOK,
    SHEET,
    STYLES,
    TEXTS,
    archive,
    in_sheet,
    ods,
    ole,
    with_parts,
    workbook,
)
from tests.support.ledgers import part, with_part
from tests.support.trail import refusal_of
from tracking.documents import workbook_process
from tracking.documents.grids import packed, unpacked
from tracking.documents.limited import Limits, marked_workbook, read_sheets
from tracking.documents.workbook_process import REFUSED, limit, main
from tracking.documents.workbook_reading import read_workbook
from tracking.documents.workbook_zip import LIMIT_MEGABYTES, MOST_ENTRIES, check_parts

PLENTY = Limits(memory_bytes=2**33, cpu_seconds=60, seconds=60)


GOOD = workbook(["甲", 1])
# A compound file that ends in its own table.
BROKEN = ole("Workbook")[:600]


def reason(content: bytes) -> str:
    """Why the file is refused, and in the language of its reader rather than of a library."""
    refused = refusal_of(read_sheets, content)
    assert str(refused)
    return refused.messages[0].key


def with_cell(address: str) -> bytes:
    cell = f'<row r="{address[3:]}"><c r="{address}"><v>1</v></c></row>'.encode()
    return with_part(GOOD, SHEET, part(GOOD, SHEET).replace(b"</sheetData>", cell + b"</sheetData>"))


def two_far_sheets() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for sheet in (book.add_worksheet("一"), book.add_worksheet("二")):
            sheet.write(19_999, 99, 1)
    return out.getvalue()


def understated(content: bytes, name: str) -> bytes:
    """An archive whose list says that a part is smaller than it is."""
    raw = bytearray(content)
    with ZipFile(BytesIO(content)) as read:
        offset = read.start_dir
    while raw[offset : offset + 4] == b"PK\x01\x02":
        named, extra, comment = struct.unpack_from("<HHH", raw, offset + 28)
        if raw[offset + 46 : offset + 46 + named] == name.encode():
            struct.pack_into("<I", raw, offset + 24, 10)
        offset += 46 + named + extra + comment
    return bytes(raw)


def test_a_good_workbook_is_read():
    assert read_sheets(GOOD)[0].rows == (("甲", 1.0),)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "upload.empty"),
        (b"PK" + bytes(LIMIT_MEGABYTES * 2**20), "upload.too_large"),
        (b"PK\x03\x04" + bytes(50), "upload.no_workbook"),
        (archive(("xl/workbook.xml", b"<a/>")), "upload.no_workbook"),
        (archive(("xl/workbook.xml", b"<a/>"), ("XL/workbook.xml", b"<a/>")), "upload.no_workbook"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "upload.active"),
        (with_part(GOOD, "xl/macrosheets/sheet1.xml", b"<a/>"), "upload.active"),
        (with_part(GOOD, "xl/x.xml", bytes(60 * 2**20)), "upload.bomb"),
        (archive(*((f"{at}", b"") for at in range(MOST_ENTRIES)), ("xl/workbook.xml", b"")), "upload.bomb"),
        (with_part(GOOD, SHEET, b"<not xml"), "upload.no_workbook"),
        (with_part(GOOD, "xl/workbook.xml", b"<not xml"), "upload.no_workbook"),
    ],
    ids=range(11),
)
def test_a_file_that_is_no_plain_workbook_is_refused_before_its_values_are_read(content, key):
    assert reason(content) == key


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("start", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!doctype a>"])
def test_a_document_type_in_any_part_is_refused(start, encoding):
    padding = " " * ((2**20 - 80) // len(" ".encode(encoding)))
    assert reason(with_part(GOOD, "xl/x.xml", (padding + start).encode(encoding))) == "upload.active"


@pytest.mark.parametrize("address", ["XFD2", "AAA1048576", "AAA130000"])
def test_one_far_cell_is_named_and_refused(address):
    refused = refusal_of(read_sheets, with_cell(address))
    assert refused.messages[0].key == "upload.too_far"
    assert address in str(refused)


def test_a_wide_and_long_sheet_is_refused_for_its_cells():
    assert reason(with_cell("JZZ2")) == "upload.too_far"
    rows = b'<row r="100000"><c r="CV100000"><v>1</v></c></row></sheetData>'
    wide = with_part(GOOD, SHEET, part(GOOD, SHEET).replace(b"</sheetData>", rows))
    assert reason(wide) == "upload.too_far"


def test_one_long_text_in_many_cells_is_refused():
    long = workbook(*([("字" * 32_000)] for _ in range(1300)))
    assert refusal_of(read_workbook, long).messages[0].key == "upload.bomb"
    assert reason(long) in {"upload.bomb", "upload.too_much"}


def test_what_is_no_number_though_kept_as_one_is_read_as_text():
    for number, read in (("NaN", "nan"), ("1e999", "inf")):
        said = part(GOOD, SHEET).replace(b"<v>1</v>", f"<v>{number}</v>".encode())
        (sheet,) = read_workbook(with_part(GOOD, SHEET, said))
        assert unpacked(packed(sheet)).rows == (("甲", read),)


def test_what_adds_up_over_sheets_and_merged_cells_is_bounded():
    def told(content: bytes) -> str:
        return refusal_of(read_workbook, content).messages[0].key

    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 51 + b"</mergeCells>"
    tall = workbook(*([line, *range(99)] for line in range(200)))
    assert told(with_part(tall, SHEET, part(tall, SHEET).replace(b"</sheetData>", merged))) == "upload.bomb"
    book = part(GOOD, "xl/workbook.xml")
    again = book.replace(b"</sheets>", b'<sheet name="b" sheetId="2" r:id="rId1"/></sheets>')
    assert told(with_part(GOOD, "xl/workbook.xml", again)) == "upload.no_workbook"
    assert told(two_far_sheets()) == "upload.bomb"
    assert (
        told(with_part(GOOD, "xl/workbook.xml", book.replace("表".encode(), b"x" * 121)))
        == "upload.no_workbook"
    )


N = 100_000
HEAD = b"</sheetData>"
# A second of the processor, the start of the process included: more ends it with another message.
HURRIED = Limits(memory_bytes=2**30, cpu_seconds=1, seconds=60)
UNCLOSED = in_sheet(GOOD, HEAD, b'<row r="2">' + b'<c r="A2">' * N)
MANY = {
    "unclosed cells": (UNCLOSED, "no_workbook"),
    "cells in cells": (
        in_sheet(GOOD, HEAD, b'<row r="2">' + b'<c r="A2">' * N + b"</c>" * N + b"</row>"),
        "no_workbook",
    ),
    "cells without an end of their tag": (in_sheet(GOOD, HEAD, b"<c " * 3 * N), "no_workbook"),
    "rows without an end of their tag": (in_sheet(GOOD, HEAD, b"<row " * 2 * N), "no_workbook"),
    "columns without an end of their tag": (
        in_sheet(GOOD, b"<sheetData", b"<cols>" + b"<col " * N),
        "no_workbook",
    ),
    "an endless comment": (in_sheet(GOOD, HEAD, b"<!--" + b"<c " * 3 * N), "no_workbook"),
    "an endless attribute": (in_sheet(GOOD, HEAD, b'<row r="' + b"1" * 100 * N + b'"/>'), "bomb"),
    "an endless text": (
        in_sheet(GOOD, HEAD, b'<row r="2"><c t="inlineStr"><is><t>' + b"x" * 50 * N + b"</t></is></c></row>"),
        "long_cell",
    ),
    "a text of tags": (
        in_sheet(
            GOOD,
            HEAD,
            b'<row r="2"><c t="inlineStr"><is><t><![CDATA[' + b"<c " * 3 * N + b"]]></t></is></c></row>",
        ),
        "long_cell",
    ),
    "unclosed shared texts": (
        {TEXTS: part(GOOD, TEXTS).replace(b"</sst>", b"<strike/>" + b"<si>" * N)},
        "no_workbook",
    ),
    "unclosed runs of a shared text": (
        {TEXTS: part(GOOD, TEXTS).replace(b"</sst>", b"<si><strike/>" + b"<r>" * N + b"</si></sst>")},
        "no_workbook",
    ),
    "a number for a row that is none": (in_sheet(GOOD, HEAD, b'<row r="x"/>'), "no_workbook"),
    "ranges over ranges": (
        in_sheet(
            GOOD,
            b"<pageMargins",
            b"<mergeCells>" + b'<mergeCell ref="C3:D4"/>' * 2 * N + b'<mergeCell ref="A1:B1"/></mergeCells>',
        ),
        "bomb",
    ),
    "styles without number": (
        {
            STYLES: part(GOOD, STYLES).replace(
                b"</cellXfs>", b'<xf numFmtId="0" fontId="0"/>' * 6 * N + b"</cellXfs>"
            )
        },
        "bomb",
    ),
    "sheets without number": (
        {
            BOOK: part(GOOD, BOOK).replace(
                b"</sheets>",
                b"".join(b'<sheet name="%d" r:id="rId1"/>' % at for at in range(300)) + b"</sheets>",
            )
        },
        "no_workbook",
    ),
}


@pytest.mark.parametrize("kind", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("name", MANY)
def test_what_is_made_to_take_long_is_refused_within_a_second(name: str, kind: int):
    parts, key = MANY[name]
    refused = refusal_of(read_sheets, with_parts(GOOD, parts, kind), HURRIED)
    # What is packed too well is refused before it is unpacked.
    assert refused.messages[0].key in {f"upload.{key}", "upload.bomb"}


def test_what_is_refused_there_is_refused_here():
    for parts, key in MANY.values():
        assert refusal_of(read_workbook, with_parts(GOOD, parts)).messages[0].key == f"upload.{key}"
    crowd = archive(*((f"{at}", b"") for at in range(MOST_ENTRIES + 1)))
    locked = archive((BOOK, b"<a/>"), kind=ZIP_STORED).replace(
        b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"
    )
    version = archive((BOOK, b"<a/>")).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff")
    for content, key in (
        *((crowd, "bomb"), (locked, "locked"), (version, "no_workbook"), (b"PK\x03\x04", "no_workbook")),
        (archive((BOOK, b"<a/>"), (BOOK.upper(), b"<a/>")), "no_workbook"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "active"),
        (with_part(GOOD, "xl/x.xml", bytes(2**21)), "bomb"),
    ):
        assert refusal_of(read_workbook, content).messages[0].key == f"upload.{key}"


FORMATS = b'<numFmts count="1"><numFmt numFmtId="200" formatCode="' + b"[" * 10 * N + b'%"/></numFmts><fonts'


@pytest.mark.parametrize(
    "parts",
    [
        {STYLES: part(GOOD, STYLES).replace(b"<fonts", FORMATS)},
        in_sheet(GOOD, HEAD, b"<!--" + b"<c " * 3 * N + b"-->"),
        in_sheet(GOOD, b"<sheetData", b'<cols><col min="-900000000" max="16384" hidden="1"/></cols>'),
        {TEXTS: part(GOOD, TEXTS).replace(b'count="1"', b'count="4000000000"')},
        in_sheet(GOOD, HEAD, b"<row " + b" ".join(b'a%d="1"' % at for at in range(N)) + b"/>"),
    ],
    ids=range(5),
)
def test_what_is_made_to_take_long_and_says_nothing_is_read_within_a_second(parts: dict[str, bytes]):
    assert read_sheets(with_parts(GOOD, parts), HURRIED)[0].rows == (("甲", 1.0),)


def repeated(rows: int, columns: int, tables: int = 1, merged: str = "") -> bytes:
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}" {merged}/>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods("".join(f'<table:table table:name="{at}">{row}</table:table>' for at in range(tables)))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (repeated(10**9, 1), "too_far"),
        (repeated(1, 10**9), "too_far"),
        (repeated(100_000, 100), "too_far"),
        (repeated(1000, 200, tables=20), "bomb"),
        (
            repeated(300, 300, merged='table:number-columns-spanned="300" table:number-rows-spanned="300"'),
            "bomb",
        ),
        (
            ods('<table:table table:name="a"><table:table-row>' + "<table:table-cell>" * (N // 2)),
            "no_workbook",
        ),
        (ods('<table:table table:name="a"/>' * 2), "no_workbook"),
        (
            ods(
                '<table:table><table:table-row><table:table-cell office:value-type="time" office:time-value="x"/></table:table-row></table:table>'
            ),
            "no_workbook",
        ),
        (("," * 301 + "1\n").encode(), "too_far"),
        ("一,\n".encode() * 120_000 + "一,二".encode(), "too_far"),
        (b'a,"b' + b"x" * 1_000_000, "long_cell"),
    ],
    ids=range(11),
)
def test_other_kinds_have_the_same_limits(content: bytes, key: str):
    assert refusal_of(read_workbook, content).messages[0].key == f"upload.{key}"


def test_a_part_that_unpacks_to_more_than_it_says_is_stopped():
    liar = understated(with_part(GOOD, "xl/x.xml", bytes(10_000)), "xl/x.xml")
    with pytest.raises(Exception, match=r"Bad CRC|upload"):
        check_parts(liar)
    assert reason(liar) in {"upload.no_workbook", "upload.too_much"}


def test_a_locked_archive_is_refused():
    locked = bytearray(archive(("xl/workbook.xml", b"<a/>"), kind=ZIP_STORED))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert reason(bytes(locked)) == "upload.locked"


def test_more_memory_or_time_than_allowed_ends_the_process_and_not_the_server():
    large = workbook(*([f"行{line}", line, "字" * 50] for line in range(20_000)))
    little = Limits(memory_bytes=30 * 2**20, cpu_seconds=30, seconds=30)
    assert refusal_of(read_sheets, large, little).messages[0].key == "upload.too_much"
    hurried = Limits(memory_bytes=2**33, cpu_seconds=30, seconds=0)
    assert refusal_of(read_sheets, large, hurried).messages[0].key == "upload.too_much"
    marked = refusal_of(marked_workbook, large, {}, little)
    assert marked.messages[0].key == "upload.too_much_to_mark"


def test_the_process_sees_no_secret_of_the_server(monkeypatch):
    monkeypatch.setenv("AUDIT_KEY", "x")
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    assert read_sheets(GOOD, PLENTY)[0].name == "表"


def test_the_process_does_what_it_is_told_within_its_limits():
    given = BytesIO()
    assert main("read", 2**40, 100_000, BytesIO(GOOD), given) == 0
    assert '"甲"' in given.getvalue().decode()
    given = BytesIO()
    assert main("read", 2**40, 100_000, BytesIO(BROKEN), given) == REFUSED
    assert "upload.no_workbook" in given.getvalue().decode()
    given = BytesIO()
    assert main("read", 2**40, 100_000, BytesIO(with_cell("XFD2")), given) == REFUSED
    assert "upload.too_far" in given.getvalue().decode()
    limit(-1, -1)


def test_the_process_is_begun_by_its_name(monkeypatch):
    given = BytesIO()
    monkeypatch.setattr("sys.argv", ["", "read", "-1", "-1"])
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(GOOD)))
    monkeypatch.setattr("sys.stdout", TextIOWrapper(given, write_through=True))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(workbook_process.__file__, run_name="__main__")
    assert ended.value.code == 0
    assert '"甲"' in given.getvalue().decode()
    limit(-1, -1)


def test_marking_is_done_in_the_process_as_well():
    marked = marked_workbook(GOOD, {"表": {"A1": ["FFC7CE", "有误"]}})
    assert "有误" in part(marked, "xl/comments/comment1.xml").decode()
    given = BytesIO()
    assert main("mark", -1, -1, BytesIO(b'{"\\u8868": {"B1": ["FFC7CE", "x"]}}\n' + GOOD), given) == 0
    limit(-1, -1)


def test_what_the_parts_say_is_checked_here_as_in_the_process():
    assert (
        refusal_of(check_parts, with_part(GOOD, "a.xml", b"<!DOCTYPE a>")).messages[0].key == "upload.active"
    )
    for bad in (with_cell("XFD2"), with_part(GOOD, "xl/workbook.xml", b"<not xml")):
        assert refusal_of(read_workbook, bad)
