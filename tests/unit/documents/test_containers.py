"""Tables in every kind of file: the same cells from each, and a sentence for what is no table."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.support.containers import OPEN_SHEET, archive, ods, ole, settings, strict, workbook
from tests.support.ledgers import edited, part, with_part
from tests.support.office import converted
from tests.support.trail import refusal_of
from tests.unit.documents.test_ledger_forms import FORM, judged
from tracking.documents.containers import Container, container_of
from tracking.documents.grids import Sheet
from tracking.documents.limited import read_sheets
from tracking.documents.workbook_marking import mark_workbook
from tracking.documents.workbook_reading import read_workbook
from tracking.vocabulary import Verdict

XLS, ODS, CSV = (
    "xls:MS Excel 97",
    "ods:calc8",
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
)
DAY, INSTANT = date(2026, 9, 30), datetime(2026, 9, 30, 8, 30)  # noqa: DTZ001 -- spreadsheets know no zones


def of_every_kind() -> bytes:
    """A workbook with each kind of value, what is hidden and merged, and what is struck out."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["标题"])
    sheet.merge_cells("A1:D1")
    sheet.append(["文字", 5, True, DAY, INSTANT, time(8, 30), "=1/0", "=NA()", '=IF(TRUE,"",1)', 0.624, 80])
    for place, code in (
        *(("D2", "yyyy-mm-dd"), ("E2", "yyyy-mm-dd hh:mm"), ("F2", "hh:mm")),
        *(("J2", "0.0%"), ("K2", '0"%"')),
    ):
        sheet[place].number_format = code
    struck, kept = InlineFont(strike=True), InlineFont()
    sheet["A3"], sheet["A3"].font = "取消", Font(strike=True)
    sheet["B3"] = CellRichText(TextBlock(struck, "三个"), TextBlock(kept, "五个"))
    sheet["C3"] = CellRichText(TextBlock(struck, "三个"), TextBlock(struck, "五个"))
    sheet["A4"], sheet["B4"], sheet["C4"] = "第一行\n第二行  两空格", "0571", "  前空"
    sheet["A5"] = "隐藏行"
    sheet.row_dimensions[5].hidden = sheet.column_dimensions["C"].hidden = True
    old = book.create_sheet("旧")
    old["A1"], old.sheet_state = 1, "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def saved_as(tmp_path: Path, content: bytes, to: str) -> bytes:
    """The workbook as the office suite saves it."""
    source = tmp_path / "source.xlsx"
    source.write_bytes(content)
    (made,) = converted(tmp_path, source, to=to)
    return made.read_bytes()


@pytest.mark.parametrize(("to", "kind"), [(XLS, Container.XLS), (ODS, Container.ODS)])
def test_a_workbook_saved_in_another_kind_says_the_same(tmp_path: Path, to: str, kind: Container):
    content = saved_as(tmp_path, of_every_kind(), to)
    assert container_of(content) is kind
    sheet, old = read_sheets(content)
    assert (sheet.name, sheet.rows[0][0], old.name, old.concealed) == ("台账", "标题", "旧", True)
    assert sheet.rows[1] == (
        *("文字", 5.0, True, DAY, "2026-09-30T08:30:00", "08:30:00"),
        *("#DIV/0!", "#N/A", None, 0.624, "80%"),
    )
    assert sheet.rows[2][:3] == ("取消", "五个", "三个五个")
    assert sheet.rows[3][:3] == ("第一行\n第二行  两空格", "0571", "  前空")
    assert (sheet.hidden, sheet.hidden_columns, sheet.merged) == ({5}, {3}, ((1, 1, 1, 4),))
    assert dict(sheet.faults) == {"G2": "#DIV/0!", "H2": "#N/A"}
    assert (sheet.percents, sheet.struck) == ({"J2"}, {"A3", "C3"})


@pytest.mark.parametrize("to", [XLS, ODS, CSV])
def test_our_form_comes_back_in_another_kind_without_a_difference(tmp_path: Path, to: str):
    rows = judged(saved_as(tmp_path, FORM, to))
    assert [row.verdict for row in rows] == [Verdict.UNCHANGED] * 4


def test_a_copy_of_another_kind_has_the_same_cells_and_the_marks(tmp_path: Path):
    content = saved_as(tmp_path, of_every_kind(), XLS)
    marked = mark_workbook(content, {"台账": {"B3": ("FFC7CE", "有误"), "C1": ("DDEBF7", "合并")}})
    before, after = read_workbook(content), read_workbook(marked)
    assert [sheet.rows[:1] + sheet.rows[2:] for sheet in after] == [
        tuple(tuple(value or "" for value in row) for row in sheet.rows[:1] + sheet.rows[2:])
        for sheet in before
    ]
    assert [value or "" for value in after[0].rows[1][:6]] == [
        *("文字", 5.0, True, DAY, INSTANT, time(8, 30)),
    ]
    assert (after[0].hidden, after[0].hidden_columns, after[0].percents) == ({5}, {3}, {"J2"})
    assert (after[0].merged, after[1].concealed) == (((1, 1, 1, 4),), True)
    sheet = openpyxl.load_workbook(BytesIO(marked))["台账"]
    assert (sheet["B3"].comment.text, sheet["B3"].fill.start_color.rgb) == ("有误", "00FFC7CE")
    assert sheet["A1"].comment.text == "合并"


def test_a_strict_workbook_is_read_and_marked_like_any_other():
    def change(sheet) -> None:
        sheet["A2"], sheet["B2"], sheet["B2"].number_format = "新", DAY, "yyyy-mm-dd"

    common = edited(workbook(["甲", 1]), change)
    told = part(common, "xl/worksheets/sheet1.xml").decode()
    start = told.index('<c r="B2"')
    iso = '<c r="B2" s="1" t="d"><v>2026-09-30</v></c>'
    told = told[:start] + iso + told[told.index("</c>", start) + 4 :]
    content = strict(with_part(common, "xl/worksheets/sheet1.xml", told.encode()))
    (sheet,) = read_sheets(content)
    assert sheet.rows == (("甲", 1.0), ("新", DAY))
    marked = mark_workbook(content, {"表": {"A2": ("FFC7CE", "有误")}})
    page = openpyxl.load_workbook(BytesIO(marked))["表"]
    assert (page["A2"].comment.text, page["A1"].value) == ("有误", "甲")


LINES = [["任务", "进展", "数量"], ["展会，含线上", '他说"好"\n又说', "1200"], ["培训;一期", "无", "-0.5"]]
READ = (("任务", "进展", "数量"), ("展会，含线上", '他说"好"\n又说', 1200.0), ("培训;一期", "无", -0.5))


def separated(separator: str) -> str:
    quoted = (['"' + value.replace('"', '""') + '"' for value in line] for line in LINES)
    return "\r\n".join(separator.join(line) for line in quoted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_a_table_of_texts_is_read_in_every_encoding_with_every_separator(encoding: str, separator: str):
    content = separated(separator).encode(encoding)
    assert container_of(content) is Container.CSV
    (sheet,) = read_workbook(content)
    assert (sheet.rows, sheet.active) == (READ, True)


def test_of_texts_only_plain_numbers_become_numbers_and_errors_are_told():
    content = "sep=;\nA;B;C\n0571;1.50;1,200\n12345678901234567;;#N/A\n;;\n 7 ;a,b,c,d,e,f;"
    (sheet,) = read_workbook(content.encode())
    assert sheet.rows == (
        ("A", "B", "C"),
        ("0571", 1.5, "1,200"),
        ("12345678901234567", None, "#N/A"),
        (None, None, None),
        (7.0, "a,b,c,d,e,f", None),
    )
    assert sheet.faults == (("C3", "#N/A"),)


def test_a_copy_of_texts_holds_no_formula_and_names_that_a_workbook_takes():
    long = f"={'长' * 40}"
    tables = "".join(
        f'<table:table table:name="{name}"><table:table-row>{cell("甲", kind="string")}</table:table-row></table:table>'
        for name in ("a/b", "A_b", "'", long)
    )
    marked = mark_workbook(ods(tables), {"A_b": {"A1": ("FFC7CE", "有误")}})
    book = openpyxl.load_workbook(BytesIO(marked))
    assert book.sheetnames == ["a_b", "A_b_2", "_", long[:31]]
    assert book["A_b_2"]["A1"].comment.text == "有误"
    formula = openpyxl.load_workbook(BytesIO(mark_workbook("=1+1,2\n甲,乙".encode(), {})))
    assert (formula["CSV"]["A1"].value, formula["CSV"]["A1"].data_type) == ("=1+1", "s")


def cell(text: str = "", kind: str = "", more: str = "", inner: str = "") -> str:
    told = f'office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell {told} {more}><text:p>{text}</text:p>{inner}</table:table-cell>"


def table(*rows: str, about: str = "", before: str = "", name: str = "甲") -> str:
    return f'<table:table table:name="{name}" {about}>{before}{"".join(rows)}</table:table>'


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def only(content: bytes) -> Sheet:
    (sheet,) = read_workbook(content)
    return sheet


def test_what_is_counted_in_an_open_format_is_laid_out():
    empty = "<table:table-cell table:number-columns-repeated='16000'/>"
    twice = cell("5", "float", 'office:value="5" table:number-columns-repeated="2"')
    rows = (
        row(empty, about='table:number-rows-repeated="2" table:visibility="collapse"'),
        row("<table:table-cell/>", twice, empty, about='table:number-rows-repeated="2"'),
        row(cell("尾", "string")),
        row(empty, about='table:number-rows-repeated="1000000"'),
    )
    sheet = only(ods(table(*rows)))
    assert sheet.rows == ((None,) * 3, (None,) * 3, (None, 5.0, 5.0), (None, 5.0, 5.0), ("尾", None, None))
    assert sheet.hidden == {1, 2}


def test_values_of_an_open_format_are_plain_and_the_rest_is_told_beside_them():
    values = row(
        cell("2026-09-30", "date", 'office:date-value="2026-09-30"'),
        cell("", "time", 'office:time-value="PT08H30M00S"'),
        cell("", "time", 'office:time-value="PT36H00M00S"'),
        cell("TRUE", "boolean", 'office:boolean-value="true"'),
        cell("￥5", "currency", 'office:value="5"'),
        cell("80%", "float", 'office:value="80"'),
        cell("62%", "percentage", 'office:value="0.62"'),
        '<table:table-cell table:formula="of:=1+1"/>',
        cell("", "", 'table:formula="of:=IF(1;2;3)" table:number-columns-spanned="1"'),
        cell("#N/A", "string", 'calcext:value-type="error"'),
    )
    sheet = only(ods(table(values)))
    assert sheet.rows == (
        (DAY, time(8, 30), timedelta(hours=36), True, 5.0, "80%", 0.62, None, None, "#N/A"),
    )
    assert sheet.merged == ()
    assert (sheet.faults, sheet.percents) == ((("H1", ""), ("J1", "#N/A")), {"G1"})


def test_texts_of_an_open_format_are_read_without_notes_pictures_and_what_is_struck_out():
    styles = (
        '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="N" style:family="text" style:parent-style-name="S"/>'
        '<style:style style:name="C" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/></style:style>'
        '<style:style style:name="H" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    picture = "<draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame>"
    texts = row(
        cell(
            '一<text:s text:c="2"/>二<text:tab/>三<text:line-break/>四',
            "string",
            inner=f"<text:p>五</text:p>{note}",
        ),
        cell('<text:span text:style-name="N">旧</text:span>新<text:a>链</text:a>', "string", inner=picture),
        cell('<text:span text:style-name="S">旧</text:span>', "string"),
        cell("划", "string", 'table:style-name="C"'),
        cell("列", "string"),
        cell("样", "string", 'table:style-name="X"'),
    )
    columns = (
        '<table:table-column table:number-columns-repeated="4"/>'
        '<table:table-column table:default-cell-style-name="C" table:visibility="collapse"/>'
    )
    hidden = table(row(cell("乙", "string")), about='table:style-name="H"', name="乙")
    content = ods(table(texts, before=columns) + hidden, styles, [settings("乙")])
    sheet, other = read_workbook(content)
    assert sheet.rows == (("一  二\t三\n四\n五", "新链", "旧", "划", "列", "样"),)
    assert (sheet.struck, sheet.hidden_columns) == ({"C1", "D1", "E1"}, {5})
    assert (sheet.active, other.active, other.concealed) == (False, True, True)


def test_a_ring_of_styles_comes_to_its_end():
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{above}"/>'
        for name, above in ("ab", "ba")
    )
    assert only(ods(table(row(cell("甲", "string", 'table:style-name="a"'))), styles)).struck == frozenset()


PAGE = "<html><table><tr><td>序号</td></tr></table></html>"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (ole("EncryptedPackage", "EncryptionInfo"), "upload.locked"),
        (ole("Workbook", "_VBA_PROJECT_CUR"), "upload.active"),
        (ole("WordDocument"), "upload.document"),
        (ole("PowerPoint Document"), "upload.document"),
        (ole("Something"), "upload.no_workbook"),
        (ole("Workbook"), "upload.no_workbook"),
        (ole()[:8] + bytes(600), "upload.no_workbook"),
        (b"a,b\x01\nc,d", "upload.no_workbook"),
        (archive(("word/document.xml", b"<a/>")), "upload.document"),
        (archive(("ppt/presentation.xml", b"<a/>")), "upload.document"),
        (archive(("OFD.xml", b"<a/>")), "upload.document"),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.text")), "upload.document"),
        (archive(("mimetype", b"application/epub+zip")), "upload.archive"),
        (archive(("xl/workbook.bin", b"")), "upload.binary"),
        (archive(("台账.xlsx", b"")), "upload.archive"),
        (archive(("mimetype", OPEN_SHEET.encode()), ("Basic/script-lc.xml", b"<a/>")), "upload.active"),
        (ods("", more=[("META-INF/manifest.xml", b"<encryption-data/>")]), "upload.locked"),
        (archive(("mimetype", OPEN_SHEET.encode()), ("content.xml", b"<a>")), "upload.no_workbook"),
        (PAGE.encode(), "upload.web_page"),
        (("\ufeff\r\n " + PAGE).encode("utf-8"), "upload.web_page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "upload.web_page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "upload.web_page"),
        (b"%PDF-1.7", "upload.document"),
        (b"{\\rtf1}", "upload.document"),
        (b"Rar!\x1a\x07", "upload.archive"),
        (b"\x89PNG\r\n\x1a\n", "upload.picture"),
        (b"\xff\xd8\xff\xe0", "upload.picture"),
        ("一句话".encode(), "upload.no_workbook"),
        (bytes(range(256)), "upload.no_workbook"),
        (b"\xff\xfe\x00\xd8", "upload.no_workbook"),
    ],
    ids=range(30),
)
def test_what_is_no_table_gets_a_sentence_that_says_what_to_do(content: bytes, key: str):
    refused = refusal_of(read_workbook, content)
    assert refused.messages[0].key == key
    assert str(refused)


def test_a_document_and_a_page_of_the_office_suite_are_known(tmp_path: Path):
    (tmp_path / "说明.txt").write_text("说明", encoding="utf-8")
    (document,) = converted(tmp_path, tmp_path / "说明.txt", to="doc:MS Word 97")
    assert str(refusal_of(read_sheets, document.read_bytes())).startswith("这是 Word 文件")
    page = saved_as(tmp_path, workbook(["甲", 1]), "html:HTML (StarCalc)")
    assert "网页" in str(refusal_of(read_sheets, page))


def test_a_locked_old_workbook_is_told_from_a_broken_one(tmp_path: Path):
    content = saved_as(tmp_path, workbook(["甲", 1]), XLS)
    interface, locked = b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00"
    assert interface in content
    assert refusal_of(read_sheets, content.replace(interface, locked)).messages[0].key == "upload.locked"
    for broken in (content[:600], content[:1024] + b"\xff" * (len(content) - 1024)):
        assert refusal_of(read_sheets, broken).messages[0].key == "upload.no_workbook"
