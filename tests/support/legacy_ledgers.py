"""Handmade ledgers as offices keep them: title rows, merged cells, sums, several sheets, columns in any order."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def provincial(titles: Sequence[str], lines: Sequence[Sequence[Any]] = ()) -> bytes:
    """Two title rows, a header of two rows, measures merged down, a section, sums, a blank, a hidden row and a note.

    `lines`: for each title what stands in progress, cumulative value, completion, difficulties, next steps.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "工作台账"
    sheet.append(["附件2"])
    sheet.append(["2026年中小企业“走出去”工作台账"])
    sheet.merge_cells("A2:J2")
    sheet.append(["填报单位：某省中小企业主管部门", None, None, None, None, None, "填报日期：2026年4月2日"])
    sheet.append(
        ["序号", "举措", "工作任务", "年度\n目标", "进展情况", None, None, "存在问题", "下一步打算", "备注"]
    )
    sheet.append([None, None, None, None, "本期进展", "累计\n完成", "完成率"])
    for merged in ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "I4:I5", "J4:J5"):
        sheet.merge_cells(merged)
    sheet.append(["一、培育壮大"])
    sheet.merge_cells("A6:J6")
    for at, title in enumerate(titles, start=1):
        said = list(lines[at - 1]) if at <= len(lines) else [None] * 5
        sheet.append([at, "措施一" if at == 1 else None, title, "见计划", *said])
    last = sheet.max_row
    sheet.merge_cells(start_row=7, end_row=last, start_column=2, end_column=2)
    sheet.append(["小计", None, None, len(titles)])
    sheet.append([])
    sheet.append(["合　计", None, None, len(titles)])
    sheet.append(["注：完成率按年度目标计算。", None, None, "填报人：某某"])
    sheet.row_dimensions[last].hidden = True
    return saved(book)


def parted(areas: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> bytes:
    """A guide first, then a sheet for each key area with its titles and their progress, numbered anew on each."""
    book = Workbook()
    guide = book.active
    guide.title = "填表说明"
    guide.append(["填表说明"])
    guide.append(["1. 请各处室按月填写。"])
    guide.append(["2. 请勿改动表头。"])
    for name, tasks in areas:
        sheet = book.create_sheet(name)
        sheet.append([f"{name}任务进展表"])
        sheet.merge_cells("A1:D1")
        sheet.append(["序号", "重点任务", "工作进展", "困难"])
        for at, (title, progress) in enumerate(tasks, start=1):
            sheet.append([at, title, progress])
    return saved(book)


def english(lines: Sequence[Sequence[Any]]) -> bytes:
    """English headers in another order below two blank rows; titles, progress, completion, due, number, done."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tracker"
    sheet.append([])
    sheet.append([])
    sheet.append([None, "Task title", "Current status", "% Complete", "Deadline", "No.", "Done?", "Owner"])
    for line in lines:
        sheet.append([None, *line])
    return saved(book)


def grid(headers: Sequence[str], *lines: Sequence[Any]) -> bytes:
    """A header and lines, nothing else."""
    book = Workbook()
    for line in (headers, *lines):
        book.active.append(list(line))
    return saved(book)


def repeated(first: str, second: str) -> bytes:
    """A header that is numbered below and repeated for the second page, with a note and who filled it in."""
    headers = ["序号", "任务", "进展", "问题"]
    return grid(
        headers,
        [1, 2, 3, 4],
        [11, first, "甲甲", None],
        [None, None, None, None],
        headers,
        [13, second, "乙乙", None],
        ["总计", None, 2, None],
        ["填报人：某某", None, "审核人：某某", None],
    )
