from dataclasses import replace
from decimal import Decimal

from tracking.carrying import (
    carried_over,
    copied_texts,
    increments,
    judged,
    newly_reached,
    says_the_same,
    tells_no_change,
    unchanged,
)
from tracking.checks import check_update
from tracking.validation import TaskFacts, UpdateDraft

FACTS = TaskFacts(
    targets={1: Decimal(10), 2: Decimal(4)}, milestones={1: 500}, last_actuals={1: Decimal(3), 9: Decimal(7)}
)
LAST = UpdateDraft(
    actuals={1: Decimal(3), 9: Decimal(7)},
    milestones_reached=frozenset({1, 8}),
    typed_permille=120,
    progress="已办三场",
    next_steps="继续筹备",
    explanation="上期原因",
    no_change=True,
    completion_requested=True,
)


def test_what_the_plan_no_longer_asks_for_stays_behind():
    carried = carried_over(LAST, FACTS)
    assert (carried.actuals, carried.milestones_reached) == ({1: Decimal(3)}, frozenset({1}))


def test_what_was_true_of_the_last_period_only_stays_behind():
    carried = carried_over(LAST, FACTS)
    assert (carried.no_change, carried.completion_requested, carried.explanation) == (False, False, "")
    assert (carried.progress, carried.next_steps) == ("已办三场", "继续筹备")


def test_an_unchanged_update_is_complete_at_once():
    draft = unchanged(LAST, FACTS)
    assert draft.actuals == {1: Decimal(3), 2: Decimal()}
    assert check_update(draft, FACTS) == []


def test_nothing_yet_and_nothing_changed_is_nought():
    typed = TaskFacts()
    draft = unchanged(UpdateDraft(), typed, explanation="尚未启动")
    assert (draft.typed_permille, draft.no_change, draft.explanation) == (0, True, "尚未启动")
    assert check_update(draft, typed) == []


def test_texts_that_say_the_same_are_copied_and_empty_ones_are_not():
    draft = UpdateDraft(progress="已办三场", next_steps="另有安排", difficulties="")
    assert copied_texts(draft, LAST) == {"progress"}


def test_an_update_that_only_repeats_the_last_one_is_known_as_such():
    carried = carried_over(LAST, FACTS)
    assert says_the_same(replace(carried, explanation="说明"), LAST, FACTS)
    assert not says_the_same(replace(carried, progress="已办四场"), LAST, FACTS)
    assert not says_the_same(replace(carried, completion_requested=True), LAST, FACTS)


def test_what_somebody_calls_no_change_is_judged_by_what_it_says():
    carried = carried_over(LAST, FACTS)
    called = replace(carried, no_change=True)
    assert judged(carried, LAST, FACTS, again=True).no_change
    assert not judged(carried, LAST, FACTS, again=False).no_change
    assert judged(replace(called, progress="", next_steps=""), LAST, FACTS, again=True).no_change
    assert not judged(replace(called, progress="已办四场"), LAST, FACTS, again=True).no_change
    moved = judged(replace(called, actuals={1: Decimal(4)}), LAST, FACTS, again=True)
    assert "validation.changed_after_all" in [one.message.key for one in check_update(moved, FACTS)]
    assert judged(replace(called, progress="\x00"), LAST, FACTS, again=True).progress == "\x00"


def test_a_percentage_nobody_types_makes_no_difference():
    steps = TaskFacts(milestones={1: 1000}, last_completion_permille=1000)
    last = UpdateDraft(milestones_reached=frozenset({1}), typed_permille=1000, progress="已签约")
    assert says_the_same(replace(last, typed_permille=None), last, steps)
    assert not says_the_same(replace(last, typed_permille=None), last, TaskFacts())


def test_no_change_tells_all_of_a_draft_that_moves_nothing_and_nothing_else():
    carried = carried_over(LAST, FACTS)
    derived = replace(carried, typed_permille=500)
    same = (
        carried,
        unchanged(LAST, FACTS),
        derived,
        replace(carried, explanation="说明", confirmed=frozenset({"a"})),
    )
    assert all(tells_no_change(draft, LAST, FACTS) for draft in same)
    moved = (
        {"actuals": {1: Decimal(4)}},
        {"actuals": {}},
        {"milestones_reached": frozenset()},
        {"difficulties": "缺场地"},
        {"completion_requested": True},
    )
    assert not any(tells_no_change(replace(carried, **change), LAST, FACTS) for change in moved)
    assert not tells_no_change(UpdateDraft(typed_permille=130), UpdateDraft(typed_permille=120), TaskFacts())


def test_what_is_new_is_told_apart_from_what_stood_before():
    draft = UpdateDraft(
        actuals={1: Decimal(3), 2: Decimal(5), 9: Decimal(6)}, milestones_reached=frozenset({1, 3, 2})
    )
    assert increments(draft, LAST) == {2: Decimal(5), 9: Decimal(-1)}
    assert newly_reached(draft, LAST) == (2, 3)
