from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from db.tables import IndicatorTerm, Milestone, PlanRevision, ProgressUpdate, TaskRevision
from tracking.checks import check_update
from tracking.countries import countries
from tracking.messages import Refusal
from tracking.site_settings import EvidenceRule
from tracking.validation import (
    LIMITS,
    MilestoneDraft,
    PlanFacts,
    TargetDraft,
    TaskDraft,
    TaskFacts,
    UpdateDraft,
    check_plan,
    check_task,
    cleaned,
    completion_of_draft,
    refuse_all,
)
from tracking.vocabulary import Language

FACTS = PlanFacts(year=2026, action_measures={5: 1, 6: 2}, indicator_measures={7: 1, 8: 1, 9: 2})
START, DUE = date(2026, 3, 1), date(2026, 11, 30)
TASK = TaskDraft(
    measure_id=1,
    title="组织企业参展",
    starts_on=START,
    due_on=DUE,
    weight_tenths=10,
    measure_action_id=5,
    goal="全年组织 120 家次",
    post_id=3,
    lead_unit="对外合作处",
    targets=(
        TargetDraft(7, date(2026, 6, 30), Decimal(60)),
        TargetDraft(8, DUE, Decimal(4)),
        TargetDraft(7, DUE, Decimal(120)),
    ),
    milestones=(
        MilestoneDraft(1, "方案印发", date(2026, 4, 1), 400),
        MilestoneDraft(2, "组织参展", DUE, 600),
    ),
)
UPDATE = UpdateDraft(actuals={7: Decimal(80)}, progress="已组织 80 家次")
TARGETS = TaskFacts(targets={7: Decimal(120)}, last_actuals={7: Decimal(60)}, last_completion_permille=500)
STEPS = TaskFacts(milestones={1: 400, 2: 600}, last_completion_permille=400)
TYPED = TaskFacts(last_completion_permille=300)
SHOWN = replace(TARGETS, evidence_count=1)
WHOLE = [("completion_requested", f"whole_{but}") for but in ("but_not_asked", "without_evidence")]


def found(problems):
    return [(problem.field, problem.message.key.rpartition(".")[2]) for problem in problems]


def target(**changed):
    return (replace(TASK.targets[0], **changed), *TASK.targets[1:])


def milestone(**changed):
    return (replace(TASK.milestones[0], **changed), *TASK.milestones[1:])


def test_a_sound_task_has_no_faults():
    assert check_task(TASK, FACTS) == []


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"title": "  "}, [("title", "required")]),
        ({"title": "长" * 201}, [("title", "too_long")]),
        ({"title": "长" * 200 + "  "}, []),
        ({"goal": ""}, [("goal", "required")]),
        ({"goal": "字" * 10_000}, [("goal", "too_long")]),
        ({"remark": "\x00"}, [("remark", "bad_character")]),
        ({"liaison": "\u202e"}, [("liaison", "bad_character")]),
        ({"supporting_units": "👍"}, []),
        ({"starts_on": None}, [("starts_on", "required")]),
        ({"due_on": None}, [("due_on", "required")]),
        ({"starts_on": date(2025, 12, 31)}, [("starts_on", "outside_year")]),
        ({"starts_on": date(2025, 12, 31), "goes_on": True}, []),
        ({"starts_on": date.min, "goes_on": True}, [("starts_on", "outside_year")]),
        ({"weight_tenths": 0}, [("weight_tenths", "weight_range")]),
        ({"weight_tenths": -1}, [("weight_tenths", "weight_range")]),
        ({"weight_tenths": 1001}, [("weight_tenths", "weight_range")]),
        ({"weight_tenths": 1000}, []),
        ({"measure_action_id": 6}, [("measure_action_id", "action_of_other_measure")]),
        ({"measure_action_id": 99}, [("measure_action_id", "action_of_other_measure")]),
        ({"measure_action_id": None}, []),
        ({"post_id": None}, [("post_id", "no_officer")]),
        ({"targets": target(value=Decimal(0))}, [("targets.0", "target_zero")]),
        ({"targets": target(value=Decimal(-3))}, [("targets.0", "negative")]),
        (
            {"targets": target(value=Decimal("NaN"))},
            [("targets.0", "not_a_number")],
        ),
        ({"targets": target(value=Decimal("0.001"))}, [("targets.0", "too_many_decimals")]),
        (
            {"targets": target(value=Decimal("1e12"))},
            [("targets.0", "too_large")],
        ),
        ({"targets": target(value=Decimal(120))}, [("targets.2", "target_not_growing")]),
        ({"targets": target(due_on=DUE)}, [("targets.2", "target_twice")]),
        (
            {"targets": target(due_on=date(2026, 12, 1))},
            [("targets.0", "outside_task"), ("targets.0", "target_not_growing")],
        ),
        ({"targets": target(indicator_id=9)}, [("targets.0", "indicator_of_other_measure")]),
        ({"milestones": milestone(title="")}, [("milestones.0", "required")]),
        ({"milestones": milestone(title="长" * 101)}, [("milestones.0", "too_long")]),
        ({"milestones": milestone(due_on=date(2026, 2, 1))}, [("milestones.0", "outside_task")]),
        ({"milestones": milestone(share_permille=399)}, [("milestones", "shares_total")]),
        (
            {"milestones": milestone(share_permille=0)},
            [("milestones.0", "share_range"), ("milestones", "shares_total")],
        ),
        ({"milestones": milestone(number=2)}, [("milestones", "milestone_twice")]),
        ({"milestones": (), "targets": ()}, []),
        ({"countries": tuple(countries(Language.EN))[:30]}, []),
        ({"countries": tuple(countries(Language.EN))[:31]}, [("countries", "too_many")]),
    ],
)
def test_each_fault_of_a_task_is_found_at_its_field(changed, faults):
    assert found(check_task(replace(TASK, **changed), FACTS)) == faults


def test_dates_out_of_order_are_told_once_and_not_of_every_target_and_milestone_as_well():
    task = replace(TASK, starts_on=DUE, due_on=START)
    assert found(check_task(task, FACTS)) == [("due_on", "due_before_start")]


def test_a_draft_may_still_lack_what_a_plan_must_have():
    bare = TaskDraft(measure_id=1, title="组织企业参展", starts_on=START, due_on=DUE)
    assert check_task(bare, FACTS, complete=False) == []
    assert found(check_task(bare, FACTS)) == [
        ("goal", "required"),
        ("lead_unit", "required"),
        ("post_id", "no_officer"),
    ]


def test_a_plan_names_the_task_of_each_fault():
    problems = check_plan(
        goals="", tasks={3: replace(TASK, title="", targets=target(value=Decimal(0)))}, facts=FACTS
    )
    assert [(problem.field, str(problem.message)) for problem in problems] == [
        ("goals", "请填写此项。"),
        ("tasks.3.title", "任务 3“工作任务”：请填写此项。"),
        ("tasks.3.targets.0", "任务 3“指标目标”：目标值应大于 0。"),
    ]


def test_a_plan_has_at_least_one_task():
    assert found(check_plan(goals="目标", tasks={}, facts=FACTS)) == [("tasks", "no_tasks")]
    assert check_plan(goals="目标", tasks={1: TASK}, facts=FACTS) == []


@pytest.mark.parametrize(
    ("changed", "facts", "faults"),
    [
        ({}, TARGETS, []),
        ({"actuals": {}}, TARGETS, [("actuals.7", "actual_missing")]),
        ({"actuals": {7: Decimal(-1)}}, TARGETS, [("actuals.7", "negative")]),
        ({"actuals": {7: Decimal(80), 9: Decimal(1)}}, TARGETS, [("actuals.9", "unknown_indicator")]),
        ({"actuals": {7: Decimal(59)}}, TARGETS, [("actuals.7", "actual_fell")]),
        ({"actuals": {7: Decimal(59)}, "explanation": "核减重复统计"}, TARGETS, []),
        ({"actuals": {7: Decimal(130)}, "completion_requested": True}, SHOWN, []),  # more is good news
        ({"actuals": {7: Decimal(500)}, "completion_requested": True}, SHOWN, [("actuals.7", "far_over")]),
        ({"progress": ""}, TARGETS, [("progress", "required")]),
        ({"progress": "长" * 2001}, TARGETS, [("progress", "too_long")]),
        ({"difficulties": "\x00"}, TARGETS, [("difficulties", "bad_character")]),
        ({"no_change": True}, TARGETS, [("no_change", "changed_after_all")]),
        ({"no_change": True, "progress": "", "actuals": {7: Decimal(60)}}, TARGETS, []),
        ({"actuals": {}, "milestones_reached": frozenset({1})}, STEPS, []),
        ({"actuals": {}, "milestones_reached": frozenset({1, 2})}, STEPS, WHOLE),
        (
            {"actuals": {}, "milestones_reached": frozenset({1, 9})},
            STEPS,
            [("milestones_reached", "unknown_milestone")],
        ),
        ({"actuals": {}, "milestones_reached": frozenset()}, STEPS, [("explanation", "completion_fell")]),
        ({"actuals": {}}, TYPED, [("typed_permille", "percent_missing"), ("explanation", "completion_fell")]),
        ({"actuals": {}, "typed_permille": 300}, TYPED, []),
        ({"actuals": {}, "typed_permille": 299}, TYPED, [("explanation", "completion_fell")]),
        ({"actuals": {}, "typed_permille": 1001}, TYPED, [("typed_permille", "percent_range")]),
        (
            {"actuals": {}, "typed_permille": -1},
            TYPED,
            [("typed_permille", "percent_range")],
        ),
        (
            {"actuals": {}, "typed_permille": 400, "no_change": True},
            TYPED,
            [("no_change", "changed_after_all")],
        ),
    ],
)
def test_each_fault_of_an_update_is_found_at_its_field(changed, facts, faults):
    assert found(check_update(replace(UPDATE, **changed), facts)) == faults


@pytest.mark.parametrize(
    ("streak", "explanation", "faults"), [(1, "", []), (2, "", ["unchanged_again"]), (2, "展会延期", [])]
)
def test_a_third_period_without_change_needs_a_reason(streak, explanation, faults):
    draft = UpdateDraft(actuals={7: Decimal(60)}, no_change=True, explanation=explanation)
    problems = check_update(draft, replace(TARGETS, no_change_streak=streak))
    assert [problem.message.key for problem in problems] == [f"validation.{fault}" for fault in faults]


def test_an_amended_target_does_not_make_an_unchanged_value_a_change():
    draft = UpdateDraft(actuals={7: Decimal(60)}, no_change=True)
    assert check_update(draft, replace(TARGETS, targets={7: Decimal(240)})) == []


@pytest.mark.parametrize(
    ("value", "explanation", "evidence", "faults"),
    [
        (120, "", 1, []),
        (120, "", 0, [("evidence", "evidence_to_complete")]),
        (90, "", 1, [("explanation", "completion_asked_early")]),
        (90, "目标调减", 1, []),
    ],
)
def test_completion_is_asked_for_with_evidence_and_short_of_the_target_with_a_reason(
    value, explanation, evidence, faults
):
    draft = replace(UPDATE, actuals={7: Decimal(value)}, explanation=explanation, completion_requested=True)
    assert found(check_update(draft, replace(TARGETS, evidence_count=evidence))) == faults


@pytest.mark.parametrize(
    ("rule", "changed", "evidence", "faults"),
    [
        ("always", {}, 0, ["evidence_missing"]),
        ("always", {}, 1, []),
        ("always", {"completion_requested": True}, 0, ["evidence_to_complete"]),
        ("always", {"no_change": True, "actuals": {7: Decimal(60)}}, 0, []),
        ("on_completion", {}, 0, []),
        ("never", {"completion_requested": True}, 0, []),
    ],
)
def test_evidence_is_asked_for_only_where_the_rule_of_the_site_asks(rule, changed, evidence, faults):
    done = Decimal(120 if "completion_requested" in changed else 80)
    draft = replace(UPDATE, **({"actuals": {7: done}} | changed))
    facts = replace(TARGETS, evidence_count=evidence, evidence_rule=EvidenceRule(rule))
    assert found(check_update(draft, facts)) == [("evidence", fault) for fault in faults]


def test_a_draft_may_be_saved_with_gaps_but_not_with_what_could_never_be_kept():
    assert check_update(UpdateDraft(no_change=True, completion_requested=True), TARGETS, complete=False) == []
    draft = UpdateDraft(actuals={7: Decimal(-1)}, progress="\x00", typed_permille=2000)
    assert found(check_update(draft, TARGETS, complete=False)) == [
        ("actuals.7", "negative"),
        ("typed_permille", "percent_range"),
        ("progress", "bad_character"),
    ]


def test_the_completion_shown_before_saving_is_that_of_the_task():
    assert completion_of_draft(UPDATE, TARGETS) == 667
    assert completion_of_draft(UpdateDraft(milestones_reached=frozenset({2})), STEPS) == 600
    assert completion_of_draft(UpdateDraft(typed_permille=450), TYPED) == 450


def test_everything_is_refused_at_once_each_by_its_field():
    with pytest.raises(Refusal) as refused:
        refuse_all(check_task(replace(TASK, title="", weight_tenths=0), FACTS))
    assert refused.value.fields == ("title", "weight_tenths")
    assert str(refused.value) == "请填写此项。 权重应大于 0，且不超过 100。"
    refuse_all([])


def test_a_clean_draft_keeps_everything_but_loose_spaces():
    loose = replace(TASK, title=" 组织企业参展 ", milestones=milestone(title="方案印发\u3000"))
    assert cleaned(loose) == TASK
    assert cleaned(replace(UPDATE, progress="一\r\n二")).progress == "一\n二"
    assert cleaned(TASK).measure_id == 1


COLUMNS = {
    "goals": PlanRevision,
    "reason": PlanRevision,
    "progress": ProgressUpdate,
    "difficulties": ProgressUpdate,
    "next_steps": ProgressUpdate,
    "explanation": ProgressUpdate,
    "exempt_because": IndicatorTerm,
}


@pytest.mark.parametrize("field", sorted(LIMITS))
def test_a_limit_is_what_its_column_holds(field):
    table, column = (
        (Milestone, "title") if field == "milestone_title" else (COLUMNS.get(field, TaskRevision), field)
    )
    assert LIMITS[field] == table.__table__.columns[column].type.length


amounts = st.decimals() | st.decimals(0, 1000, places=2)


@given(
    st.builds(
        UpdateDraft,
        actuals=st.dictionaries(st.integers(6, 9), amounts, max_size=3),
        milestones_reached=st.frozensets(st.integers(0, 3)),
        typed_permille=st.none() | st.integers(-10, 1100),
        progress=st.text(max_size=8),
        explanation=st.text(max_size=3),
        no_change=st.booleans(),
        completion_requested=st.booleans(),
    ),
    st.sampled_from([TARGETS, STEPS, TYPED]),
)
def test_what_a_draft_may_not_hold_an_update_may_not_either(draft, facts):
    complete = check_update(draft, facts)
    assert set(found(check_update(draft, facts, complete=False))) <= set(found(complete))
