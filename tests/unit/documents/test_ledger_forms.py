"""The ledger form on its way out and back: what it locks, how it is found again, what every row is judged to be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from db.tables import UploadFinding
from tests.support.ledgers import FIRST_LINE, NAMES_LINE, edited, filled, made, place
from tests.support.trail import refusal_of
from tracking.documents.grids import Sheet
from tracking.documents.ledger_reading import read_ledger
from tracking.documents.workbook_reading import read_workbook
from tracking.ledgers.judging import judge_ledger
from tracking.ledgers.results import (
    counts_of,
    draft_again,
    findings_of,
    notes_of,
    packed_draft,
    row_of,
    text_in,
)
from tracking.ledgers.rows import (
    LedgerIndicator,
    LedgerMilestone,
    LedgerTask,
    RowKey,
    check_of,
    fingerprint,
    key_of,
    values_of,
)
from tracking.messages import Message
from tracking.validation import TaskFacts, UpdateDraft
from tracking.vocabulary import Grade, Language, Verdict

DUE = date(2026, 12, 31)
FAIRS = LedgerIndicator(7, "展会", "场", Decimal(1000))
VISITORS = LedgerIndicator(8, "观众", "人次", Decimal(50))
STEPS = (LedgerMilestone(1, "签约", DUE), LedgerMilestone(3, "开工", DUE))


def task(key: int, **changed) -> LedgerTask:
    usual = {
        "task_id": key,
        "number": key,
        "title": f"任务{key}",
        "measure": "举措一",
        "due_on": DUE,
        "row_version": 0,
        "indicators": (),
        "milestones": (),
        "draft": UpdateDraft(progress="上期进展"),
        "last": UpdateDraft(),
        "facts": TaskFacts(),
    }
    return LedgerTask(**(usual | changed))


MEASURED = task(
    11,
    indicators=(FAIRS, VISITORS),
    facts=TaskFacts(targets={7: Decimal(1000), 8: Decimal(50)}),
    draft=UpdateDraft(actuals={7: Decimal("1.50")}, progress="第一行\n第二行"),
)
STEPPED = task(12, milestones=STEPS, facts=TaskFacts(milestones={1: 400, 3: 600}), row_version=3)
TYPED = task(13, draft=UpdateDraft(typed_permille=500, progress="一半"))
DONE = task(14, refused=Message("progress.task_not_in_force"))
TASKS = [MEASURED, STEPPED, TYPED, DONE]
LINE = {key: line for line, key in enumerate((11, 12, 13, 14))}
FORM = made(TASKS)


def judged(content: bytes, tasks=TASKS, period_id: int = 1):
    ledger = read_ledger(read_workbook(content))
    return judge_ledger(ledger.rows, {one.task_id: one for one in tasks}, period_id)


def one(values: dict, tasks=TASKS, line: int = 0):
    """How a line is judged after it was filled in so, by field."""
    return judged(filled(FORM, {(name, line): value for name, value in values.items()}), tasks)[line]


def complaints(row) -> list[tuple[str, str]]:
    return [(str(found.grade), found.message.key.rpartition(".")[2]) for found in row.findings]


def test_an_untouched_form_changes_nothing():
    assert {row.verdict for row in judged(FORM)} == {Verdict.UNCHANGED}
    assert {row.verdict for row in judged(made(TASKS, language=Language.EN))} == {Verdict.UNCHANGED}
    assert judged(made([]), []) == []


def test_keys_are_locked_and_hidden_and_what_is_asked_is_open():
    sheet = openpyxl.load_workbook(BytesIO(FORM)).worksheets[0]
    assert sheet.protection.sheet
    keys = sheet.column_dimensions["A"]
    assert (keys.hidden, keys.min, keys.max) == (True, 1, 2)
    assert sheet.row_dimensions[NAMES_LINE].hidden
    assert sheet.freeze_panes == f"F{FIRST_LINE}"
    assert sheet.print_title_rows == "$4:$4"

    def is_open(field: str, line: int) -> bool:
        return not place(sheet, field, line).protection.locked

    assert [is_open("actual.2", line) for line in range(4)] == [True, False, False, False]
    assert [is_open("milestone.1", line) for line in range(4)] == [False, True, False, False]
    assert [is_open("percent", line) for line in range(4)] == [False, False, True, False]
    assert [is_open("progress", line) for line in range(4)] == [True, True, True, False]
    assert not is_open("title", 0)
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"decimal", "list", "textLength"}
    assert place(sheet, "actual.1", -1).comment is not None
    assert place(sheet, "indicator.1", 0).value == "展会（场），年度目标 1,000"
    assert place(sheet, "steps", 1).value.splitlines()[1] == "2. 开工（2026-12-31）"


def test_a_field_that_differs_is_an_addition_or_a_change():
    added = one({"actual.1": 12.5, "actual.2": 3, "progress": "新进展"})
    assert (added.verdict, added.findings) == (Verdict.ADDED, ())
    assert [name for name, _, _ in added.changes] == ["actual.1", "actual.2", "progress"]
    changed = one({"milestone.2": "是"}, line=1)
    assert (changed.verdict, changed.values["milestone.2"]) == (Verdict.CHANGED, True)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        ("1,234.5", "1234.5"),
        ("１，２３４．５", "1234.5"),
        (" 1234.50\u3000", "1234.5"),
        ("12\u200b34", "1234"),
        ("\ufeff1234\u00a0", "1234"),
        ("1,234 场", "1234"),
    ],
)
def test_a_number_is_understood_however_it_was_typed(typed, value):
    row = one({"actual.1": typed, "actual.2": 1})
    assert row.values["actual.1"] == Decimal(value)
    assert complaints(row) == ([("d", "as_number")] if isinstance(typed, str) else [])


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("约十场", "not_a_number"),
        (-1, "negative"),
        (1.234, "too_many_decimals"),
        ("1,23", "not_a_number"),
        (date(2026, 3, 5), "no_number"),
        (True, "no_number"),
        (10**13, "too_large"),
        ("#N/A", "error"),
        ("=1+1", "uncomputed"),
    ],
)
def test_a_number_that_cannot_be_read_refuses_its_row_and_names_its_cell(typed, key):
    row = one({"actual.1": typed})
    assert row.verdict is Verdict.REFUSED
    assert complaints(row) == [("a", key)]
    assert row.findings[0].cell == "I5"


@pytest.mark.parametrize(
    ("typed", "format_", "permille"),
    [
        (0.624, "0.0%", 624),
        (62.4, "General", 624),
        ("62.4%", "@", 624),
        ("６２．４％", "@", 624),
        (1, "0%", 1000),
    ],
)
def test_a_percentage_is_read_as_it_is_shown(typed, format_, permille):
    def change(sheet) -> None:
        cell = place(sheet, "percent", 2)
        cell.value, cell.number_format = typed, format_

    assert judged(edited(FORM, change))[2].values["percent"] == permille


@pytest.mark.parametrize(
    ("typed", "key"), [("一半", "not_a_number"), (True, "no_number"), (1.2, "percent_range")]
)
def test_a_percentage_that_cannot_be_read_refuses_its_row(typed, key):
    assert ("a", key) in complaints(one({"percent": typed}, line=2))


@pytest.mark.parametrize("typed", ["是", "Yes", " √ ", True, 1])
def test_a_yes_is_a_yes(typed):
    assert one({"milestone.1": typed}, line=1).values["milestone.1"] is True


def test_what_is_neither_yes_nor_no_is_refused():
    assert complaints(one({"milestone.1": "快了"}, line=1)) == [("a", "yes_or_no")]


def test_texts_lose_what_nobody_sees_and_keep_their_lines():
    row = one(
        {"progress": "  甲\u200b乙 _x000D_\n丙 \u3000", "difficulties": 5, "next_steps": date(2026, 3, 5)}
    )
    assert row.values["progress"] == "甲乙\n丙"
    assert (row.values["difficulties"], row.values["next_steps"]) == ("5", "2026-03-05")
    assert complaints(one({"progress": "换向\u202e"})) == [("a", "bad_character")]


def test_an_emptied_cell_empties_its_field_and_a_lost_column_leaves_it():
    row = one({"actual.1": None, "progress": " \u00a0"})
    assert (row.values["actual.1"], row.values["progress"]) == (None, "")
    assert ("a", "actual_missing") in complaints(row)

    def drop(sheet) -> None:
        sheet.delete_cols(place(sheet, "progress", 0).column)

    assert {found.verdict for found in judged(edited(FORM, drop))} == {Verdict.UNCHANGED}


def test_something_typed_where_the_task_asks_nothing_is_refused():
    assert complaints(one({"percent": 0.5})) == [("a", "no_such_field")]
    assert one({"milestone.1": "否"}).verdict is Verdict.UNCHANGED


def test_what_the_forms_would_ask_for_is_told_and_what_they_would_never_keep_refused():
    row = one({"progress": "字" * 2001})
    assert ("a", "too_long") in complaints(row)
    assert row.verdict is Verdict.REFUSED
    early = one({"completion": "是"}, line=2)
    assert early.verdict is Verdict.ADDED
    assert {grade for grade, _ in complaints(early)} == {
        "a",
        "b",
    }  # figures are missing, and completion is early


def test_a_task_that_takes_no_report_is_refused_only_where_it_was_changed():
    row = one({"progress": "偷改"}, line=3)
    assert (row.verdict, complaints(row)) == (Verdict.REFUSED, [("a", "task_not_in_force")])


def test_an_edit_since_the_download_is_a_conflict_only_where_both_have_changed():
    moved = replace(TYPED, row_version=2, draft=UpdateDraft(typed_permille=600, progress="有人改了"))
    tasks = [MEASURED, STEPPED, moved, DONE]
    assert judged(FORM, tasks)[2].verdict is Verdict.UNCHANGED
    both = one({"percent": 0.7}, tasks, line=2)
    assert (both.verdict, complaints(both)[-1]) == (Verdict.CONFLICT, ("c", "conflict"))
    assert both.changes[0] == ("percent", 600, 700)
    same = one({"percent": 0.6, "progress": "有人改了"}, tasks, line=2)
    assert same.verdict is Verdict.UNCHANGED


def test_hidden_rows_are_read_and_said_to_be_hidden():
    def change(sheet) -> None:
        place(sheet, "progress", 0).value = "改"
        for line in (0, 1):
            sheet.row_dimensions[FIRST_LINE + line].hidden = True

    first, second, *_ = judged(edited(FORM, change))
    assert ("d", "hidden") in complaints(first)
    assert second.findings == ()


def test_a_merged_cell_speaks_for_each_of_its_rows():
    def change(sheet) -> None:
        top, end = place(sheet, "next_steps", 0), place(sheet, "next_steps", 2)
        top.value = "共同安排"
        sheet.merge_cells(f"{top.coordinate}:{end.coordinate}")

    rows = judged(edited(FORM, change))[:3]
    assert [row.values["next_steps"] for row in rows] == ["共同安排"] * 3
    assert all(("d", "merged") in complaints(row) for row in rows)


def test_blank_lines_and_moved_rows_do_no_harm_and_numbers_of_rows_stay_right():
    def change(sheet) -> None:
        place(sheet, "actual.1", 0).value = "坏"
        sheet.insert_rows(FIRST_LINE, 3)
        sheet.insert_rows(1)
        sheet.insert_cols(20)

    rows = judged(edited(FORM, change))
    assert len(rows) == 4
    assert rows[0].row == FIRST_LINE + 4
    assert rows[0].findings[0].cell == f"I{FIRST_LINE + 4}"


def test_rows_that_cannot_be_known_again_are_refused_each_for_its_reason():
    def change(sheet) -> None:
        place(sheet, "check", 0).value = None
        place(sheet, "number", 1).value = 99
        for field in ("task", "check"):
            place(sheet, field, 3).value = place(sheet, field, 2).value
        place(sheet, "number", 3).value = 13

    rows = judged(edited(FORM, change))
    assert [complaints(row) for row in rows] == [[("a", "no_key")], [("a", "mixed_up")], [], [("a", "twice")]]
    assert complaints(judged(FORM, period_id=2)[0]) == [("a", "other_period")]
    assert complaints(judged(FORM, [])[0]) == [("a", "not_yours")]


def test_a_workbook_without_our_lines_or_with_two_of_them_is_refused():
    assert refusal_of(read_ledger, [Sheet("a", ((None, "x"),))]).messages[0].key == "upload.not_ours"
    (first, guide) = read_workbook(FORM)
    assert refusal_of(read_ledger, [first, guide, first]).messages[0].key == "upload.two_ledgers"
    doubled = Sheet("a", (("#task", "#check", "#task"),))
    assert refusal_of(read_ledger, [doubled]).messages[0].key == "upload.column_twice"


def test_a_cell_below_the_sheet_or_beside_it_is_empty():
    short = Sheet("a", (("#task", "#check", "#progress"), (), ("1",)), merged=((3, 1, 9, 2),))
    (row,) = read_ledger([short]).rows
    assert (row.key, row.cells["check"].value, row.cells["progress"].value) == (None, "1", None)


def test_rows_without_shown_columns_name_their_key():
    check = check_of(RowKey(13, 1, 0, fingerprint(values_of(TYPED))))
    bare = Sheet("a", (("#task", "#check", "#progress"), ("13", check, "新")), hidden=frozenset({2}))
    (row,) = judge_ledger(read_ledger([bare]).rows, {13: TYPED}, 1)
    assert (row.verdict, row.findings[-1].cell) == (Verdict.ADDED, "A2")


def test_a_key_is_known_again_and_a_mixed_one_is_not():
    key = RowKey(5, 2, 3, "0123456789ab")
    assert key_of("5", check_of(key)) == key
    assert key_of("6", check_of(key)) is None
    assert key_of("x", check_of(key)) is None
    assert key_of("5", "") is None


def test_drafts_survive_as_plain_json():
    for each in TASKS:
        assert draft_again(packed_draft(each.draft)) == each.draft


def test_the_result_tells_every_change_in_both_languages_and_marks_the_worst():
    content = filled(
        FORM,
        {
            ("actual.1", 0): "约",
            ("percent", 2): "70%",
            ("milestone.1", 1): "是",
            ("explanation", 1): "说明",
            ("check", 3): None,
        },
    )
    found = judged(content)
    assert counts_of(found) == {"added": 1, "changed": 1, "refused": 2}
    by_row = {one.row: row_of(one) for one in found}
    assert by_row[6]["changes"][0][0]["zh_CN"] == "节点1已完成"
    assert [text_in(side, Language.EN) for side in by_row[6]["changes"][0][1:]] == ["No", "Yes"]
    assert by_row[7]["changes"][0][1:] == ["50.0%", "70.0%"]
    assert draft_again(by_row[7]["draft"]).typed_permille == 700
    assert (by_row[5]["draft"], by_row[8]["task_id"]) == (None, None)
    worst, *_ = kept = [UploadFinding(**finding) for one in found for finding in findings_of(one)]
    notes = notes_of(kept, Language.ZH_CN)["台账填报"]
    assert notes["I5"][0] == "FFC7CE"
    assert notes["I5"][1].startswith("A 级")
    milder = UploadFinding(grade=Grade.D, sheet=worst.sheet, cell=worst.cell, message=worst.message)
    (colour, words) = notes_of([worst, worst, milder], Language.EN)["台账填报"]["I5"]
    assert (colour, words.count("\n")) == ("FFC7CE", 1)
    (figures,) = (row_of(one) for one in judged(filled(FORM, {("actual.1", 0): 1234.5}))[:1])
    assert figures["changes"][0] == ["展会（场）", "1.5", "1,234.5"]
