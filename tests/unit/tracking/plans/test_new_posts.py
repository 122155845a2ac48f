"""Posts that a plan names and its authority does not have: proposed, offered, and taken only as an answer."""

import pytest

from tests.support.plan_files import HEADERS, YEAR, office_plan, read, workbook


@pytest.mark.parametrize(
    ("written", "lead", "words"),
    [
        ("品牌科科长 钱某", "外经处", "品牌科科长 钱某"),
        ("钱某（品牌科科长）", "外经处", "品牌科科长 钱某"),
        ("钱某、孙某", "外经处", "外经处负责人"),
        ("钱某", "外经处", "外经处负责人 钱某"),
        ("钱某", "外经处、规划处", ""),
        ("钱某", None, ""),
        ("李某某、王某某", "外经处", ""),
        ("甲" * 60 + "科长", "外经处", ""),
    ],
)
def test_a_post_that_there_is_not_is_proposed_and_taken_as_an_answer(written, lead, words):
    line = (*(1, "1", "参展", "参展企业200家次", lead, None, None, written, None), "11月底", None)
    found = read(office_plan([line]))
    assert [one.words for one in found.proposed] == ([words] if words else [])
    (doubt,) = (one for one in found.doubts if one.field == "post_id")
    assert doubt.offer == words
    if words:
        (taken,) = read(office_plan([line]), {doubt.spot.key: doubt.offer}).lines
        assert (taken.draft.post_id, taken.doubts) == (-1, ())


def test_a_post_is_proposed_once_and_not_by_what_is_struck_out():
    lines = [
        (*(at, "1", title, "参展企业200家次", "外经处", None, None, who, None), "11月底", None)
        for at, (title, who) in enumerate([("甲", "钱某"), ("乙", "孙某"), ("丙", "周某科科长")], start=1)
    ]
    sheets = {"台账": [["附件"], [f"{YEAR}年度"], HEADERS, *lines]}
    assert [one.words for one in read(workbook(sheets, struck=("C6",))).proposed] == ["外经处负责人 钱某"]
