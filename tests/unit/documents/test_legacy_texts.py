"""Texts of ledgers of any layout: nothing is lost, none is none, and what stands for another text is asked about."""

import pytest

from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_ledger_forms import complaints, task
from tests.unit.documents.test_legacy_ledgers import judged, meanings
from tests.unit.documents.test_legacy_meanings import laid_out
from tracking.validation import UpdateDraft
from tracking.vocabulary import Verdict

TASK = task(
    10,
    title="建立对外投资项目跟踪服务台账",
    draft=UpdateDraft(typed_permille=500, difficulties="缺人", next_steps="照旧"),
)
BOTH = ["序号", "进展情况", "存在问题及下一步打算"]


def read(headers, values):
    (row,) = judged(grid(headers, values), [TASK])
    return row


@pytest.mark.parametrize("said", ["无", "暂无", "无。", "没有问题", "目前暂无困难", "None", "N/A", "—", "/"])
def test_no_problem_is_none(said):
    row = read(["序号", "进展情况", "存在问题", "下步安排"], [10, "已建。", said, "无"])
    assert (row.values["difficulties"], row.values["next_steps"], row.values["progress"]) == (
        "",
        "",
        "已建。",
    )
    assert row.verdict is Verdict.ADDED


@pytest.mark.parametrize(
    ("progress", "difficulties", "cells"),
    [("同上", "缺钱", ["B2"]), ("-", "缺钱", ["B2"]), ("已建。", "如上。", ["C2"]), ("无", "无人愿来", [])],
)
def test_what_stands_for_another_text_is_asked_about(progress, difficulties, cells):
    row = read(["序号", "进展情况", "存在问题"], [10, progress, difficulties])
    assert [found.cell for found in row.findings if found.message.key == "legacy.says_nothing"] == cells
    assert (row.values["progress"] == progress) is ("B2" not in cells)
    assert (row.values["difficulties"] == difficulties) is ("C2" not in cells)


@pytest.mark.parametrize(
    ("said", "difficulties", "next_steps"),
    [
        ("存在问题：缺少资金。\n下一步打算：争取预算。", "缺少资金。", "争取预算。"),
        ("一、存在的主要问题：缺少资金。二、下一步工作安排：争取预算。", "缺少资金。", "争取预算。"),
        ("缺少资金。下一步，争取预算。", "缺少资金。", "下一步，争取预算。"),
        ("无。下一步打算：争取预算。", "", "争取预算。"),
        ("下阶段打算\n争取预算。", "缺人", "争取预算。"),
        ("Problems: no money. Next steps: ask for some.", "no money.", "ask for some."),
        ("缺少资金，正在争取。", "缺少资金，正在争取。", "照旧"),
    ],
)
def test_both_halves_of_a_text_are_kept(said, difficulties, next_steps):
    row = read(BOTH, [10, "已建。", said])
    assert (row.values["difficulties"], row.values["next_steps"]) == (difficulties, next_steps)
    assert (("d", "not_parted") in complaints(row)) is ("下" not in said and "Next" not in said)


def test_a_column_of_its_own_goes_before_half_of_another():
    row = read([*BOTH, "下步安排"], [10, "已建。", "缺钱。下一步：等待。", "争取预算。"])
    assert (row.values["difficulties"], row.values["next_steps"]) == ("缺钱。", "争取预算。")


@pytest.mark.parametrize("said", ["基本完成", "部分完成", "按序时推进", "正常推进", "进行中"])
def test_words_of_the_trade_ask_for_nothing_to_be_closed(said):
    row = read(["序号", "进展情况", "是否完成"], [10, "已建。", said])
    assert (row.values["completion"], row.values["progress"], complaints(row)) == (
        False,
        "已建。",
        [("d", "by_number")],
    )


def test_progress_told_in_words_of_the_trade_is_progress():
    rows = [[at, f"某任务{at}", "正常推进"] for at in range(1, 5)]
    assert meanings(laid_out(["序号", "任务", "进展情况"], *rows))[2] == "progress"


def test_the_words_of_a_supervision_ledger_are_understood():
    headers = ["序号", "督办事项", "办理情况", "是否办结", "办结情况"]
    layout = laid_out(headers, [10, TASK.title, "推进中，已建库。", "否", None])
    assert meanings(layout) == ["number", "title", "progress", "completion", "ignored"]
    assert [column.header for column in layout.asked] == ["办结情况"]
    row = read(headers, [10, TASK.title, "推进中，已建库，入库企业三百余家。", "否", None])
    assert row.values["progress"] == "推进中，已建库，入库企业三百余家。"
