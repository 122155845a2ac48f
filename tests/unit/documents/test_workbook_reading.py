"""What is read from a workbook besides its values: hidden rows, merged cells, errors, percent signs."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from tests.support.ledgers import edited, part, with_part
from tracking.documents.grids import Sheet, address_of, packed, place_of, unpacked
from tracking.documents.workbook_marking import mark_workbook
from tracking.documents.workbook_reading import read_workbook


def book_of(change) -> bytes:
    book = openpyxl.Workbook()
    change(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(content: bytes) -> Sheet:
    (sheet,) = read_workbook(content)
    return unpacked(packed(sheet))


def varied(sheet) -> None:
    sheet.title = "台账"
    values = [
        "文字",
        5,
        1.5,
        True,
        date(2026, 9, 30),
        datetime(2026, 9, 30, 8, 30),  # noqa: DTZ001 -- spreadsheets know no zones
        time(8, 30),
        timedelta(1.5),
    ]
    for column, value in enumerate([*values, "#N/A", "=1+1", 0.624, 0.5, 0.5], start=1):
        sheet.cell(2, column).value = value
    sheet["K2"].number_format, sheet["L2"].number_format, sheet["M2"].number_format = "0.0%", "0%", "0.0"
    sheet.row_dimensions[2].hidden = True
    sheet["A4"] = "合并"
    sheet.merge_cells("A4:B6")


def test_values_are_plain_and_the_rest_is_told_beside_them():
    found = sheet_of(book_of(varied))
    assert found.name == "台账"
    assert found.rows[1][:8] == (
        "文字",
        5.0,
        1.5,
        True,
        date(2026, 9, 30),
        "2026-09-30T08:30:00",
        "08:30:00",
        "1 day, 12:00:00",
    )
    assert found.rows[0][0] is None
    assert found.hidden == {2}
    assert found.merged == ((4, 1, 4, 2),)
    assert found.faults == (("I2", "#N/A"), ("J2", ""))
    assert found.percents == {"K2", "L2"}


def test_a_formula_that_was_computed_is_its_result():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", value=2)
    found = sheet_of(out.getvalue())
    assert (found.rows[0][0], found.faults) == (2.0, ())


def test_a_workbook_without_styles_or_places_is_read():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_number(0, 0, 7)
    name, styles = "xl/worksheets/sheet1.xml", "xl/styles.xml"
    bare = part(out.getvalue(), name).replace(b'<c r="A1">', b"<c>").replace(b'<row r="1"', b"<row")
    assert sheet_of(with_part(out.getvalue(), name, bare)).rows == ((7.0,),)
    empty = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    assert sheet_of(with_part(out.getvalue(), styles, empty)).rows == ((7.0,),)
    bald = BytesIO()
    with ZipFile(out) as old, ZipFile(bald, "w") as new:
        for entry in old.infolist():
            if entry.filename != styles:
                new.writestr(entry, old.read(entry))
    assert sheet_of(bald.getvalue()).rows == ((7.0,),)


def test_a_chart_sheet_is_passed_over():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("一").write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=一!$A$1"})
        book.add_chartsheet("图").set_chart(chart)
    assert sheet_of(out.getvalue()).name == "一"


@pytest.mark.parametrize(
    ("place", "address"), [((1, 1), "A1"), ((5, 26), "Z5"), ((7, 27), "AA7"), ((1, 16384), "XFD1")]
)
def test_a_cell_is_named_as_a_person_names_it(place, address):
    assert (address_of(*place), place_of(address)) == (address, place)


def test_what_names_no_cell_is_refused():
    with pytest.raises(ValueError, match="5A"):
        place_of("5A")


def test_marks_colour_a_cell_and_leave_the_rest_as_it_was():
    marked = mark_workbook(book_of(varied), {"台账": {"A2": ("FFC7CE", "B 级"), "B5": ("FFC7CE", "x")}})
    sheet = openpyxl.load_workbook(BytesIO(marked)).active
    assert (sheet["A2"].comment.text, sheet["A2"].fill.start_color.rgb) == ("B 级", "00FFC7CE")
    assert (sheet["A2"].value, sheet["C2"].value, sheet["C2"].comment) == ("文字", 1.5, None)
    assert sheet.row_dimensions[2].hidden


def test_what_is_wrong_in_a_merged_cell_is_marked_in_its_first_and_the_gravest_colours_it():
    def merge(sheet) -> None:
        sheet["Y1"] = "共同"
        sheet.merge_cells("X5:X6")
        sheet.merge_cells("Y1:Y3")

    book = edited(book_of(varied), merge)
    marked = mark_workbook(book, {"台账": {"Y2": ("FFC7CE", "甲"), "Y3": ("DDEBF7", "乙")}})
    sheet = openpyxl.load_workbook(BytesIO(marked)).active
    assert (sheet["Y1"].comment.text, sheet["Y1"].fill.start_color.rgb) == ("甲\nY3 乙", "00FFC7CE")


def shown(change) -> bytes:
    """A workbook as `change` fills its first sheet, with formats of its own."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        change(book, book.add_worksheet("台账"))
    return out.getvalue()


def test_what_is_struck_out_of_a_text_is_not_read_and_a_cell_struck_out_whole_is_told():
    def change(book, sheet) -> None:
        strike, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write_rich_string("A1", strike, "三个 & 四个。", plain, "五<个>。")
        sheet.write_rich_string("A2", strike, "全部", strike, "划去")
        sheet.write_rich_string("A3", plain, "都", plain, "保留")
        sheet.write("A4", "取消", strike)
        sheet.write("A5", "普通")

    found = sheet_of(shown(change))
    assert [row[0] for row in found.rows] == ["五<个>。", "全部划去", "都保留", "取消", "普通"]
    assert found.struck == {"A2", "A4"}


def test_struck_texts_kept_within_their_cells_are_read_alike():
    def change(sheet) -> None:
        run = "<r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r>"
        sheet["A1"] = "标记"
        sheet["A1"].font = openpyxl.styles.Font(strike=False)
        sheet["A2"] = run

    content = book_of(change)
    sheet = part(content, "xl/worksheets/sheet1.xml").decode()
    inline = '<c r="A2" t="inlineStr"><is><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></is></c>'
    start = sheet.index('<c r="A2"')
    told = sheet[:start] + inline + sheet[sheet.index("</c>", start) + 4 :]
    found = sheet_of(with_part(content, "xl/worksheets/sheet1.xml", told.encode()))
    assert [row[0] for row in found.rows] == ["标记", "新"]


def test_a_quoted_percent_sign_belongs_to_the_number_before_it():
    def change(book, sheet) -> None:
        for row, (value, code) in enumerate([(80, '0"%"'), (80.5, "0.0\\%"), (0.8, "0%"), (0.8, '0"约"%')]):
            sheet.write_number(row, 0, value, book.add_format({"num_format": code}))
        sheet.write_string(4, 0, "八成", book.add_format({"num_format": '0"%"'}))
        sheet.write_boolean(5, 0, True, book.add_format({"num_format": '0"%"'}))

    found = sheet_of(shown(change))
    assert [row[0] for row in found.rows] == ["80%", "80.5%", 0.8, 0.8, "八成", True]
    assert found.percents == {"A3", "A4"}


def test_hidden_sheets_and_columns_and_the_open_sheet_are_told():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        old, now = book.add_worksheet("去年"), book.add_worksheet("今年")
        old.hide()
        now.activate()
        now.write("A1", "文字")
        now.set_column("B:C", None, None, {"hidden": True})
        now.set_column("D:D", 20)
    first, second = map(unpacked, map(packed, read_workbook(out.getvalue())))
    assert (first.concealed, first.active) == (True, False)
    assert (second.concealed, second.active, second.hidden_columns) == (False, True, {2, 3})
    old_form = {key: value for key, value in packed(second).items() if key not in {"concealed", "struck"}}
    assert (unpacked(old_form).concealed, unpacked(old_form).struck) == (False, frozenset())


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    def change(sheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "文字", '=IF(TRUE,"",1)', "=1+1"

    content = book_of(change)
    sheet = part(content, "xl/worksheets/sheet1.xml").decode()
    empty = sheet.replace('<c r="B1">', '<c r="B1" t="str">')
    found = sheet_of(with_part(content, "xl/worksheets/sheet1.xml", empty.encode()))
    assert dict(found.faults) == {"C1": ""}
