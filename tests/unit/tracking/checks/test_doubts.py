"""The checks of the table one by one, by hand-worked figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracking.checks import (
    CHECKS,
    check_update,
    confirmable,
    confirmation_of,
    findings,
    has_sound_figures,
    token_of,
)
from tracking.checks.figures import most_usual
from tracking.scales import Scale
from tracking.site_settings import EvidenceRule
from tracking.validation import TaskFacts, UpdateDraft, Yardstick
from tracking.vocabulary import Grade

# 400 visits are the target, 160 were counted after two quarters, and three quarters of the year are over.
FACTS = TaskFacts(
    targets={7: Decimal(400)},
    last_actuals={7: Decimal(160)},
    last_completion_permille=400,
    scales={7: Scale("家次")},
    past={"actuals.7": (Decimal(80), Decimal(160))},
    expected_permille=750,
    last_texts={"progress": "上期组织参展", "next_steps": ""},
    other_names=("江苏", "新疆兵团"),
    evidence_count=1,
)
TYPED = TaskFacts(
    last_completion_permille=500,
    past={"typed_permille": (Decimal(250), Decimal(500))},
    expected_permille=750,
    evidence_count=1,
)
STEPS = TaskFacts(milestones={1: 400, 2: 600}, last_completion_permille=400, evidence_count=1)


def visits(count, progress="组织参展", **more):
    return UpdateDraft(actuals={7: Decimal(str(count))}, progress=progress, **more)


def typed(permille, **more):
    return UpdateDraft(typed_permille=permille, progress="有序推进", **more)


def found(draft, facts=FACTS):
    return [(one.check, str(one.grade), one.field) for one in findings(draft, facts)]


@pytest.mark.parametrize(
    ("count", "checks"),
    [
        (240, []),
        (159, ["fell"]),
        (160, []),
        (360, []),  # 200 more is the most after twice 80: 80 + 6 × a quarter of 80
        (361, ["jump_past"]),
        (500, ["jump_past"]),  # 125 % where 75 % is expected: no more than half a target ahead
        (501, ["jump_target"]),
        (600, ["jump_target"]),
        (601, ["far_over"]),
        (5000, ["far_over"]),
    ],
)
def test_a_figure_is_doubted_once_by_the_gravest_ground(count, checks):
    draft = visits(count, completion_requested=count >= 400)
    assert found(draft) == [(check, "b", "actuals.7") for check in checks]


def test_a_figure_that_was_far_over_before_is_not_doubted_again():
    facts = replace(FACTS, last_actuals={7: Decimal(5000)}, past={"actuals.7": (Decimal(5000),)})
    assert found(visits(5001, completion_requested=True), facts) == [("far_over", "b", "actuals.7")]
    assert found(visits(5000, completion_requested=True), facts) == []


def test_what_is_usual_is_told_by_the_median_of_three_periods_and_one_odd_one_moves_it_little():
    assert most_usual([Decimal(80), Decimal(80)], Decimal(400)) == 200
    # Of 10, 90 and 100 the median is 90; the deviations 80, 0 and 10 have the median 10.
    assert most_usual([Decimal(10), Decimal(90), Decimal(100)], Decimal(400)) == 90 + 6 * Decimal("22.5")
    assert most_usual([Decimal(10), Decimal(70), Decimal(100)], Decimal(400)) == 70 + 6 * 30 * Decimal(
        "1.4826"
    )
    # Small counts come one by one, whatever the median is.
    assert most_usual([Decimal(0), Decimal(0)], Decimal(3)) == 3


def test_one_period_before_is_no_past_yet():
    early = replace(FACTS, past={"actuals.7": (Decimal(20),)}, last_actuals={7: Decimal(20)})
    assert found(visits(300), early) == []


@pytest.mark.parametrize(
    ("permille", "checks"),
    [
        (750, []),
        (499, [("fell", "b", "explanation")]),
        (9, [("fell", "b", "explanation"), ("fraction", "c", "typed_permille")]),
        (1000, [("not_asked", "c", "completion_requested")]),
    ],
)
def test_a_typed_percentage_is_looked_at_like_a_figure(permille, checks):
    assert found(typed(permille), TYPED) == checks


def test_a_typed_percentage_that_leaps_is_doubted():
    slow = replace(TYPED, last_completion_permille=100, past={"typed_permille": (Decimal(50), Decimal(100))})
    assert found(typed(500), slow) == [("jump_past", "b", "typed_permille")]
    assert found(typed(450), slow) == []
    early = replace(slow, past={}, expected_permille=200)
    assert found(typed(701), early) == [("jump_target", "b", "typed_permille")]
    assert found(typed(700), early) == []


@pytest.mark.parametrize("value", ["0.85", "1"])
def test_a_percentage_as_an_indicator_may_be_a_fraction_too(value):
    rate = TaskFacts(targets={7: Decimal(85)}, scales={7: Scale("%")})
    assert found(visits(value), rate) == [("fraction", "c", "actuals.7")]
    assert found(visits(value), replace(rate, targets={7: Decimal(1)}, evidence_count=1))[-1:] != [
        ("fraction", "c", "actuals.7")
    ]
    assert found(visits(value), replace(rate, scales={7: Scale("家")})) == []


def test_all_done_asks_for_completion_and_for_evidence_where_the_site_wants_any():
    asked = ("not_asked", "c", "completion_requested")
    shown = ("no_evidence", "c", "completion_requested")
    bare = replace(TYPED, evidence_count=0)
    assert found(typed(1000), bare) == [asked, shown]
    assert found(typed(1000), replace(bare, evidence_rule=EvidenceRule.NEVER)) == [asked]
    assert found(typed(1000, no_change=True), replace(bare, last_completion_permille=1000)) == []


def test_a_task_called_finished_names_the_milestones_that_are_open():
    claimed = UpdateDraft(milestones_reached=frozenset({1}), progress="完成", completion_requested=True)
    (one,) = findings(claimed, STEPS)
    assert (one.check, one.message.values) == ("milestones_open", {"numbers": "2"})
    both = replace(FACTS, milestones={1: 400, 2: 600})
    assert found(visits(400, completion_requested=True), both) == [
        ("milestones_open", "b", "explanation"),
        ("jump_past", "b", "actuals.7"),
    ]
    assert found(visits(300, completion_requested=True)) == [("asked_early", "b", "explanation")]


def test_a_third_period_without_change_is_asked_about_only_where_the_task_is_behind():
    still = visits(160, no_change=True)
    again = replace(FACTS, no_change_streak=2)
    assert found(still, again) == [("unchanged_again", "b", "explanation")]
    assert found(still, replace(again, expected_permille=400)) == []
    assert found(still, replace(again, no_change_streak=1)) == []


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("累计参展240家次", None),
        ("累计9家次", "9家次"),
        ("截至目前，参展企业累计 1,240 家次。", "1,240家次"),
        ("共组织企业参展2.4万家次", "2.4万家次"),
        ("累计参展240家", None),  # another unit
        ("本期新增9家次", None),  # no sum
        ("计划累计参展，9家次为新增", None),  # beyond the comma
        ("累计参展240余家次", None),
    ],
)
def test_a_sum_in_the_text_is_compared_with_the_field_of_its_unit(text, differs):
    said = [one.message.values["written"] for one in findings(visits(240, text), FACTS)]
    assert said == ([] if differs is None else [differs])


def test_a_rounded_sum_is_no_other_and_any_field_of_the_unit_may_be_meant():
    many = replace(FACTS, targets={7: Decimal(20000)}, past={}, last_actuals={})
    assert found(visits(12340, "累计1.2万家次"), many) == []
    assert found(visits(12340, "累计1.4万家次"), many) == [("text_differs", "c", "progress")]
    two = replace(
        FACTS, targets={7: Decimal(400), 8: Decimal(90)}, scales={7: Scale("家次"), 8: Scale("家次")}
    )
    draft = UpdateDraft(
        actuals={7: Decimal(240), 8: Decimal(40)}, progress="累计参展240家次，其中境外累计40家次"
    )
    assert found(draft, two) == []
    assert found(replace(draft, progress="累计39家次"), two) == [("text_differs", "c", "progress")]
    assert found(replace(draft, progress="累计39家次", no_change=True), two)[0][0] == "changed_after_all"
    assert found(visits(240, "累计9家次"), replace(FACTS, scales={7: Scale("")})) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("江苏组织企业参展", True),
        ("我单位江苏分团参展", True),
        ("赴江苏参展", False),
        ("与江苏联合办展", False),
        ("浙江组织企业参展", False),
    ],
)
def test_the_name_of_another_unit_is_asked_about_unless_it_is_gone_to_or_worked_with(text, named):
    assert found(visits(240, text)) == ([("other_authority", "c", "progress")] if named else [])
    before = replace(FACTS, last_texts={"progress": text})
    assert ("other_authority", "c", "progress") not in found(visits(240, text), before)
    assert found(visits(160, text, no_change=True)) == []


def test_the_same_words_are_a_hint_for_their_writer_alone():
    last = findings(visits(240, "上期组织参展"), FACTS)
    assert [(one.check, one.private) for one in last] == [("same_as_last", True)]
    assert check_update(visits(240, "上期组织参展"), FACTS) == []
    copied = "组织企业参加广交会并达成意向"
    other = replace(FACTS, said_elsewhere=frozenset({copied, "短句"}))
    assert [one.check for one in findings(visits(240, copied), other)] == ["same_as_other"]
    assert findings(visits(240, "短句"), other) == []
    assert findings(visits(160, "上期组织参展", no_change=True), FACTS) == []


def test_a_lowered_target_is_told_beside_its_figure():
    lowered = replace(FACTS, yardstick=Yardstick({7: Decimal(900)}, {}))
    assert found(visits(200), lowered) == [("target_lowered", "d", "actuals.7")]
    assert found(visits(200), replace(FACTS, yardstick=Yardstick({7: Decimal(400)}, {}))) == []


def test_what_has_only_to_be_confirmed_is_confirmed_by_its_values():
    draft = visits(240, "累计9家次")
    (one,) = check_update(draft, FACTS)
    assert confirmable(draft, FACTS) == {one.token} == {"text_differs/9家次/240/家次"}
    assert confirmation_of(one.message) == token_of(one.message) == one.token
    assert check_update(replace(draft, confirmed=frozenset({one.token})), FACTS) == []
    other = replace(visits(239, "累计9家次"), confirmed=frozenset({one.token}))
    assert len(check_update(other, FACTS)) == 1


def test_what_needs_words_is_settled_by_them_and_a_fault_never():
    assert check_update(visits(5000, explanation="承办大会", completion_requested=True), FACTS) == []
    (one,) = check_update(visits(-1, explanation="承办大会"), FACTS)
    assert (one.grade, confirmation_of(one.message)) == (Grade.A, None)


@pytest.mark.parametrize("unread", ["\u2060", "\u00ad", "\u3164", "\u2800", "。"])
def test_an_explanation_or_a_progress_that_nobody_can_read_is_none(unread):
    assert [one.check for one in check_update(visits(100, explanation=unread), FACTS)] == ["fell"]
    assert found(visits(200, unread))[0] == ("missing", "a", "progress")


def test_every_check_has_a_name_of_its_own():
    assert len({check.name for check in CHECKS}) == len(CHECKS)


amounts = st.decimals(0, 10_000, places=1) | st.decimals()


@given(
    st.builds(
        UpdateDraft,
        actuals=st.dictionaries(st.sampled_from([7, 9]), amounts, max_size=2),
        typed_permille=st.none() | st.integers(-10, 1100),
        milestones_reached=st.frozensets(st.integers(1, 3)),
        progress=st.sampled_from(["", "累计9家次", "累计1.2万家次", "江苏", "上期组织参展"]),
        no_change=st.booleans(),
        completion_requested=st.booleans(),
    ),
    st.sampled_from([FACTS, TYPED, STEPS]),
)
def test_explained_and_confirmed_only_faults_are_left(draft, facts):
    answered = replace(draft, explanation="如实", confirmed=confirmable(draft, facts))
    assert {one.grade for one in check_update(answered, facts)} <= {Grade.A}
    for one in findings(draft, facts):
        assert (confirmation_of(one.message) is not None) == (one.grade is Grade.C)


def test_only_figures_that_are_ones_are_reckoned_with():
    assert has_sound_figures(visits(240), FACTS)
    assert not has_sound_figures(visits(-1), FACTS)
    assert has_sound_figures(typed(1000), TYPED)
    assert not has_sound_figures(typed(1001), TYPED)
