"""What a notice's text proposes, what a person may make of it, and random texts read back."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from tests.support.notices import EIGHT, TEXTS, THREE, numeral
from tests.support.trail import refusal_of
from tracking.articles import articles_of
from tracking.proposals import (
    Proposal,
    ProposalKind,
    known_alone,
    line_problems,
    places_of,
    proposals_of,
    short_of,
    taken,
)

AREA, MEASURE, ACTION, SAFEGUARD = (
    ProposalKind.AREA,
    ProposalKind.MEASURE,
    ProposalKind.ACTION,
    ProposalKind.SAFEGUARD,
)


def _read(text: str) -> list[Proposal]:
    return proposals_of(articles_of(text))


def _titles(lines: list[Proposal], kind: ProposalKind) -> list[str]:
    return [one.title for one in lines if one.kind is kind]


@pytest.mark.parametrize("count", TEXTS)
def test_a_notice_of_any_size_gives_its_measures_each_under_an_area(count):
    lines = _read(TEXTS[count])
    assert len(_titles(lines, MEASURE)) == count
    assert line_problems(lines) == []


def test_measures_without_areas_come_under_one_of_ours_and_counted_actions_under_them():
    lines = _read(THREE)
    assert (lines[0].kind, lines[0].place) == (AREA, None)
    assert _titles(lines, ACTION) == ["汇集服务资源", "开放检测设备", "公布收费目录"]
    assert _titles(lines, SAFEGUARD) == ["加强组织领导", "定期报送进展"]


def test_what_frames_a_notice_is_left_out_and_its_only_section_holds_the_measures():
    lines = _read(EIGHT)
    assert _titles(lines, AREA) == ["重点任务"]
    assert _titles(lines, ACTION) == ["制定入库标准", "按年更新名录"]
    assert {"总体要求", "指导思想", "保障措施"} <= set(_titles(lines, ProposalKind.LEFT_OUT))


def test_a_safeguard_without_headings_below_it_is_one_itself():
    lines = _read("一、重点任务\n（一）办班\n（二）组团（1）摸底；（2）出访。\n二、组织保障")
    assert _titles(lines, SAFEGUARD) == ["组织保障"]
    assert _titles(lines, ACTION) == []


def test_areas_within_a_single_section_stand_under_none():
    lines = _read("一、重点任务\n（一）引进来\n1. 招商\n（二）走出去\n1. 办展\n（1）选题；（2）招展。")
    assert _titles(lines, AREA) == ["引进来", "走出去"]
    assert _titles(lines, MEASURE) == ["招商", "办展"]
    assert _titles(lines, ACTION) == ["选题", "招展"]


def test_a_heading_that_is_only_a_mark_is_titled_by_what_follows_and_a_long_title_is_cut():
    (_, line) = _read(f"一、{'开展服务' * 20}，逐步推开。完")
    assert line.title == ("开展服务" * 20)[:100]
    assert line.short_title == ("开展服务" * 5)
    assert short_of("支持企业参加境内外展会，扩大出口渠道与规模影响") == "支持企业参加境内外展会"


@pytest.mark.parametrize("text", ["各有关单位：请认真落实。", "没有标题\n只有段落"])
def test_a_text_without_headings_says_what_to_do(text):
    refused = refusal_of(_read, text)
    assert (refused.messages[0].key, refused.fields) == ("proposals.no_headings", ("text",))


def _lines(**changes: Proposal) -> list[Proposal]:
    lines = [
        Proposal(1, AREA, "重点", place=0),
        Proposal(2, MEASURE, "办展", "办展", 1, 1),
        Proposal(3, MEASURE, "参展", "参展", 1, 2),
        Proposal(4, ACTION, "选题", "", 3, 3),
    ]
    return [changes.get(f"line_{one.number}", one) for one in lines]


def test_a_merged_line_gives_what_stands_under_it_and_its_article_to_the_other():
    lines = _lines(line_3=Proposal(3, ProposalKind.MERGED, "参展", "", 2, 2))
    assert line_problems(lines) == []
    assert [(one.number, one.under) for one in taken(lines)] == [(1, 0), (2, 1), (4, 2)]
    assert places_of(lines, 2) == [1, 2]


def _fields(lines: list[Proposal]) -> list[str]:
    return [problem.field for problem in line_problems(lines)]


@pytest.mark.parametrize(
    ("number", "change", "fields"),
    [
        (1, {"kind": ProposalKind.LEFT_OUT}, ["under_2", "under_3"]),
        (2, {"title": " ", "short_title": "字" * 21}, ["title_2", "short_title_2"]),
        (2, {"kind": ProposalKind.MERGED, "under": 2}, ["under_2"]),
        (3, {"kind": ProposalKind.MERGED, "under": 9}, ["under_3", "under_4"]),
        (4, {"under": 0}, ["under_4"]),
        (4, {"under": 1}, ["under_4"]),
    ],
)
def test_every_fault_of_the_lines_is_told_at_its_field(number, change, fields):
    lines = _lines()
    assert _fields([replace(one, **change) if one.number == number else one for one in lines]) == fields


def test_lines_without_a_measure_are_no_catalogue():
    (problem,) = line_problems([Proposal(1, AREA, "重点")])
    assert problem.message.key == "proposals.no_measure"


def test_of_a_text_that_was_taken_only_what_the_catalogue_has_is_offered_again():
    found = known_alone(_lines(), {AREA: {"重点"}, MEASURE: {"办展"}})
    assert [one.number for one in found if one.kind is ProposalKind.LEFT_OUT] == [3, 4]


_TITLE = st.text("开展服务企业参加展会培训品牌法律", min_size=2, max_size=12)
_AREAS = st.lists(
    st.tuples(_TITLE, st.lists(st.tuples(_TITLE, st.lists(_TITLE, max_size=3)), min_size=1, max_size=5)),
    min_size=2,
    max_size=9,
)


@given(_AREAS, st.booleans())
def test_random_divisions_of_a_text_are_read_back(areas, framed):
    text, before = [], int(framed)
    if framed:
        text = ["一、总体要求", "（一）基本原则"]
    for number, (area, measures) in enumerate(areas, before + 1):
        text.append(f"{numeral(number)}、{area}")
        for place, (measure, actions) in enumerate(measures, 1):
            text.append(f"（{numeral(place)}）{measure}。说明文字。")
            text += [f"{one}. {action}" for one, action in enumerate(actions, 1)]
    lines = _read("\n".join(text))
    wanted = [
        (area, measure, action)
        for area, measures in areas
        for measure, actions in measures
        for action in (actions or [None])
    ]
    by_number = {one.number: one for one in lines}
    read = []
    for one in lines:
        below = [other for other in lines if other.kind is ACTION and other.under == one.number]
        if one.kind is MEASURE:
            said = [other.title for other in below] or [None]
            read += [(by_number[one.under].title, one.title, action) for action in said]
    assert read == wanted
    assert line_problems(lines) == []
