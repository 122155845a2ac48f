"""Ledgers of any layout: where their headers are, what their columns mean, which rows are of which task, what they say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.ledgers import NAMES_LINE, edited, made
from tests.support.legacy_ledgers import english, grid, parted, provincial, repeated
from tests.support.office import converted
from tests.support.trail import refusal_of
from tests.unit.documents.test_ledger_forms import MEASURED, STEPPED, TYPED, complaints
from tracking.documents.grids import Sheet
from tracking.documents.legacy_guess import (
    guess_layout,
    guess_layouts,
    head_of,
    header_rows,
    layout_of,
    likely_sheets,
)
from tracking.documents.legacy_layout import (
    NOTHING,
    Context,
    Layout,
    LegacyColumn,
    check_layouts,
    layout_again,
    packed_layout,
)
from tracking.documents.legacy_rows import samples
from tracking.documents.legacy_words import Meaning, bare_title
from tracking.documents.workbook_reading import read_workbook
from tracking.ledgers.columns import ledger_headers
from tracking.ledgers.judging import Verdict, judge_ledger
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.vocabulary import Language

TASKS = [
    replace(MEASURED, title="组织企业参加境外展会"),
    replace(STEPPED, title="建设海外仓示范项目"),
    replace(TYPED, title="开展法律风险培训"),
]
CONTEXT = Context(frozenset(bare_title(one.title) for one in TASKS))


def guessed(content: bytes, context=CONTEXT, remembered=()) -> tuple[list[Sheet], list[Layout]]:
    """The sheets of a workbook and the layouts that are taken where nobody corrects anything."""
    sheets = read_workbook(content)
    heads = [head_of(sheet) for sheet in sheets]
    layouts = guess_layouts(heads, context, remembered)
    likely = likely_sheets(heads, layouts, context)
    return sheets, [layout for layout in layouts if layout.sheet in likely]


def judged(content: bytes, tasks=TASKS, context=CONTEXT):
    sheets, layouts = guessed(content, context)
    rows = read_legacy(sheets, layouts, tasks, 1)
    return judge_ledger(rows, {one.task_id: one for one in tasks}, 1)


def one(headers: list[str], values: list, tasks=TASKS, meant=None):
    """How the only row of a small ledger is judged; `meant` are columns that somebody corrected."""
    (sheet,), (layout,) = guessed(grid(headers, values))
    rows = read_legacy([sheet], [layout.with_meanings(meant or {})], tasks, 1)
    (row,) = judge_ledger(rows, {one.task_id: one for one in tasks}, 1)
    return row


def meanings(layout: Layout) -> list[str]:
    return [str(column.meaning) for column in layout.columns]


def test_a_header_of_two_rows_below_titles_is_found_and_read():
    lines = [
        ["办了三场", "展会3场；观众1,200人次", 0.9, "缺钱", "继续"],
        ["已签约", None, None, None, None],
        ["过半", None, "62.5%", None, None],
    ]
    content = provincial([one.title for one in TASKS], lines)
    _, (layout,) = guessed(content, NOTHING)
    assert (layout.sheet, layout.first, layout.last) == ("工作台账", 4, 5)
    assert meanings(layout) == [
        *("number", "measure", "title", "target", "progress", "actual"),
        *("percent", "difficulties", "next_steps", "ignored"),
    ]
    assert layout.columns[6].header == "进展情况 / 完成率"
    fairs, steps, training = judged(content)
    assert [(row.row, row.verdict) for row in (fairs, steps, training)] == [
        (7, Verdict.ADDED),
        (8, Verdict.CHANGED),
        (9, Verdict.ADDED),
    ]
    assert (fairs.values["actual.1"], fairs.values["actual.2"]) == (Decimal(3), Decimal(1200))
    assert (fairs.values["difficulties"], fairs.values["next_steps"]) == ("缺钱", "继续")
    assert ("d", "percent_differs") in complaints(fairs)
    fallen = replace(TASKS[0], facts=replace(TASKS[0].facts, last_actuals={7: Decimal(5)}))
    found = {one.message.key: one for one in judged(content, [fallen])[0].findings if one.cell == "F7"}
    fell = found["validation.actual_fell"]
    assert (fell.grade, fell.value) == ("b", "展会3场；观众1,200人次")
    assert training.values["percent"] == 625
    assert ("d", "hidden") in complaints(training)


def test_the_same_ledger_saved_by_libreoffice_says_the_same(tmp_path):
    content = provincial([one.title for one in TASKS], [["办了三场", "展会3场；观众5人次", 0.1, None, None]])
    (tmp_path / "legacy.xlsx").write_bytes(content)
    (tmp_path / "out").mkdir()
    (saved,) = converted(tmp_path / "out", tmp_path / "legacy.xlsx")
    assert guessed(saved.read_bytes())[1] == guessed(content)[1]
    assert judged(saved.read_bytes()) == judged(content)


def test_a_ledger_on_several_sheets_is_read_from_each_and_numbers_that_count_rows_are_not_believed():
    first, second, third = TASKS
    begun = [(first.title, "甲"), (f"{second.title[:2]}\u200b {second.title[2:]}", "乙")]
    content = parted([("培育", begun), ("服务", [(third.title, "丙")])])
    _, layouts = guessed(content)
    assert [layout.sheet for layout in layouts] == ["培育", "服务"]
    rows = judged(content)
    assert [(row.sheet, row.row, row.task.task_id) for row in rows] == [
        ("培育", 3, 11),
        ("培育", 4, 12),
        ("服务", 3, 13),
    ]
    twice = parted([("培育", [(first.title, "甲")]), ("服务", [(first.title, "丙")])])
    assert judged(twice) == []
    sheets, layouts = guessed(parted([("培育", [(first.title, "甲")]), ("服务", [(second.title, "丙")])]))
    same = [replace(sheets[1], name="服务"), sheets[1]]
    rows = judge_ledger(read_legacy(same, layouts, TASKS, 1), {task.task_id: task for task in TASKS}, 1)
    assert complaints(rows[1]) == [("a", "twice_elsewhere")]


def test_english_headers_in_another_order_with_dates_as_text():
    lines = [
        ["1. 组织企业参加境外展会", "held three fairs", None, "2026年12月31日", "１１", "no", "x"],
        ["开展\u200b法律风险培训", "half of them", 0.625, "6月底", 13, "ongoing", "y"],
    ]
    content = english(lines)
    _, (layout,) = guessed(content)
    assert (layout.first, meanings(layout)) == (
        3,
        ["title", "progress", "percent", "due_on", "number", "completion", "ignored"],
    )
    fairs, training = judged(content)
    assert fairs.values["progress"] == "held three fairs"
    assert training.values["percent"] == 625
    assert complaints(training) == [("d", "as_fraction"), ("d", "due_differs")]
    assert "2026-12-31" in str(training.findings[1].message)


def test_repeated_headers_numbered_columns_and_notes_are_no_tasks():
    content = repeated(TASKS[0].title, TASKS[2].title)
    assert [row.task.task_id for row in judged(content)] == [11, 13]


def test_values_correct_what_the_word_of_a_header_says():
    headers = ["No", "事项", "进度", "完成情况", "是否完成"]
    rows = [[at, f"任务事项{at}", "正在推进各项准备工作", f"{at}0%", "否"] for at in range(1, 5)]
    _, (layout,) = guessed(grid(headers, *rows))
    assert meanings(layout) == ["number", "title", "progress", "percent", "completion"]
    assert [column.why for column in layout.columns] == ["words", "words", "values", "values", "words"]
    bare = [[at, f"某项重点工作之{at}", "正在推进各项准备工作"] for at in range(1, 5)]
    _, (layout,) = guessed(grid(["甲", "乙", "目前进展"], *bare))
    assert meanings(layout) == ["number", "title", "progress"]
    both = [["总体措施文字", TASKS[0].title, "进展文字甲"], ["总体措施文字", TASKS[1].title, "进展文字乙"]]
    _, (layout,) = guessed(grid(["工作任务", "具体内容", "进展"], *both))
    assert meanings(layout) == ["ignored", "title", "progress"]
    _, (layout,) = guessed(grid(["任务", "进展情况", "完成情况", "进展"], ["甲事项", "文字", "文字", "文字"]))
    assert meanings(layout) == ["title", "ignored", "ignored", "ignored"]
    assert [(column.at, column.why) for column in layout.asked] == [
        (2, "another"),
        (3, "another"),
        (4, "another"),
    ]
    _, (layout,) = guessed(grid(["任务", "进展", "完成情况"], ["甲事项", "60%", "正在推进各项准备工作"]))
    assert meanings(layout) == ["title", "percent", "progress"]


def test_our_own_headers_copied_into_another_workbook_are_understood():
    headers = [
        "序号",
        "举措",
        "工作任务",
        "完成时限",
        "能否填报",
        "指标1",
        "指标1：截至本期末累计",
        "指标2：截至本期末累计",
    ]
    headers += [
        "计划节点",
        "节点1已完成",
        "节点2已完成",
        "累计完成率",
        "本期进展",
        "存在问题",
        "下步安排",
        "情况说明",
        "申请销号",
    ]
    _, (layout,) = guessed(grid(headers, [1, "举措", "任务"]))
    assert meanings(layout) == [
        *("number", "measure", "title", "due_on", "ignored", "ignored", "actual", "actual", "ignored"),
        *(
            "milestone",
            "milestone",
            "percent",
            "progress",
            "difficulties",
            "next_steps",
            "explanation",
            "completion",
        ),
    ]
    row = one(headers, [11, "", TASKS[0].title, *[None] * 3, 5, 8, None, None, None, None, "文字"])
    assert (row.values["actual.1"], row.values["actual.2"]) == (Decimal(5), Decimal(8))
    row = one(headers, [12, "", TASKS[1].title, *[None] * 6, "是", "未完成", None, "文字", *[None] * 4])
    assert (row.values["milestone.1"], row.values["milestone.2"]) == (True, False)


@pytest.mark.parametrize("language", Language)
def test_our_own_form_without_its_hidden_cells_still_says_what_it_said(language):
    def strip(sheet) -> None:
        sheet.delete_rows(NAMES_LINE)
        sheet.delete_cols(1, 2)

    form = edited(made(TASKS, language=language), strip)
    _, (layout,) = guessed(form)
    assert len(layout.meant[Meaning.ACTUAL]) == len(layout.meant[Meaning.MILESTONE]) == 2
    assert [row.verdict for row in judged(form)] == [Verdict.UNCHANGED] * 3
    headers = [*ledger_headers(language).values()]
    _, (layout,) = guessed(grid(headers, [1]))
    meant = {
        ledger_headers(language)[name]
        for name in ("progress", "completed_value", "completion", "difficulties")
    }
    assert meant < {column.header for columns in layout.meant.values() for column in columns}


def test_a_remembered_layout_is_offered_again_though_the_quarter_has_moved_on():
    headers = ["序号", "任务", "2026年一季度情况", "甲列"]
    _, (layout,) = guessed(grid(headers, [1, "某任务", "文字"]))
    assert meanings(layout) == ["number", "title", "ignored", "ignored"]
    kept = layout_again(packed_layout(layout.with_meanings({3: Meaning.PROGRESS})))
    again = grid(["序号", "任务", "2026年二季度情况", "甲列"], [1, "某任务", "文字"])
    (layout,) = guessed(again, remembered=[kept])[1]
    assert meanings(layout) == ["number", "title", "progress", "ignored"]
    assert {column.why for column in layout.columns} == {"remembered"}
    (other,) = guessed(grid(["序号", "任务", "进展"], [1, "某任务", "文字"]), remembered=[kept])[1]
    assert other.columns[2].why == "words"


def test_what_is_unclear_about_a_layout_is_said_all_at_once():
    columns = tuple(LegacyColumn(at, header) for at, header in enumerate("甲乙丙", start=1))
    bare = Layout("表", 1, 1, columns)
    keys = [message.key for message in refusal_of(check_layouts, [bare]).messages]
    assert keys == ["legacy.no_naming_column", "legacy.no_reported_column"]
    twice = bare.with_meanings({1: Meaning.TITLE, 2: Meaning.PROGRESS, 3: Meaning.PROGRESS})
    (message,) = refusal_of(check_layouts, [twice]).messages
    assert (message.key, message.values["headers"]) == ("legacy.column_twice", "乙 / 丙")
    assert "本期进展" in str(message)
    assert refusal_of(check_layouts, []).messages[0].key == "legacy.no_sheet"
    check_layouts([bare.with_meanings({1: Meaning.NUMBER, 2: Meaning.ACTUAL, 3: Meaning.ACTUAL})])


def test_a_sheet_without_a_header_has_no_layout_unless_somebody_says_where_it_is():
    empty, words = Sheet("a", ()), Sheet("b", (("只有一句话",), (1, 2, 3)))
    assert guess_layout(empty) is None
    assert guess_layouts([empty, words, Sheet("c", (("甲", 1, 2), ("甲" * 80, "乙", "丙")))]) == []
    told = layout_of(Sheet("c", (("任务", 1, "进展"), ("甲", None, "文字内容"))), 1, 1)
    assert meanings(told) == ["title", "ignored", "progress"]


def test_only_the_head_of_a_sheet_is_looked_at():
    sheet = Sheet(
        "a",
        (*tuple(("长" * 500, 1) for _ in range(100)), (None,) * 130),
        hidden=frozenset({2, 90}),
        merged=((1, 1, 99, 199), (80, 1, 81, 1)),
        faults=(("A2", "#N/A"), ("A99", "#N/A")),
        percents=frozenset({"B1", "ZZ1"}),
    )
    head = head_of(sheet)
    assert (len(head.rows), len(head.rows[0][0]), head.beyond) == (60, 120, 10)
    assert (head.hidden, head.merged, head.faults, head.percents) == (
        frozenset({2}),
        ((1, 1, 60, 120),),
        (("A2", "#N/A"),),
        frozenset({"B1"}),
    )


def test_columns_are_shown_with_values_of_tasks_and_headers_may_be_anywhere_near_the_top():
    content = provincial(["某任务", "另一任务"], [["办了三场", 3.5, 0.5, None, None]])
    (sheet,), (layout,) = guessed(content)
    shown = samples(replace(sheet, percents=frozenset({"G7"})), layout)
    assert (shown[1], shown[3], shown[6], shown[7]) == (["1", "2"], ["某任务", "另一任务"], ["3.5"], ["50%"])
    bare = layout_of(sheet, 1, 1)
    assert samples(sheet, bare)[1][0].startswith("2026年")
    assert header_rows(sheet)[:4] == [(1, 1), (1, 2), (1, 3), (2, 2)]


def test_the_sheets_of_last_time_are_offered_first():
    first, second, third = (one.title for one in TASKS)
    content = parted([("培育", [(first, "甲")]), ("服务", [(second, "乙"), (third, "丙")])])
    heads = [head_of(sheet) for sheet in read_workbook(content)]
    layouts = guess_layouts(heads, CONTEXT)
    kept = [layout for layout in layouts if layout.sheet == "服务"]
    assert likely_sheets(heads, layouts, CONTEXT, kept) == ["服务"]
    assert likely_sheets(heads, layouts, CONTEXT, [replace(kept[0], sheet="别的")]) == [
        one.sheet for one in layouts[:2]
    ]
