"""The ledger as files: what is typed stays text, figures stay figures, and the paper is A4."""

import csv
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from tracking.documents.csv import ledger_csv
from tracking.documents.excel import ledger_workbook, write_ledger
from tracking.ledgers.columns import LEDGER_COLUMNS, ledger_headers
from tracking.vocabulary import Language

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ABOUT = {"title": "工作台账", "source": "各单位报送", "as_of": date(2026, 9, 30), "filters": "华东"}
HEADERS = {
    "task": "工作任务",
    "starts_on": "开始时间",
    "submitted_at": "报送时间",
    "completed": "累计完成",
    "evidence": "佐证",
    "completion": "完成率（%）",
    "deviation": "偏差（百分点）",
    "light": "亮灯",
    "review_status": "审核状态",
}


def line(**values) -> pd.DataFrame:
    """One line of the ledger with what a test is about."""
    usual = {
        "task_id": 7,
        "task": "参加展会",
        "starts_on": date(2026, 1, 10),
        "submitted_at": datetime(2026, 9, 30, 16, 5, 59, tzinfo=UTC),
        "completed": Decimal("1234.50"),
        "evidence": 2,
        "completion": 62.4,
        "deviation": -12.6,
        "light": "amber",
        "review_status": "accepted",
    }
    return pd.DataFrame([usual | values])


def workbook(frame, language=Language.ZH_CN, **about) -> zipfile.ZipFile:
    made = ledger_workbook(frame, headers=HEADERS, language=language, **(ABOUT | about))
    return zipfile.ZipFile(BytesIO(made))


def sheet_of(book: zipfile.ZipFile) -> ElementTree.Element:
    return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def cells_of(book: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Place → kind ("inlineStr" text, "n" figure) and content."""
    return {
        cell.get("r"): (cell.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet_of(book).iter(f"{MAIN}c")
    }


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def written(frame, headers=HEADERS, language=Language.ZH_CN) -> list[list[str]]:
    *rows, blank, foot = rows_of(
        b"".join(ledger_csv([frame], headers=headers, foot="来源", language=language))
    )
    assert (blank, foot) == ([], ["来源"])
    return rows


def test_the_workbook_has_title_header_lines_and_foot():
    cells = cells_of(workbook(line()))
    assert cells["A1"] == ("inlineStr", "工作台账")
    assert [cells[f"{column}2"][1] for column in "ABCDEFGHI"] == list(HEADERS.values())
    assert cells["A3"] == ("inlineStr", "参加展会")
    assert cells["A5"] == ("inlineStr", "来源：各单位报送　截至：2026-09-30　筛选条件：华东")


def test_figures_are_numbers_and_days_are_dates():
    cells = cells_of(workbook(line()))
    assert cells["B3"] == ("n", "46032")
    assert cells["D3"] == ("n", "1234.5")
    assert (cells["E3"], cells["F3"], cells["G3"]) == (("n", "2"), ("n", "62.4"), ("n", "-12.6"))


def test_an_instant_is_written_in_local_time_to_the_minute():
    assert float(cells_of(workbook(line()))["C3"][1]) == pytest.approx(46296 + 5 / 1440)
    assert written(line())[1][2] == "2026-10-01 00:05"


def test_stamps_of_pandas_are_days_or_local_instants():
    frame = line(starts_on=pd.Timestamp("2026-01-10"), submitted_at=pd.Timestamp("2026-01-10 08:30:30"))
    assert written(frame)[1][1:3] == ["2026-01-10", "2026-01-10 08:30"]


def test_closed_words_are_worded_and_a_light_has_its_shape():
    assert written(line())[1][-2:] == ["▲ 预警", "已采纳"]
    assert cells_of(workbook(line(), Language.EN))["H3"][1].startswith("▲ ")


def test_nothing_typed_becomes_a_formula_or_a_link():
    typed = '=HYPERLINK("http://evil","x")'
    book = workbook(line(task=typed))
    assert cells_of(book)["A3"] == ("inlineStr", typed)
    assert not list(sheet_of(book).iter(f"{MAIN}f"))
    assert not list(sheet_of(book).iter(f"{MAIN}hyperlink"))
    assert cells_of(workbook(line(task="http://a.b")))["A3"][0] == "inlineStr"
    assert cells_of(workbook(line(task="007")))["A3"] == ("inlineStr", "007")


def test_what_is_missing_is_empty_not_nan():
    frame = line(
        task=None, starts_on=pd.NaT, completion=np.nan, light=None, deviation=None, review_status=None
    )
    cells = cells_of(workbook(frame))
    assert [cells[place][1] for place in ("A3", "B3", "F3", "G3", "H3", "I3")] == [""] * 6
    assert written(frame)[1] == ["", "", "2026-10-01 00:05", "1234.50", "2", "", "", "", ""]


def test_a_text_longer_than_excel_takes_is_cut():
    kept = cells_of(workbook(line(task="长" * 40_000)))["A3"][1]
    assert (len(kept), kept[-1]) == (32_767, "…")


def test_the_sheet_is_named_and_its_header_stays_in_sight():
    book = workbook(line())
    assert 'name="台账"' in book.read("xl/workbook.xml").decode()
    pane = sheet_of(book).find(f".//{MAIN}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("2", "frozen")
    assert sheet_of(book).find(f"{MAIN}autoFilter").get("ref") == "A2:I3"


def test_the_workbook_prints_on_a4_across_with_the_header_on_every_page():
    book = workbook(line())
    setup = sheet_of(book).find(f"{MAIN}pageSetup")
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == (
        "9",
        "landscape",
        "0",
    )
    assert "台账!$1:$2" in book.read("xl/workbook.xml").decode()
    assert "第 &P 页，共 &N 页" in sheet_of(book).find(f".//{MAIN}oddFooter").text


def test_all_columns_are_spread_over_pages_on_which_they_can_be_read():
    frame = pd.DataFrame(
        [dict.fromkeys(LEDGER_COLUMNS, "很长的文字" * 10) | {"light": None, "review_status": None}]
    )
    made = ledger_workbook(frame, headers=ledger_headers(Language.ZH_CN), language=Language.ZH_CN, **ABOUT)
    setup = sheet_of(zipfile.ZipFile(BytesIO(made))).find(f"{MAIN}pageSetup")
    assert int(setup.get("fitToWidth", "1")) > 1


def test_a_file_is_the_same_whether_its_lines_come_at_once_or_in_parts():
    whole = pd.concat([line(task=f"任务{at}") for at in range(3)])
    parts = [whole.head(1), whole.head(0), whole.tail(2)]
    about = {"headers": HEADERS, "foot": "来源", "language": Language.ZH_CN}
    assert b"".join(ledger_csv(parts, **about)) == b"".join(ledger_csv([whole], **about))
    out = BytesIO()
    write_ledger(out, parts, title="工作台账", **about)
    cells = cells_of(zipfile.ZipFile(out))
    assert [cells[f"A{row}"][1] for row in (1, 3, 4, 5, 7)] == ["工作台账", "任务0", "任务1", "任务2", "来源"]


def test_a_ledger_without_lines_has_its_header_and_foot():
    cells = cells_of(workbook(line().head(0), filters=""))
    assert cells["A2"][1] == "工作任务"
    assert cells["A4"][1].endswith("筛选条件：全部")
    assert written(line().head(0)) == [list(HEADERS.values())]


def test_only_the_columns_with_a_header_leave():
    assert "7" not in written(line())[1]
    assert written(line(), headers={"completion": "完成率"}) == [["完成率"], ["62.4"]]


def test_the_csv_tells_excel_that_it_is_utf_8():
    assert next(ledger_csv([], headers=HEADERS, foot="", language=Language.ZH_CN)).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_defused(start):
    assert written(line(task=f"{start}1+1"))[1][0] == f"'{start}1+1"


def test_a_negative_figure_is_not_defused():
    assert written(line())[1][6] == "-12.6"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_is_typed_comes_back_from_the_csv(words):
    cell = written(line(task=words), headers={"task": "工作任务", "evidence": "佐证"})[1][0]
    assert cell in {words, f"'{words}"}
