"""Rows of ledgers as offices keep them: several lines a task, feet, long headers, and more columns than a screen shows."""

from decimal import Decimal

import pytest

from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_ledger_forms import complaints, task
from tests.unit.documents.test_legacy_figures import FIRMS, HELD, SHOWN
from tests.unit.documents.test_legacy_ledgers import guessed, judged, meanings
from tests.unit.documents.test_legacy_meanings import laid_out
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_spans import Months
from tracking.documents.legacy_words import bare_title, brief
from tracking.vocabulary import Verdict

TASKS = [
    task(10, title="建立对外投资项目跟踪服务台账"),
    task(14, title="建立出海企业联系点制度"),
    task(16, title="开展出口退税政策辅导"),
]
FIRST, SECOND, THIRD = (one.title for one in TASKS)
CONTEXT = Context(
    frozenset(bare_title(one.title) for one in TASKS), {FIRMS.name: FIRMS.unit}, Months(10, 12, 2026)
)


def read(headers, *lines, tasks=TASKS):
    return judged(grid(headers, *lines), tasks, CONTEXT)


def test_the_lines_of_one_task_are_put_together_in_order():
    headers = ["序号", "重点工作", "主要目标任务", "年度工作措施", "具体举措", "本月工作内容", "下月工作计划"]
    first, second = read(
        headers,
        [10, "搭建平台", FIRST, "1.印发台账管理办法；", None, "已印发办法。", "开展培训。"],
        [10, "搭建平台", FIRST, "2.按月更新台账；", None, "已更新至11月。", "继续更新。"],
        [10, "搭建平台", FIRST, "3.评估；", None, None, "继续更新。"],
        [14, "搭建平台", SECOND, "1.选定联系点；", None, "已选定50个。", "实地走访。"],
    )
    assert (first.values["progress"], first.values["next_steps"]) == (
        "已印发办法。\n已更新至11月。",
        "开展培训。\n继续更新。",
    )
    assert (second.row, second.values["progress"]) == (5, "已选定50个。")


def test_figures_of_several_lines_are_read_where_only_one_is_given():
    headers = ["序号", "任务名称", "完成率", "进展情况"]
    (row,) = read(headers, [10, FIRST, "60%", "甲"], [10, FIRST, None, "乙"], [10, FIRST, "60%", None])
    assert (row.values["percent"], row.values["progress"]) == (600, "甲\n乙")
    (row,) = read(headers, [10, FIRST, "60%", "甲"], [10, FIRST, "70%", "乙"])
    assert (row.values["percent"], row.values["progress"]) == (None, "甲\n乙")
    found = next(found for found in row.findings if found.message.key == "legacy.lines_differ")
    assert (found.grade, found.cell, found.message.values["cells"]) == ("c", "C2", "C2、C3")


def test_lines_of_one_task_that_stand_apart_are_put_together_and_it_is_said():
    rows = read(
        ["序号", "任务名称", "完成率", "进展情况"],
        [10, FIRST, None, "甲"],
        [14, SECOND, "1%", "乙"],
        [10, FIRST, "60%", "丙"],
    )
    row = next(row for row in rows if row.task is TASKS[0])
    assert (len(rows), row.row, row.values["progress"], row.values["percent"]) == (2, 2, "甲\n丙", 600)
    note = next(found for found in row.findings if found.message.key == "legacy.lines_apart")
    assert (note.grade, note.cell, note.message.values["rows"]) == ("d", "B2", "2、4")


def test_more_lines_than_anybody_writes_of_one_task_are_not_put_together():
    rows = read(["任务名称", "进展情况"], *([FIRST, f"第{at}次"] for at in range(51)))
    assert [row.verdict for row in rows] == [Verdict.ADDED] + [Verdict.REFUSED] * 50


def test_lines_of_an_unsure_title_are_not_put_together():
    rows = read(["任务名称", "进展情况"], [f"{FIRST}（续）", "甲"], [f"{FIRST}（续）", "乙"])
    assert [row.verdict for row in rows] == [Verdict.ADDED, Verdict.REFUSED]


def test_a_line_for_each_indicator_is_bound_to_it():
    headers = ["序号", "任务名称", "指标名称", "计量单位", "累计完成", "进展情况"]
    (row,) = read(
        headers,
        [2, SHOWN.title, "组织参加境内外展会", "场", 12, "组团"],
        [2, SHOWN.title, "参展企业", "百家次", 3.59, None],
        [2, SHOWN.title, "意向成交额（亿美元）", None, 0.28, None],
        [2, SHOWN.title, "别的指标", "个", 5, None],
        tasks=[SHOWN],
    )
    assert [row.values[f"actual.{at}"] for at in (1, 2, 3)] == [12, 359, 2800]
    assert ("c", "no_such_indicator") in complaints(row)


def test_what_stands_beside_the_only_indicator_of_a_task_need_not_be_its_name():
    headers = ["序号", "任务名称", "指标", "累计完成", "进展情况"]
    (row,) = read(headers, [1, HELD.title, "办展数量", 9, "文字"], tasks=[HELD])
    assert row.values["actual.1"] == Decimal(9)


@pytest.mark.parametrize(
    "foot",
    [
        ["全省合计", None, None, "2项", None],
        ["制表单位：某某处", None, None, "报送日期：2026年12月30日", None],
        ["签发人：张某某", None, "审核：李某某", "经办人：王某某", "电话：0571-00000000"],
        ["填报日期：2026年12月30日", None, None, None, "分管领导：张某某"],
        ["Total", None, None, "2", None],
    ],
)
def test_sums_and_signatures_below_a_table_are_no_tasks(foot):
    headers = ["序号", "任务名称", "责任单位", "进展情况", "备注"]
    (row,) = read(headers, [10, FIRST, "外经处", "已建。", None], foot)
    assert row.values["progress"] == "已建。"


def test_a_sum_that_is_told_as_progress_is_no_sum_of_the_table():
    (row,) = read(["序号", "任务名称", "进展情况"], [10, FIRST, "已办共计3场"])
    assert row.values["progress"] == "已办共计3场"


LONG = "进展情况（请简要填写本季度工作开展情况、取得的成效和典型做法，突出量化指标，字数控制在300字以内，不得只写“正在推进”）"


def test_a_header_that_carries_its_instructions_is_a_header():
    headers = ["序号", "任务名称", LONG, "存在问题"]
    layout = laid_out(headers, [10, FIRST, "已建台账。", "无"])
    assert (layout.first, meanings(layout)) == (1, ["number", "title", "progress", "difficulties"])
    (row,) = read(headers, [10, FIRST, "已建台账。", "无"], headers)
    assert (row.values["progress"], row.values["difficulties"]) == ("已建台账。", "")


@pytest.mark.parametrize(
    ("header", "short"),
    [
        (LONG, "进展情况"),
        ("意向成交额（万美元）", "意向成交额（万美元）"),
        ("（请按照工作计划逐项填写）", "（请按照工作计划逐项填写）"),
        ("进展情况：" + "请说明" * 20, "进展情况"),
        ("。" + "请说明" * 20, "。" + "请说明" * 20),
    ],
)
def test_instructions_are_left_out_of_headers(header, short):
    assert brief(header) == short


def test_a_year_may_head_a_column():
    layout = laid_out(["任务名称", "进展情况", "备注", 2026], [FIRST, "甲", None, 3], [SECOND, "乙", None, 4])
    assert [column.header for column in layout.columns] == ["任务名称", "进展情况", "备注", "2026"]


def test_columns_beyond_the_fortieth_are_looked_at():
    months = [f"{month}月{what}" for month in range(1, 13) for what in ("计划", "实际", "进展情况", "完成率")]
    values = [
        text for month in range(1, 13) for text in (f"{month}月计划", month, f"{month}月进展", month / 12)
    ]
    (row,) = read(["序号", "任务名称", *months], [10, FIRST, *values])
    assert row.values["progress"] == "12月进展"
    _, (layout,) = guessed(grid(["序号", "任务名称", *months], [10, FIRST, *values]), CONTEXT)
    assert [column.header for column in layout.asked] == ["12月完成率"]


def test_numbers_that_have_shifted_do_not_outweigh_exact_titles():
    rows = read(["序号", "任务名称", "进展情况"], [10, FIRST, "甲"], [13, SECOND, "乙"], [16, THIRD, "丙"])
    assert [row.task.number for row in rows] == [10, 14, 16]
    assert ("d", "number_differs") in complaints(rows[1])


def test_the_columns_of_a_foreign_return_are_understood():
    headers = [
        *("Project ID", "Project Name", "Start Date", "Completion Date"),
        *("Project Delivery Status", "Delivery (RAG)", "Commentary on Status and RAG Ratings"),
    ]
    rows = read(
        headers,
        ["P-10", FIRST, "Jan-26", "Dec-26", "3. Ongoing - on track", 2, "Register built, 300 firms in it."],
        ["P-14", SECOND, "Jan-26", "Dec-26", "2. Ongoing - delayed", 4, "Two contact points are late."],
    )
    assert [row.values["progress"] for row in rows] == [
        "Register built, 300 firms in it.",
        "Two contact points are late.",
    ]
