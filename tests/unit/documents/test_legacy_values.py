"""Rows of ledgers of any layout: which task each is of, and what is read from its cells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.ledgers import edited
from tests.support.legacy_ledgers import grid
from tests.support.trail import refusal_of
from tests.unit.documents.test_ledger_forms import FAIRS, MEASURED, STEPPED, TYPED, complaints, task
from tests.unit.documents.test_legacy_ledgers import TASKS, judged, one
from tracking.cleaning import parse_day
from tracking.documents.ledger_reading import LedgerCell
from tracking.documents.legacy_values import Kind, kind_of, mostly, number_of
from tracking.documents.legacy_words import Meaning, meaning_of
from tracking.ledgers.legacy_matching import Named, TaskIndex
from tracking.ledgers.rows import LedgerIndicator
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import Grade


@pytest.mark.parametrize(
    ("number", "title", "measure", "found"),
    [
        (None, "组织企业参加境外展会", "", 1),
        (1, "（一）组织　企业参加“境外展会”", "", 1),
        (3, "开展法律风险培训班（线上）", "", (3, "contained")),
        (None, "建设海外仓的示范项目", "", (2, "close")),
        (None, "建设海外舱示范项目", "", (2, "close")),
        (None, "与新加坡商协会健全常态化对接机制", "", "unknown"),
        (None, "与匈牙利商协会建立常态化对接机制", "", "unknown"),
        (3, "", "", (3, "by_number")),
        (None, "同名任务", "乙", 5),
        (4, "同名任务", "", 4),
        (None, "同名任务", "", "ambiguous"),
        (None, "", "", "unknown"),
        (12, "", "", "unknown"),
        (None, "完全不相干的另一件事", "", "unknown"),
        (2, "完全不相干的另一件事", "", "number_of_another"),
        (2, "组织企业参加境外展会", "", (1, "number_differs")),
        (2, "组织企业参加境外展会活动", "", "disagree"),
        (None, "组织企业参加境内展会", "", "unknown"),
        (None, "举办涉外进口退税政策辅导", "", "unknown"),
        (None, "举办涉外出口退税政策辅道", "", (9, "close")),
        (None, "建设市级服务示范平台", "", "unknown"),
        (None, "推进不合规企业整治工作", "", "unknown"),
        (None, "1.组织企业参加境外展会 2.建设海外仓示范项目", "", "ambiguous"),
        (1, "组织企业参加境外展会；开展法律风险培训班", "", "ambiguous"),
        (None, "举办第三期培训", "", "unknown"),
        (None, "展会", "", "unknown"),
        (None, "展", "", "unknown"),
    ],
)
def test_a_row_is_matched_by_number_and_title_and_never_guessed_between_two(number, title, measure, found):
    tasks = [
        task(1, title="组织企业参加境外展会"),
        task(2, title="建设海外仓示范项目"),
        task(3, title="开展法律风险培训班"),
        task(4, title="同名任务", measure="举措甲"),
        task(5, title="同名任务", measure="举措乙"),
        task(6, title="举办第一期培训"),
        task(7, title="举办第二期培训"),
        task(8, title="与新加坡商协会建立常态化对接机制"),
        task(9, title="举办涉外出口退税政策辅导"),
        task(10, title="建设省级服务示范平台"),
        task(11, title="推进合规企业整治工作"),
    ]
    match = TaskIndex(tasks).find(Named(number, title, measure))
    if isinstance(found, str):
        assert match.task is None
        assert match.wrong.key == f"legacy.{found}"
        return
    task_id, how = found if isinstance(found, tuple) else (found, None)
    assert match.task.task_id == task_id
    assert (match.note and match.note.key) == (how and f"legacy.{how}")


def test_pairs_that_every_title_shares_find_nothing_and_cost_nothing():
    index = TaskIndex([task(at, title=f"推进重点项目{'甲乙丙丁戊'[at % 5]}{at:03}") for at in range(1, 300)])
    assert index.find(Named(None, "推进重点项目")).wrong.key == "legacy.unknown"
    assert index.find(Named(None, "推进重点项目乙001号")).task.task_id == 1


@pytest.mark.parametrize(
    ("headers", "values", "field", "value"),
    [
        (["序号", "累计完成"], [1, "1,200场"], "actual.1", Decimal(1200)),
        (["序号", "累计完成"], [1, "累计完成展会 ３ 场。"], "actual.1", Decimal(3)),
        (["序号", "累计完成"], [1, 7], "actual.1", Decimal(7)),
        (["序号", "累计完成"], [2, "观众：50人次，展会3场"], "actual.2", Decimal(50)),
        (["序号", "进展", "完成率"], [3, "文字", 0.5], "percent", 500),
        (["序号", "进展", "完成率"], [3, "文字", 50], "percent", 500),
        (["序号", "进展", "完成率"], [3, "文字", 0], "percent", 0),
        (["序号", "进展", "累计完成值"], [3, "文字", "６０％"], "percent", 600),
        (["序号", "申请销号", "进展"], [3, "已办结", "文字"], "completion", True),
    ],
)
def test_values_are_read_as_these_offices_write_them(headers, values, field, value):
    assert one(headers, values, READ_TASKS).values[field] == value


ONE = task(1, indicators=(FAIRS,), facts=TaskFacts(targets={7: Decimal(1000)}))
TWO = replace(MEASURED, task_id=2, number=2)
READ_TASKS = [ONE, TWO, replace(TYPED, task_id=3, number=3), replace(STEPPED, task_id=4, number=4)]


@pytest.mark.parametrize(
    ("headers", "values", "key"),
    [
        (["序号", "累计完成"], [1, "约1200场"], ("c", "not_a_number")),
        (["序号", "累计完成"], [1, "3场，其中境外2场"], ("c", "not_a_number")),
        (["序号", "累计完成"], [2, "3"], ("c", "several_indicators")),
        (["序号", "累计完成"], [2, 3], ("c", "several_indicators")),
        (["序号", "累计完成"], [2, "展会3场" + "累计" * 300], ("c", "several_indicators")),
        (["序号", "累计完成"], [2, "展会3场；其他5件"], ("c", "several_indicators")),
        (["序号", "指标1累计完成", "指标2累计完成"], [1, 3, 4], ("c", "no_such_field")),
        (["序号", "进展", "完成率"], [3, "文字", 1], ("c", "one_or_hundred")),
        (["序号", "进展", "完成率"], [3, "文字", "约六成"], ("c", "not_a_number")),
        (["序号", "进展", "累计完成"], [3, "文字", "三场"], ("d", "actual_unused")),
        (["序号", "节点是否完成", "进展"], [4, "是", "文字"], ("c", "several_milestones")),
        (["序号", "累计完成", "完成率"], [1, 500, "10%"], ("d", "percent_differs")),
        (["序号", "进展", "完成率"], [1, "文字", 0.9], ("d", "percent_differs")),
        (["序号", "进展", "完成率"], [4, "文字", 0.9], ("d", "percent_differs")),
        (["序号", "申请销号", "进展"], [3, "也许", "文字"], ("c", "yes_or_no")),
        (["序号", "进展", "完成时限"], [3, "文字", "2026/6/30"], ("d", "due_differs")),
        (["序号", "进展"], [9, "文字"], ("a", "unknown")),
    ],
)
def test_what_cannot_be_read_or_differs_is_said_at_its_cell(headers, values, key):
    row = one(headers, values, READ_TASKS)
    assert key in complaints(row)
    assert all(found.cell for found in row.findings)


def test_several_columns_of_values_are_told_apart_by_their_headers_and_then_by_their_order():
    meant = {2: Meaning.ACTUAL, 3: Meaning.ACTUAL}
    named = one(["序号", "观众", "展会"], [2, "60人次", None], READ_TASKS, meant)
    assert (named.values["actual.1"], named.values["actual.2"]) == (Decimal("1.5"), Decimal(60))
    ordered = one(["序号", "甲", "乙"], [2, 4, 50], READ_TASKS, meant)
    assert (ordered.values["actual.1"], ordered.values["actual.2"]) == (Decimal(4), Decimal(50))
    percent = one(["序号", "甲", "进展"], [1, "60%", "文字"], READ_TASKS, {2: Meaning.ACTUAL})
    assert ("c", "percent_for_amount") in complaints(percent)
    percent = one(["序号", "甲", "进展"], [3, "60%", "文字"], READ_TASKS, {2: Meaning.ACTUAL})
    assert percent.values["percent"] == 600


def test_bare_numbers_of_a_column_of_percentages_are_read_alike():
    headers = ["序号", "进展", "完成率"]
    for other, permille in ((50, 10), (0.5, 1000)):
        first, _ = judged(grid(headers, [13, "文字", 1], [11, "文字", other]))
        assert first.values["percent"] == permille


def test_what_is_close_enough_or_says_nothing_is_not_complained_about():
    quiet = [
        (["序号", "累计完成", "完成率"], [1, 500, "50%"]),
        (["序号", "累计完成", "完成率"], [1, "500场", "无"]),
        (["序号", "进展", "完成时限"], [3, "文字", "待定"]),
        (["序号", "进展", "完成时限"], [3, "文字", date(2026, 12, 31)]),
        (["序号", "进展", "节点是否完成"], [4, "文字", "否"]),
    ]
    for headers, values in quiet:
        assert {key for _, key in complaints(one(headers, values, READ_TASKS))} <= {
            "by_number",
            "as_number",
            "actual_missing",
        }


def test_a_row_that_says_nothing_is_left_out_and_one_without_any_name_is_refused():
    content = grid(
        ["序号", "任务", "进展"], [11, TASKS[0].title, None], [None, None, "没有名称"], [None, "新任务", " "]
    )
    beside = edited(content, lambda sheet: (sheet.cell(5, 8, "边上"), sheet.cell(5, 9, "的字")))
    (row,) = judged(beside)
    assert complaints(row) == [("a", "unknown")]
    assert row.findings[0].cell == "C3"


def test_an_empty_cell_leaves_what_stands():
    row = one(["序号", "工作任务", "进展", "存在问题"], [13, TASKS[2].title, None, "缺钱"])
    assert (row.values["progress"], row.values["difficulties"]) == ("一半", "缺钱")


@pytest.mark.parametrize(
    ("value", "percent", "kind"),
    [
        (date(2026, 1, 1), False, Kind.DAY),
        (True, False, Kind.YES_NO),
        (0.5, True, Kind.PERCENT),
        (3, False, Kind.COUNT),
        (0.5, False, Kind.NUMBER),
        ("是", False, Kind.YES_NO),
        ("５０ ％", False, Kind.PERCENT),
        ("12", False, Kind.COUNT),
        ("1,200.5", False, Kind.NUMBER),
        ("三场", False, Kind.TEXT),
        ("已经办了3场展会活动", False, Kind.LONG),
        ("正在推进各项准备工作", False, Kind.PROSE),
    ],
)
def test_values_are_of_a_kind(value, percent, kind):
    assert kind_of(LedgerCell("A1", value, percent=percent)) is kind


def test_the_kind_of_a_column_is_that_of_most_of_it():
    cells = [LedgerCell("A1", value) for value in (1, 2, 0.5, None)]
    assert mostly(cells) is Kind.NUMBER
    assert mostly(cells[3:]) is None
    assert mostly([LedgerCell("A1", "三场"), LedgerCell("A1", 1)]) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3.0, 3),
        ("（３）", 3),
        ("3.", 3),
        ("第3项", 3),
        ("1.5", None),
        (1.5, None),
        (True, None),
        ("一", None),
        (None, None),
    ],
)
def test_numbers_of_tasks_are_read_as_they_are_written(value, number):
    assert number_of(LedgerCell("A1", value)) == number


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("序时进度", Meaning.PLAN),
        ("进展情况 / 累计完成", Meaning.ACTUAL),
        ("累计完成 / 比例", Meaning.PERCENT),
        ("下一步工作打算及措施", Meaning.NEXT_STEPS),
        ("目前存在的主要困难和问题", Meaning.DIFFICULTIES),
        ("下阶段打算", Meaning.NEXT_STEPS),
        ("2026年第一季度工作进展情况", Meaning.PROGRESS),
        ("甲", None),
    ],
)
def test_headers_are_understood_by_their_words(header, meaning):
    said = meaning_of(header)
    assert (said and said[0]) == meaning


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026年3月31日", date(2026, 3, 31)),
        ("2026.3.31", date(2026, 3, 31)),
        ("2026/3/31", date(2026, 3, 31)),
        ("2026-03-31", date(2026, 3, 31)),
        ("２０２６年３月３１日前", date(2026, 3, 31)),
        ("3月31日", date(2026, 3, 31)),
        ("2月底", date(2026, 2, 28)),
        ("2027年6月", date(2027, 6, 30)),
        ("2026 年 12 月底之前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("2027年底", date(2027, 12, 31)),
        (46112, date(2026, 3, 31)),
        (46112.0, date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        ("2月30日", None),
        ("3", None),
        ("2026-13-01", None),
        ("长期", None),
        (7, None),
        (46112.5, None),
    ],
)
def test_days_are_read_as_ledgers_write_them(typed, day):
    if day is None:
        assert refusal_of(parse_day, typed, 2026).messages[0].key == "validation.not_a_day"
    else:
        assert parse_day(typed, 2026) == day


@pytest.mark.parametrize("value", [1e30, 1e308])
def test_a_number_beyond_all_bounds_is_asked_about_at_its_cell(value):
    measured = one(
        ["序号", "进展", "累计完成"],
        [1, "文字", value],
        [task(1, indicators=(FAIRS,), facts=TaskFacts(targets={7: Decimal(1000)}))],
    )
    typed = one(["序号", "进展", "完成率"], [1, "文字", value], [replace(TYPED, number=1)])
    for row in (measured, typed):
        assert [
            found.message.key for found in row.findings if found.grade is Grade.C and found.cell == "C2"
        ] == ["validation.too_large"]


def test_a_sign_that_no_database_keeps_is_shown_as_another():
    row = one(["序号", "进展", "完成率"], [1, "文字_x0000_", "5%"], [replace(TYPED, number=1)])
    assert "文字\ufffd" in {found.value for found in row.findings}


def test_nothing_said_of_an_unknown_indicator_or_a_draft_is_invented():
    bare = task(
        1,
        indicators=(LedgerIndicator(9, "场次", "场", Decimal(4)),),
        facts=TaskFacts(targets={9: Decimal(4)}),
    )
    row = one(["序号", "进展", "完成率"], [1, "文字", "5%"], [replace(bare, draft=UpdateDraft())])
    assert row.values["actual.1"] is None
