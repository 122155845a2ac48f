"""A ledger that carries rows of the authorities beneath: each row is matched within the authority that it names."""

import pytest

from tests.support.legacy_ledgers import grid, parted
from tests.unit.documents.test_ledger_forms import task
from tests.unit.documents.test_legacy_ledgers import guessed, meanings
from tracking.documents.legacy_layout import Context
from tracking.documents.legacy_places import OWN, called, is_place
from tracking.documents.legacy_words import bare_title
from tracking.ledgers.judging import judge_ledger
from tracking.ledgers.legacy_answers import UNASKED, Answers
from tracking.ledgers.legacy_ledger import read_legacy
from tracking.vocabulary import Verdict

SAME = "开展法律风险培训"
PROVINCE, CITY, OTHER = 1, 2, 3
TASKS = [
    task(10, number=1, title=SAME, authority_id=PROVINCE, authority="江海"),
    task(20, number=1, title=SAME, authority_id=CITY, authority="南江"),
    task(21, number=2, title="建设海外仓示范项目", authority_id=CITY, authority="南江"),
    task(30, number=7, title=SAME, authority_id=OTHER, authority="北海市"),
]
CONTEXT = Context(
    frozenset(bare_title(one.title) for one in TASKS), authorities=frozenset({"江海", "南江", "北海市"})
)


def read(content: bytes, tasks=TASKS, answers=UNASKED) -> dict[tuple[str, int], int | str]:
    """Sheet and row → its task, or why it has none."""
    sheets, layouts = guessed(content, CONTEXT)
    rows = read_legacy(sheets, layouts, tasks, 1, answers=answers, own=PROVINCE)
    judged = judge_ledger(rows, {one.task_id: one for one in tasks}, 1)
    return {
        (row.sheet, row.row): row.findings[0].message.key
        if row.verdict is Verdict.REFUSED or row.task is None
        else row.task.task_id
        for row in judged
    }


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("南江", "南江"),
        ("南江市", "南江"),
        ("二、南江市（3项）", "南江"),
        ("南江市经济和信息化局", "南江"),
        ("北海市", "北海市"),
        ("省本级", OWN),
        ("南江新材料产业园建设", None),
        ("西山市", None),
    ],
)
def test_an_authority_is_known_by_its_short_name_its_kind_and_its_office(said, name):
    assert called(said, CONTEXT.authorities) == name


def test_what_looks_like_an_authority_is_one_though_it_is_not_known():
    assert is_place("西山市", CONTEXT.authorities)
    assert is_place("省本级", CONTEXT.authorities)
    assert not is_place("一、搭建平台", CONTEXT.authorities)
    both = frozenset({"吉山", "吉山市"})
    assert [called(one, both) for one in ("吉山", "吉山市", "吉山省")] == ["吉山", "吉山市", None]
    assert is_place("吉山省", both)
    beneath = frozenset({"吉山", "吉山长流市", "吉山长流二县"})
    assert [called(one, beneath) for one in ("长流市", "吉山长流市经信局", "吉山长流", "长流二县")] == [
        "吉山长流市",
        "吉山长流市",
        "吉山长流市",
        "吉山长流二县",
    ]


def test_a_column_of_authorities_is_told_by_its_values_and_a_row_is_of_the_one_it_names():
    content = grid(
        ["序号", "责任单位", "任务名称", "进展情况"],
        [1, "江海省", SAME, "甲"],
        [1, "南江市", SAME, "乙"],
        [7, "北海市", SAME, "丙"],
        [9, "西山市", SAME, "丁"],
        [10, None, SAME, "戊"],
    )
    _, (layout,) = guessed(content, CONTEXT)
    assert meanings(layout) == ["number", "authority", "title", "progress"]
    assert layout.columns[1].sure < 75
    assert read(content) == {
        ("Sheet", 2): 10,
        ("Sheet", 3): 20,
        ("Sheet", 4): 30,
        ("Sheet", 5): "legacy.unknown_authority",
        ("Sheet", 6): "legacy.whose",
    }
    _, (plain,) = guessed(content, Context(CONTEXT.titles))
    assert meanings(plain)[1] == "ignored"


def test_a_column_of_offices_is_no_column_of_authorities():
    content = grid(["任务名称", "牵头单位", "进展情况"], [SAME, "外经处", "甲"], ["别的事", "南江市", "乙"])
    assert meanings(guessed(content, CONTEXT)[1][0])[1] == "ignored"


def test_a_heading_names_the_authority_of_the_rows_below_it():
    content = grid(
        ["序号", "任务名称", "进展情况", "备注"],
        [1, SAME, "甲", None],
        ["一、南江市", None, None, None],
        ["（一）搭建平台", None, None, None],
        [1, SAME, "乙", None],
        [None, "西山市", None, None],
        [1, SAME, "丙", None],
        ["二", "北海市", None, None],
        [7, SAME, "丁", None],
        ["省本级", None, None, None],
        [1, "建设海外仓示范项目", "戊", None],
    )
    assert read(content) == {
        ("Sheet", 2): 10,
        ("Sheet", 5): 20,
        ("Sheet", 7): "legacy.unknown_authority",
        ("Sheet", 9): 30,
        ("Sheet", 11): "legacy.number_of_another",
    }


def test_a_sheet_named_after_an_authority_is_its_own():
    content = parted([("南江市", [(SAME, "甲")]), ("北海", [(SAME, "乙")]), ("本级", [(SAME, "丙")])])
    assert read(content) == {("南江市", 3): 20, ("北海", 3): 30, ("本级", 3): 10}
    assert read(parted([("西山市", [(SAME, "甲")])])) == {("西山市", 3): "legacy.unknown_authority"}


def test_a_row_of_a_city_is_matched_by_hand_and_known_within_that_city_alone():
    content = grid(
        ["地区", "任务名称", "进展情况"], ["南江", "换了说法的事", "甲"], ["北海市", "换了说法的事", "乙"]
    )
    assert set(read(content).values()) == {"legacy.unknown"}
    learned = Answers(names={"换了说法的事": [21]})
    assert read(content, answers=learned) == {("Sheet", 2): 21, ("Sheet", 3): "legacy.unknown"}


def test_two_authorities_of_one_name_are_told_apart_by_nobody():
    twice = [*TASKS, task(40, title="别的", authority_id=4, authority="南江")]
    content = grid(["地区", "任务名称", "进展情况"], ["南江", SAME, "甲"])
    assert read(content, twice) == {("Sheet", 2): "legacy.unknown_authority"}
    beneath_only = TASKS[1:]
    assert read(grid(["任务名称", "进展情况"], [SAME, "甲"]), beneath_only) == {
        ("Sheet", 2): "legacy.unknown"
    }
