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
