"""Which sheets, rows and columns of a workbook are read: never a hidden or a past one before one that is shown."""

from io import BytesIO

import pytest
import xlsxwriter

from tests.unit.documents.test_ledger_forms import complaints, task
from tests.unit.documents.test_legacy_ledgers import guessed, judged, meanings
from tracking.documents.legacy_guess import guess_layouts, head_of, likely_sheets
from tracking.documents.legacy_layout import Context, known_layout
from tracking.documents.legacy_spans import Months
from tracking.documents.legacy_words import bare_title
from tracking.documents.workbook_reading import read_workbook
from tracking.vocabulary import Verdict

TASKS = [task(10, title="建立对外投资项目跟踪服务台账"), task(14, title="建立出海企业联系点制度")]
CONTEXT = Context(frozenset(bare_title(one.title) for one in TASKS), {}, Months(10, 12, 2026))
HEADERS = ["序号", "任务名称", "进展情况"]


def book(*sheets, active=0) -> bytes:
    """Sheets with the same task: each its name, what it says, and whether it is hidden."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for at, (name, progress, hidden) in enumerate(sheets):
            sheet = made.add_worksheet(name)
            for row, line in enumerate([HEADERS, [10, TASKS[0].title, progress]]):
                sheet.write_row(row, 0, line)
            if hidden:
                sheet.hide()
            if at == active:
                sheet.activate()
    return out.getvalue()


@pytest.mark.parametrize(
    ("sheets", "active", "read"),
    [
        ([("2025年", "去年", True), ("2026年", "今年", False)], 1, ["今年"]),
        ([("甲", "藏", True), ("乙", "见", False)], 1, ["见"]),
        ([("2025年", "去年", False), ("2026年", "今年", False)], 0, ["今年"]),
        ([("三季度", "三", False), ("四季度", "四", False)], 0, ["四"]),
        ([("四季度", "四", False), ("汇总", "汇", False)], 1, ["四"]),
        ([("甲", "一", False), ("乙", "二", False)], 1, ["二"]),
        ([("三季度", "三", False)], 0, []),
        ([("2024年", "一", False), ("2025年", "二", False)], 1, []),
    ],
)
def test_a_hidden_sheet_or_one_of_another_time_is_never_chosen(sheets, active, read):
    rows = judged(book(*sheets, active=active), TASKS, CONTEXT)
    assert [row.values["progress"] for row in rows] == read


def test_the_sheet_of_last_quarter_is_remembered_as_that_of_the_period():
    content = book(*((f"{quarter}季度", quarter, False) for quarter in "一二三四"))
    heads = [head_of(sheet) for sheet in read_workbook(content)]
    third = Context(CONTEXT.titles, {}, Months(7, 9, 2026))
    layouts = guess_layouts(heads, third)
    assert likely_sheets(heads, layouts, third) == ["三季度"]
    before = [known_layout(layout) for layout in layouts if layout.sheet == "三季度"]
    now = guess_layouts(heads, CONTEXT, before)
    assert likely_sheets(heads, now, CONTEXT, before) == ["四季度"]


def test_what_is_struck_out_is_not_reported():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, strike = made.add_worksheet(), made.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, [*HEADERS, "存在问题"])
        sheet.write_row(1, 0, [10, TASKS[0].title])
        sheet.write_rich_string(1, 2, strike, "已建台账3个。", made.add_format(), "已建台账5个。")
        sheet.write(1, 3, "缺人", strike)
        sheet.write(2, 0, 14)
        sheet.write(2, 1, TASKS[1].title, strike)
        sheet.write(2, 2, "本项取消", strike)
    row, gone = judged(out.getvalue(), TASKS, CONTEXT)
    assert (row.task.number, row.values["progress"], row.values["difficulties"]) == (10, "已建台账5个。", "")
    assert (gone.verdict, complaints(gone)) == (Verdict.UNCHANGED, [("d", "struck_out")])


def test_a_struck_number_is_that_of_a_cancelled_task_only_where_no_title_is():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, strike = made.add_worksheet(), made.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["序号", "进展情况", "存在问题"])
        sheet.write(1, 0, 10, strike)
        sheet.write_row(1, 1, ["取消", "无"])
        sheet.write_row(2, 0, [14, "已设。", "缺人"])
    gone, row = judged(out.getvalue(), TASKS, CONTEXT)
    assert (gone.verdict, complaints(gone)) == (Verdict.UNCHANGED, [("d", "struck_out")])
    assert (row.task.number, row.values["progress"]) == (14, "已设。")


def test_a_formula_without_a_result_is_asked_about_and_its_row_is_read():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["序号", "任务名称", "完成率", "进展情况", "存在问题"])
        sheet.write_row(1, 0, [10, TASKS[0].title, None, "已建台账。"])
        sheet.write_formula(1, 2, '=IF(1=1,"",1)', None, "")
        sheet.write_row(2, 0, [14, TASKS[1].title, 0.7, "已设联系点。"])
        sheet.write_formula(2, 4, '=IF(1=1,"","x")', None, "")
    first, second = judged(out.getvalue(), TASKS, CONTEXT)
    assert (first.values["percent"], first.values["progress"]) == (None, "已建台账。")
    assert (second.values["percent"], second.values["progress"]) == (700, "已设联系点。")
    asked = [(found.grade, found.cell) for row in (first, second) for found in row.findings]
    assert {("c", "C2"), ("c", "E3")} <= set(asked)


def test_a_hidden_column_is_doubtful_and_goes_behind_one_that_is_shown():
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["序号", "任务名称", "进展情况", "工作进展", "存在问题"])
        sheet.write_row(1, 0, [10, TASKS[0].title, "旧", "新", "缺人"])
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("E:E", None, None, {"hidden": True})
    _, (layout,) = guessed(out.getvalue(), CONTEXT)
    assert meanings(layout)[2:] == ["ignored", "progress", "difficulties"]
    assert layout.columns[4].sure < 75
