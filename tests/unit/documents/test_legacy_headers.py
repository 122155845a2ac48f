"""Headers without merged cells, months as numbers and days, and rows that a word cancels."""

from datetime import date

import pytest

from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_legacy_figures import CONTEXT, EVERY, HELD, RATED
from tests.unit.documents.test_legacy_ledgers import guessed, judged, meanings
from tracking.documents.legacy_words import PARTED
from tracking.vocabulary import Verdict

FIRST, SECOND, THIRD = RATED


def headers(content: bytes) -> list[str]:
    _, (layout,) = guessed(content, CONTEXT)
    return [column.header for column in layout.columns]


def test_a_group_of_columns_need_not_be_merged():
    content = grid(
        ["序号", "任务名称", "三季度", None, "四季度", None, "进展情况"],
        [None, None, "计划完成数", "累计完成数", "计划完成数", "累计完成数", None],
        [1, HELD.title, 1, 2, 3, 4, "已办。"],
    )
    assert headers(content)[2:6] == [
        f"{quarter}{PARTED}{kind}完成数" for quarter in ("三季度", "四季度") for kind in ("计划", "累计")
    ]
    (row,) = judged(content, EVERY, CONTEXT)
    assert (row.values["actual.1"], row.values["progress"]) == (4, "已办。")


def test_a_heading_goes_on_to_the_right_only_over_columns_that_come_again():
    content = grid(
        ["序号", "参展企业（家次）", None, "意向成交额（万美元）", None, "任务名称"],
        [None, "目标", "累计完成", "目标", "累计完成", None],
        [2, 1, 2, 3, 4, EVERY[1].title],
    )
    assert headers(content)[2] == f"参展企业（家次）{PARTED}累计完成"
    content = grid(
        ["序号", "任务名称", "甲", None, None, "备注"],
        [None, None, "进展情况", "存在问题", "完成率", None],
        [3, FIRST.title, "甲", "乙", "60%", None],
    )
    assert headers(content)[2:5] == [f"甲{PARTED}进展情况", "存在问题", "完成率"]
    content = grid(
        [None, "任务名称", None, "累计完成"],
        ["序号", "名称", "进展情况", "数量"],
        [3, FIRST.title, "甲", None],
    )
    assert headers(content)[0] == "序号"
    content = grid(
        ["任务名称", "四季度", None, None, "完成率"],
        [None, None, "进展情况", "存在问题", "数"],
        [FIRST.title, None, "甲", "乙", "60%"],
    )
    assert headers(content)[1:4] == ["四季度", "进展情况", "存在问题"]


@pytest.mark.parametrize(
    "months",
    [
        [10, 11, 12],
        [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)],
        [202610, 202611, 202612],
        ["2026.10", "2026-11", "2026/12"],
    ],
)
def test_months_may_be_numbers_or_days(months):
    content = grid(
        ["任务名称", "累计完成", None, None, "进展情况"],
        [None, *months, None],
        [HELD.title, 1, 2, 3, "已办。"],
    )
    _, (layout,) = guessed(content, CONTEXT)
    assert [column.header.rpartition("月")[0][-2:] for column in layout.columns[1:4]] == ["10", "11", "12"]
    (row,) = judged(content, EVERY, CONTEXT)
    assert (row.values["actual.1"], row.values["progress"]) == (3, "已办。")


def test_a_header_that_is_repeated_below_the_first_row_is_not_that_of_the_row():
    names = ["累计完成", "任务名称", "进展情况", "完成率"]
    content = grid(names, ["3场", HELD.title, "已办。", "1%"], names, [None, FIRST.title, "甲", "60%"])
    assert headers(content) == names
    first, second = judged(content, EVERY, CONTEXT)
    assert (first.values["actual.1"], second.values["percent"]) == (3, 600)


def test_a_sum_is_no_task_though_it_stands_where_figures_are_reported():
    content = grid(
        ["累计完成", "任务名称", "进展情况"], [3, HELD.title, "已办。"], ["小计", 7, 7], ["小计", None, 7]
    )
    (row,) = judged(content, EVERY, CONTEXT)
    assert row.values["actual.1"] == 3


def test_a_column_of_another_kind_is_asked_only_where_none_says_the_same():
    names = ["任务名称", "进展情况", "去年同期完成数", "完成数同比"]
    _, (layout,) = guessed(grid([*names, "本季度新增完成数"], [HELD.title, "甲", 1, 2, 3]), CONTEXT)
    assert layout.asked == []
    _, (layout,) = guessed(grid([*names, "参展企业（家次）"], [HELD.title, "甲", 1, 2, 3]), CONTEXT)
    assert [column.header for column in layout.asked] == ["完成数同比"]
    _, (layout,) = guessed(grid(names, [HELD.title, "甲", 1, 2]), CONTEXT)
    assert [column.header for column in layout.asked] == ["完成数同比"]


def test_numbers_of_columns_and_single_days_are_no_header():
    content = grid(
        ["序号", "任务名称", "进展情况", "完成时限"],
        [1, 2, 3, 4],
        [3, FIRST.title, "甲", date(2026, 12, 31)],
    )
    assert headers(content) == ["序号", "任务名称", "进展情况", "完成时限"]
    (row,) = judged(content, EVERY, CONTEXT)
    assert (row.task, row.values["progress"]) == (FIRST, "甲")


@pytest.mark.parametrize(
    ("title", "status", "progress"),
    [
        (f"{FIRST.title}（已取消）", None, "甲"),
        (f"【作废】{FIRST.title}", None, "甲"),
        (FIRST.title, "已撤销", "甲"),
        (FIRST.title, None, "该任务不再实施，并入下年。"),
        (FIRST.title, "Cancelled", "甲"),
    ],
)
def test_a_row_that_a_word_cancels_is_said_and_not_reported(title, status, progress):
    content = grid(
        ["序号", "任务名称", "状态", "进展情况"], [3, title, status, progress], [4, SECOND.title, None, "乙"]
    )
    gone, stays = judged(content, EVERY, CONTEXT)
    assert (gone.verdict, gone.task) == (Verdict.UNCHANGED, None)
    assert [(str(one.grade), one.cell, one.message.key) for one in gone.findings] == [
        ("d", "B2", "legacy.cancelled")
    ]
    assert (stays.task, stays.values["progress"]) == (SECOND, "乙")


@pytest.mark.parametrize(
    ("title", "problems", "progress"),
    [
        (FIRST.title, "取消", "甲"),
        (FIRST.title, None, "取消涉企收费3项"),
        (FIRST.title, None, "已撤销许可12件"),
        (f"{FIRST.title}（取消收费）", None, "甲"),
    ],
)
def test_such_a_word_may_be_of_something_else(title, problems, progress):
    content = grid(["序号", "任务名称", "存在问题", "进展情况"], [3, title, problems, progress])
    (row,) = judged(content, EVERY, CONTEXT)
    assert (row.verdict, row.values["progress"]) == (Verdict.ADDED, progress)


def test_meanings_are_told_below_a_group_of_a_quarter():
    content = grid(
        ["任务名称", "四季度", None],
        ["名称", "进展情况", "存在问题"],
        [FIRST.title, "甲", "乙"],
    )
    _, (layout,) = guessed(content, CONTEXT)
    assert meanings(layout) == ["title", "progress", "difficulties"]
