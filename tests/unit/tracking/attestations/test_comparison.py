"""What an attestation states: one changed figure is named, and gives another code."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tracking.attestations.code import code_of, key_from
from tracking.attestations.comparison import (
    AttestedLine,
    Field,
    Section,
    differences,
    plain_sections,
    sections_of,
)
from tracking.attestations.lines import Called, planned_lines, reported_lines
from tracking.attestations.tables import by_measure, measure_row, task_row, totals_of, totals_words
from tracking.attestations.wording import field_words, line_words, subject_of, value_words
from tracking.validation import MilestoneDraft, TargetDraft, TaskDraft, TermDraft, UpdateDraft
from tracking.vocabulary import AttestationKind, Language

ZH, EN = Language.ZH_CN, Language.EN
KEY = key_from(b"secret")
CALLED = Called(
    {1: "1　开展贸易", 2: "2　对外宣传"},
    {1: "组织参展"},
    {1: "展会（场）"},
    {1: "处长", 2: "副处长"},
    tags={1: "贸易投资"},
)
TASK = TaskDraft(
    measure_id=1,
    title="组织参展",
    starts_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    measure_action_id=1,
    goal="十场",
    post_id=1,
    lead_unit="企业处",
    supporting_units="外贸处",
    supervising_leader="张某",
    liaison="李某",
    remark="无",
    countries=("KZ",),
    tags=(1,),
    targets=(TargetDraft(1, date(2026, 6, 30), Decimal(5)), TargetDraft(1, date(2026, 12, 31), Decimal(10))),
    milestones=(MilestoneDraft(1, "签约", date(2026, 6, 1), 400),),
    terms=(TermDraft(1, Decimal(3)),),
)
SAID = UpdateDraft({1: Decimal(4)}, frozenset({1}), None, "已办", "缺经费", "续办", "因故", False, False)
NEXT_YEAR = date(2027, 1, 31)
# Every field of a plan changed once, and how the change reads.
PLANNED = [
    ({"measure_id": 2}, Field.MEASURE, "1　开展贸易", "2　对外宣传"),
    ({"measure_action_id": None}, Field.ACTION, "组织参展", "—"),
    ({"title": "参展"}, Field.TITLE, "组织参展", "参展"),
    ({"goal": "九场"}, Field.GOAL, "十场", "九场"),
    ({"starts_on": date(2026, 2, 1)}, Field.STARTS_ON, "2026-01-01", "2026-02-01"),
    ({"due_on": None}, Field.DUE_ON, "2026-12-31", "—"),
    ({"weight_tenths": 25}, Field.WEIGHT, "1.0", "2.5"),
    ({"post_id": 2}, Field.POST, "处长", "副处长"),
    ({"lead_unit": ""}, Field.LEAD_UNIT, "企业处", "—"),
    ({"supporting_units": "x"}, Field.SUPPORTING_UNITS, "外贸处", "x"),
    ({"supervising_leader": "x"}, Field.SUPERVISING_LEADER, "张某", "x"),
    ({"liaison": "x"}, Field.LIAISON, "李某", "x"),
    ({"remark": "x"}, Field.REMARK, "无", "x"),
    ({"countries": ("KZ", "UZ")}, Field.COUNTRIES, "哈萨克斯坦", "哈萨克斯坦、乌兹别克斯坦"),
    ({"tags": ()}, Field.TAGS, "贸易投资", "—"),
    ({"targets": (TASK.targets[0], replace(TASK.targets[1], value=Decimal("1200.5")))}, Field.TARGET, "10", "1,200.5"),
    ({"targets": TASK.targets[1:]}, Field.TARGET, "5", "—"),
    ({"terms": (TermDraft(1, Decimal("2.5")),)}, Field.BASELINE, "3", "2.5"),
    ({"terms": (TermDraft(1, Decimal(3), "本地没有"),)}, Field.EXEMPT, "—", "本地没有"),
    ({"milestones": (replace(TASK.milestones[0], title="开幕"),)}, Field.MILESTONE, "签约", "开幕"),
    (
        {"milestones": (replace(TASK.milestones[0], due_on=NEXT_YEAR),)},
        Field.MILESTONE_DUE_ON,
        "2026-06-01",
        "2027-01-31",
    ),
    ({"milestones": (replace(TASK.milestones[0], share_permille=405),)}, Field.MILESTONE_SHARE, "40.0%", "40.5%"),
]  # fmt: skip
REPORTED = [
    ({"completion_permille": 401}, {}, Field.COMPLETION, "40.0%", "40.1%"),
    ({"suspended": True}, {}, Field.SUSPENDED, "—", "是"),
    ({}, {"actuals": {1: Decimal("4.25")}}, Field.ACTUAL, "4", "4.25"),
    ({}, {"milestones_reached": frozenset()}, Field.REACHED, "是", "—"),
    ({}, {"progress": "在办"}, Field.PROGRESS, "已办", "在办"),
    ({}, {"difficulties": ""}, Field.DIFFICULTIES, "缺经费", "—"),
    ({}, {"next_steps": "x"}, Field.NEXT_STEPS, "续办", "x"),
    ({}, {"explanation": "x"}, Field.EXPLANATION, "因故", "x"),
    ({}, {"no_change": True}, Field.NO_CHANGE, "—", "是"),
    ({}, {"completion_requested": True}, Field.COMPLETION_REQUESTED, "—", "是"),
]


def planned(task: TaskDraft = TASK, extended_to: date | None = None, number: int = 1) -> Section:
    return Section(number, number, task.title, "", planned_lines(task, CALLED, extended_to))


def reported(said: UpdateDraft = SAID, number: int = 1, status: str = "submitted", **changed) -> Section:
    asked = {"completion_permille": 400, "suspended": False, "reported": True, **changed}
    key = None if status in {"", "completed"} else 7
    return Section(number, number, TASK.title, status, reported_lines(TASK, CALLED, said, **asked), key)


def told(paper: Section, now: Section) -> list[tuple[Field, str, str]]:
    return [
        (one.field, value_words(one.paper, ZH), value_words(one.now, ZH))
        for one in differences([paper], [now])
    ]


@pytest.mark.parametrize(("changed", "field", "paper", "now"), PLANNED, ids=lambda case: str(case)[:20])
def test_one_changed_value_of_a_plan_is_named(changed, field, paper, now):
    assert told(planned(), planned(replace(TASK, **changed))) == [(field, paper, now)]
    before, after = (
        {"task": plain_sections([one])} for one in (planned(), planned(replace(TASK, **changed)))
    )
    assert code_of(before, KEY) != code_of(after, KEY)


@pytest.mark.parametrize(
    ("asked", "said", "field", "paper", "now"), REPORTED, ids=lambda case: str(case)[:20]
)
def test_one_changed_value_of_a_report_is_named(asked, said, field, paper, now):
    assert told(reported(), reported(replace(SAID, **said), **asked)) == [(field, paper, now)]


def test_every_field_has_its_case_and_its_words():
    cases = {case[1] for case in PLANNED} | {case[2] for case in REPORTED}
    assert cases | {Field.GOALS, Field.TASK, Field.EXTENDED_TO} == set(Field)
    for field in Field:
        for language in Language:
            assert line_words(AttestedLine(field, "1", "2", "三"), language)


def test_an_extension_is_a_difference_and_a_state_is_none():
    assert told(planned(), planned(extended_to=NEXT_YEAR)) == [(Field.EXTENDED_TO, "—", "2027-01-31")]
    assert told(reported(), reported(status="accepted")) == []


def test_a_task_on_one_side_only_counts_as_one_difference():
    plan = Section(None, 0, "", "filed", (AttestedLine(Field.GOALS, "目标"),))
    found = differences(
        [plan, planned(number=1), planned(number=2)], [plan, planned(number=1), planned(number=3)]
    )
    assert [(one.task, one.field, one.paper is None, one.now is None) for one in found] == [
        (2, Field.TASK, False, True),
        (3, Field.TASK, True, False),
    ]
    (goals,) = differences([plan], [replace(plan, lines=(AttestedLine(Field.GOALS, "新目标"),))])
    assert (goals.task, field_words(goals, ZH), goals.now and goals.now.value) == (
        None,
        "年度工作目标",
        "新目标",
    )


def test_sections_come_back_from_json_as_they_were():
    sections = [planned(), reported(number=2)]
    assert sections_of(plain_sections(sections)) == sections


def test_what_was_not_reported_has_no_words_of_this_period():
    fields = {line.field for line in reported(reported=False).lines}
    assert not fields & {Field.PROGRESS, Field.DIFFICULTIES}
    assert {Field.COMPLETION, Field.ACTUAL} <= fields


def test_totals_leave_suspended_tasks_out_of_completion_and_cap_it():
    tasks = [
        reported(number=1, completion_permille=1200, status="accepted"),
        reported(number=2, completion_permille=500, status="completed"),
        reported(number=3, completion_permille=0, suspended=True),
    ]
    totals = totals_of([Section(None, 0, "", "", ()), *tasks])
    assert (totals.tasks, totals.suspended, totals.completed) == (3, 1, 1)
    assert (totals.reported, totals.accepted) == (2, 1)
    assert totals.completion_permille == 750
    assert "75.0%" in totals_words(AttestationKind.PERIOD, totals, ZH)
    assert totals_of([]).completion_permille is None


def test_a_row_says_of_a_task_what_it_is_about():
    typed = replace(TASK, targets=(), milestones=())
    steps = replace(TASK, targets=())
    plan = AttestationKind.PLAN
    aims = [task_row(plan, planned(task), ZH)[4] for task in (TASK, steps, typed)]
    assert aims == ["10场", "节点 1 个", "—"]
    assert task_row(plan, planned(extended_to=NEXT_YEAR), ZH)[5] == "2027-01-31"
    row = task_row(AttestationKind.PERIOD, reported(status="handed_over"), ZH)
    assert row == (1, "组织参展", "1", "40.0%", "4/10场", "待审签")
    assert task_row(AttestationKind.PERIOD, reported(status=""), EN)[5] == "none"


def test_measures_stand_in_their_order_and_the_rest_is_summed():
    names = {number: f"{number}　举措" for number in range(1, 13)}
    called = replace(CALLED, measures=names)
    tasks = [
        Section(number, number, "", "", planned_lines(replace(TASK, measure_id=number), called, None))
        for number in range(12, 0, -1)
    ]
    rows = [measure_row(AttestationKind.PLAN, name, one) for name, one in by_measure(tasks, "其余").items()]
    assert rows[0] == ("1　举措", 1, Decimal(1), 1, 1, "2026-12-31")
    assert (rows[-1][0], rows[-1][1], len(rows)) == ("其余", 2, 11)
    assert len(by_measure(tasks)) == 12
    assert measure_row(AttestationKind.PERIOD, "举措", totals_of([reported()])) == ("举措", 1, 1, 0, "40.0%")


def test_a_page_names_its_subject():
    plan = subject_of(AttestationKind.PLAN, {"year": 2026, "number": 2}, ZH)
    period = subject_of(AttestationKind.PERIOD, {"year": 2026, "number": 3, "cycle": "quarter"}, ZH)
    assert (plan, period) == ("2026年度工作计划（第2版）", "2026年第三季度实施进展")
