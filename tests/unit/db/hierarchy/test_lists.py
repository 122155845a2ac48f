"""Many authorities from a list: judged line by line, taken as a whole or not at all."""

from datetime import date

import pytest

from db.hierarchy.list_actions import judge_list, take_list
from db.hierarchy.queries import names_frame, places_frame
from db.store import Store
from db.tables import Authority
from tests.conftest import lend
from tests.support.changing_units import EAST, SUMMER, country, do, units_on, why_not
from tests.support.factories import NORTH, SOUTH, TOWN, at, people
from tests.support.trail import only, refusal_of, row
from tests.support.unit_lists import unit_list
from tracking.unit_lists import MOST_LINES, ListChange

NEW = ("CCPIT-1", "甲贸促会", "甲贸促", "行业贸促会", "", "9")
BELOW = ("50000", "东省一市主管部门", "", "地级市", "40000", "")
SAME = ("40000", "东省主管部门", "东省", "省级", "", "4")
RENAMED = ("10000", "北方省主管部门", "北方省", "省级", "", "")
MOVED = ("30000", "北省一市主管部门", "北省一市", "city", "40000", "")
LISTED = ("20000", "南市主管部门", "南市", "计划单列市", "10000", "7")


@pytest.fixture
def store(databases, tmp_path):
    for opened in lend(databases, databases.fresh(country, tmp_path / "data")):
        with at(SUMMER):
            yield opened


def _changes(store: Store, *lines: tuple[str, ...]) -> list[str]:
    return [str(one.change) for one in do(judge_list, store, content=unit_list(*lines))]


def _why(store: Store, *line: str) -> str:
    (judged,) = do(judge_list, store, content=unit_list(line))
    return judged.reasons[0].key


def test_a_list_is_judged_line_by_line_and_nothing_is_kept(store):
    before = store.data_version()
    lines = (NEW, BELOW, SAME, RENAMED, MOVED, LISTED, ("60000", "", "", "省级", "", ""))
    changes = _changes(store, *lines)
    assert changes == ["new", "new", "same", "changed", "changed", "changed", "refused"]
    assert store.data_version() == before
    assert units_on(store) == [NORTH, SOUTH, EAST]


def test_only_who_keeps_the_units_sees_what_a_list_would_do(store):
    refused = refusal_of(do, judge_list, store, by=people().member, content=unit_list(NEW))
    assert refused.messages[0].key == "permission.right_missing"


def test_a_list_is_taken_as_a_whole(store):
    counts = do(take_list, store, content=unit_list(NEW, BELOW, SAME, RENAMED, MOVED, LISTED))
    assert counts == {ListChange.NEW: 2, ListChange.SAME: 1, ListChange.CHANGED: 3}
    assert units_on(store) == [NORTH, EAST, SOUTH, only(store, Authority, code="CCPIT-1").id]
    assert names_frame(store, authority_id=NORTH)["short_name"].tolist() == ["北方省", "北省"]
    assert places_frame(store, authority_id=TOWN)["parent_name"].tolist() == [
        "东省主管部门",
        "北方省主管部门",
    ]
    below = only(store, Authority, code="50000")
    assert (below.short_name, below.official_order) == ("东省一市主管部门", None)


def test_a_list_with_a_line_that_is_refused_changes_nothing(store):
    content = unit_list(NEW, NEW, RENAMED)
    refused = refusal_of(do, take_list, store, content=content)
    assert (refused.messages[0].key, refused.messages[0].values["lines"]) == ("unit_list.refused", ("2", "3"))
    assert row(store, Authority, NORTH).short_name == "北省"
    assert why_not(take_list, store, content=unit_list(SAME)) == ["unit_list.nothing_new"]
    assert why_not(take_list, store, content=unit_list(NEW), reason="") == ["validation.required"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("", "某", "某", "省级", "", ""), "unit_list.missing"),
        (("9", "某", "某", "部落", "", ""), "unit_list.kind_unknown"),
        (("9", "某", "某", "省级", "", "末"), "unit_list.no_number"),
        (("9", "某", "某", "市", "77", ""), "unit_list.parent_unknown"),
        (("9", "某", "某", "地级市", "", ""), "hierarchy.parent_needed"),
        (("40000", "东省主管部门", "东省", "省级", "10000", ""), "hierarchy.stands_alone"),
        (("40000", "东省主管部门", "东省", "省级", "", "1"), "hierarchy.order_taken"),
    ],
)
def test_a_line_that_cannot_be_says_why(store, line, why):
    assert _why(store, *line) == why


def test_a_line_for_what_is_dissolved_is_refused(store):
    with store.write(None) as tx:
        tx.session.get_one(Authority, EAST).dissolved_on = date(2026, 1, 1)
        tx.audit("plant", tx.session.get_one(Authority, EAST))
    assert _why(store, *SAME) == "hierarchy.dissolved"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("没有,表头\n1,2\n".encode("utf-8-sig"), "unit_list.no_head"),
        (unit_list(), "unit_list.empty"),
        (
            unit_list(*[(str(n), "某", "某", "省级", "", "") for n in range(MOST_LINES + 1)]),
            "unit_list.too_long",
        ),
    ],
)
def test_a_file_without_a_list_is_refused(store, content, why):
    assert why_not(judge_list, store, content=content) == [why]
