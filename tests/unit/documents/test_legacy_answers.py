"""What is answered about a cell or a row of a ledger is read by the same rules, said, and can be taken back."""

from dataclasses import replace
from decimal import Decimal

from tests.support.legacy_ledgers import grid
from tests.unit.documents.test_legacy_figures import CONTEXT, EVERY, HELD, RATED
from tests.unit.documents.test_legacy_ledgers import guessed
from tracking.ledgers.judging import judge_ledger
from tracking.ledgers.legacy_answers import NO_TASK, Answers, names_learned, titles_at
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.messages import Message
from tracking.vocabulary import Question, Verdict

HEADERS = ["序号", "任务名称", "累计完成", "完成率", "进展情况"]
FIRST, SECOND, _ = RATED


def read(*lines, answers, headers=HEADERS, tasks=EVERY):
    sheets, layouts = guessed(grid(headers, *lines), CONTEXT)
    rows = read_legacy(sheets, layouts, tasks, 1, answers=answers)
    return judge_ledger(rows, {one.task_id: one for one in tasks}, 1)


def asked(row) -> list[tuple[str, str, str]]:
    """Grade, cell and message of what a row asks, or was answered."""
    return [
        (str(found.grade), found.cell, found.message.key.rpartition(".")[2])
        for found in row.findings
        if found.asks
    ]


def test_an_answer_is_read_in_place_of_its_cell_and_said():
    line = [1, HELD.title, "约十场", None, "已办。"]
    (before,) = read(line, answers=Answers())
    assert (before.values["actual.1"], asked(before)) == (None, [("c", "C2", "not_a_number")])
    (row,) = read(line, answers=Answers(cells={"Sheet!C2": "10场"}))
    assert (row.values["actual.1"], row.values["progress"]) == (Decimal(10), "已办。")
    assert asked(row) == [("d", "C2", "answered")]
    (found,) = (found for found in row.findings if found.asks)
    assert (found.value, found.asks, found.message.values) == ("约十场", Question.CELL, {"answer": "10场"})


def test_an_answer_that_cannot_be_read_is_asked_again_and_a_cell_may_be_left_as_it_stands():
    line = [1, HELD.title, "约十场", None, None]
    (again,) = read(line, answers=Answers(cells={"Sheet!C2": "十来场"}))
    assert [key for *_, key in asked(again)] == ["answered", "not_a_number"]
    (left,) = read(line, answers=Answers(cells={"Sheet!C2": ""}))
    assert (left.verdict, left.values["actual.1"], asked(left)) == (
        Verdict.UNCHANGED,
        None,
        [("d", "C2", "left")],
    )


def test_an_answer_of_another_scale_than_its_column_is_asked():
    lines = [
        [3, FIRST.title, None, 0.6, "甲"],
        [4, SECOND.title, None, "过半", "乙"],
    ]
    for answer, permille in (("60%", 600), ("60", 600), ("0.6", 600), ("15", None)):
        _, row = read(*lines, answers=Answers(cells={"Sheet!D3": answer}))
        assert row.values["percent"] == permille, answer
    whole = [[3, FIRST.title, None, 60, "甲"], [4, SECOND.title, None, "过半", "乙"]]
    _, row = read(*whole, answers=Answers(cells={"Sheet!D3": "0.6"}))
    assert (row.values["percent"], asked(row)[1][2]) == (None, "one_or_hundred")


def test_lines_of_one_task_that_differ_are_settled_by_one_answer():
    lines = [[3, FIRST.title, None, "60%", "甲"], [3, FIRST.title, None, "70%", "乙"]]
    (row,) = read(*lines, answers=Answers(cells={"Sheet!D2": "65%"}))
    assert (row.values["percent"], row.values["progress"]) == (650, "甲\n乙")


def test_a_row_without_a_task_is_matched_by_hand_or_left_aside():
    line = [None, "完全别的说法", None, "50%", "甲"]
    (before,) = read(line, answers=Answers())
    assert (before.verdict, asked(before)) == (Verdict.REFUSED, [("a", "B2", "unknown")])
    (row,) = read(line, answers=Answers(rows={"Sheet!B2": FIRST.task_id}))
    assert (row.task, row.values["percent"], asked(row)) == (FIRST, 500, [("d", "B2", "by_hand")])
    (none,) = read(line, answers=Answers(rows={"Sheet!B2": NO_TASK}))
    assert (none.verdict, none.task, asked(none)) == (Verdict.UNCHANGED, None, [("d", "B2", "no_task")])
    assert [found.message.key for found in none.findings] == ["legacy.no_task"]


def test_a_row_matched_by_hand_is_read_with_the_others_of_its_task():
    lines = [[None, "一种说法", None, "50%", "甲"], [4, SECOND.title, None, "50%", "乙"]]
    chosen = Answers(rows={"Sheet!B2": SECOND.task_id})
    first, *others = read(*lines, answers=chosen)
    assert asked(first) == [("d", "B2", "by_hand")]
    assert (first.values["progress"], others) == ("甲\n乙", [])
    (row,) = read(*reversed(lines), answers=Answers(rows={"Sheet!B3": SECOND.task_id}))
    assert (row.values["progress"], asked(row)) == ("乙\n甲", [("d", "B3", "by_hand")])


def test_a_title_that_was_matched_by_hand_is_known_the_next_time_unless_it_tells_two_tasks():
    line = [None, "完全别的说法", None, "50%", "甲"]
    (row,) = read(line, answers=Answers(names={"完全别的说法": [FIRST.task_id, 999]}))
    assert (row.task, asked(row)) == (FIRST, [("d", "B2", "by_hand_before")])
    (row,) = read(line, answers=Answers(names={"完全别的说法": [FIRST.task_id, SECOND.task_id]}))
    assert row.verdict is Verdict.REFUSED
    (row,) = read(line, answers=Answers(rows={"Sheet!B2": NO_TASK}, names={"完全别的说法": [FIRST.task_id]}))
    assert asked(row) == [("d", "B2", "no_task")]


def test_a_match_that_is_not_exact_may_be_corrected_and_what_was_said_of_its_title_goes_before_likeness():
    said = f"{FIRST.title}等"
    line = [None, said, None, "50%", "甲"]
    (row,) = read(line, answers=Answers())
    assert (row.task, asked(row)) == (FIRST, [("d", "B2", "contained")])
    (row,) = read(line, answers=Answers(rows={"Sheet!B2": SECOND.task_id}))
    assert (row.task, asked(row)) == (SECOND, [("d", "B2", "by_hand")])
    (row,) = read(line, answers=Answers(names={said: [SECOND.task_id]}))
    assert (row.task, asked(row)) == (SECOND, [("d", "B2", "by_hand_before")])
    (row,) = read(line, answers=Answers(names={said: [NO_TASK]}))
    assert (row.task, asked(row)) == (None, [("d", "B2", "no_task_before")])
    exact = [None, FIRST.title, None, "50%", "甲"]
    (row,) = read(exact, answers=Answers(names={FIRST.title: [SECOND.task_id]}))
    assert (row.task, asked(row)) == (FIRST, [])


def test_a_match_to_a_task_that_takes_no_reports_may_be_corrected():
    closed = replace(FIRST, refused=Message("upload.nothing"))
    line = [None, f"{FIRST.title}等", None, "50%", "甲"]
    (row,) = read(line, answers=Answers(), tasks=[closed, SECOND])
    assert (row.verdict, asked(row)) == (Verdict.REFUSED, [("d", "B2", "contained")])


def test_titles_are_learned_one_task_an_authority_the_last_choice_counts():
    owners = {3: 1, 4: 1, 8: 2}
    assert names_learned({}, {"S!B2": 3}, {"S!B2": "甲"}, owners) == {"甲": [3]}
    assert names_learned({"甲": [3, 8]}, {"S!B2": 4}, {"S!B2": "甲"}, owners) == {"甲": [8, 4]}
    assert names_learned({"甲": [3], "乙": [8]}, {"S!B2": NO_TASK}, {"S!B2": "甲"}, owners) == {
        "甲": [0],
        "乙": [8],
    }
    assert names_learned({"甲": [NO_TASK]}, {"S!B2": 3}, {"S!B2": "甲"}, owners) == {"甲": [3]}
    both = {"S!B2": 3, "S!B3": 4}
    assert names_learned({}, both, {"S!B2": "甲", "S!B3": "甲"}, owners) == {"甲": [3, 4]}
    assert names_learned({}, {"S!B2": 77}, {"S!B2": "甲"}, owners) == {}
    sheets, _ = guessed(
        grid(HEADERS, [None, "1. 任务甲", None, None, None], [7, None, None, "1%", None]), CONTEXT
    )
    assert titles_at(sheets, ["Sheet!B2", "Sheet!A3"]) == {"Sheet!B2": "任务甲"}


def test_what_is_answered_of_another_sheet_is_of_no_concern():
    (row,) = read([1, HELD.title, "约十场", None, None], answers=Answers(cells={"Other!C2": "10"}))
    assert [grade for grade, *_ in asked(row)] == ["c"]
    (free,) = read([1, replace(HELD).title, 3, None, None], answers=Answers(cells={"Other!C2": "10"}))
    assert asked(free) == []
