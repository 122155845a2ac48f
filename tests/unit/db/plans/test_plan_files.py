"""Plans from workbooks on the real store: read, compared with the draft, brought in as a whole or not at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from db import clock
from db.authorities.scope import NATION
from db.plans import actions as plans, file_actions, files, task_actions
from db.plans.file_actions import PlanEntry
from db.plans.files import PlanFile, compared, known_for
from db.plans.queries import PlanSheet, plan_sheet
from db.store import Conflict, NotFound, Store
from db.tables import Appointment, Officer, PlanFileLayout, Post
from tests.support.factories import (
    FAIRS,
    NORTH_POST,
    VISITORS,
    YEAR,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.legacy_ledgers import saved
from tests.support.plan_files import workbook, written
from tests.support.trail import last_event, only, refusal_of, row, rows
from tracking.documents.plan_template import plan_template
from tracking.messages import Refusal
from tracking.plans.comparison import FILE, Comparison, PlanChange
from tracking.plans.known import KnownPost
from tracking.validation import MilestoneDraft, TargetDraft
from tracking.vocabulary import Language

HEADERS = ["序号", "举措", "任务", "年度目标", "牵头单位", "责任人", "完成时限"]
OWN = workbook(
    {
        "计划": [
            HEADERS,
            [1, 1, "组织参展", "展会12场", "外贸处", "officer", "11月底"],
            [2, 3, "宣传", "一次", "外贸处", "处长", "6月"],
        ]
    }
)
STEPS = (
    MilestoneDraft(1, "完成招展（一）：分工", date(YEAR, 3, 31), 400),
    MilestoneDraft(3, "参展", date(YEAR, 6, 30), 600),
)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def sheet_of(store: Store, revision_id: int) -> PlanSheet:
    return plan_sheet(store, NATION, revision_id=revision_id)


def given(store: Store, content: bytes) -> PlanFile:
    return files.read_plan_file(store, by=people().officer, name="计划.xlsx", content=content)


def form_of(store: Store, revision_id: int) -> bytes:
    form = file_actions.export_plan_form(store, by=people().officer, revision_id=revision_id)
    return plan_template(form, on=clock.today(), language=Language.ZH_CN)


def found_in(store: Store, revision_id: int, content: bytes, **answers: str) -> Comparison:
    file, sheet = given(store, content), sheet_of(store, revision_id)
    known = known_for(store, people().officer, sheet, clock.today())
    return compared(file, sheet, known, file.layouts, answers)


def entries(found: Comparison) -> list[PlanEntry]:
    changed = (line for line in found.lines if line.change is not PlanChange.UNCHANGED)
    return [file_actions.entry_of(line) for line in changed]


def bring_in(store: Store, revision_id: int, **asked) -> list[int]:
    return file_actions.bring_in_tasks(store, by=people().officer, revision_id=revision_id, **asked)


def test_a_plan_of_an_offices_own_becomes_a_draft_and_its_layout_is_remembered(store: Store):
    revision_id = draft_plan(store, people().officer)
    file = given(store, OWN)
    assert (file.ours, file.confirmed) == (False, False)
    found = found_in(store, revision_id, OWN)
    assert all(line.ready for line in found.lines)
    keys = bring_in(store, revision_id, entries=entries(found), layouts=file.layouts, source="计划.xlsx")
    first, second = sheet_of(store, revision_id).tasks
    assert keys == [first.task_revision_id, second.task_revision_id]
    assert first.draft.targets == (TargetDraft(FAIRS, date(YEAR, 11, 30), Decimal(12)),)
    assert (first.draft.post_id, second.draft.post_id) == (NORTH_POST, NORTH_POST)
    event = last_event(store)
    assert (event.action, event.detail) == (
        "bring_in_tasks",
        {"source": "计划.xlsx", "added": 2, "changed": 0, "removed": 0},
    )
    assert given(store, OWN).confirmed
    again = found_in(store, revision_id, OWN)
    assert [line.change for line in again.lines] == [PlanChange.UNCHANGED] * 2


def test_a_layout_is_remembered_once_and_changed_when_told_otherwise(store: Store):
    revision_id = draft_plan(store, people().officer)
    (layout,) = given(store, OWN).layouts
    for told in (layout, layout, replace(layout, last=2)):
        bring_in(store, revision_id, entries=[PlanEntry(typed_task(2))], layouts=[told])
    assert only(store, PlanFileLayout).layouts[0]["last"] == 2


def test_what_was_not_changed_in_the_form_comes_back_as_it_was(store: Store):
    tasks = (
        fair_task(),
        typed_task(2, milestones=STEPS, weight_tenths=25, remark="一\n二", supporting_units="甲、乙"),
    )
    revision_id = draft_plan(store, people().officer, *tasks)
    assert last_event(store).action == "add_task"
    form = form_of(store, revision_id)
    assert last_event(store).action == "export_plan_form"
    found = found_in(store, revision_id, form)
    assert [line.change for line in found.lines] == [PlanChange.UNCHANGED] * 2
    assert (found.doubts, found.missing) == ([], [])


def test_the_form_changes_empties_adds_and_leaves_out(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(), typed_task(2), typed_task(3))
    emptied = {
        (name, 2): None
        for name in (
            "measure",
            "title",
            "goal",
            "starts_on",
            "due_on",
            "weight_tenths",
            "post_id",
            "lead_unit",
        )
    }
    values = {
        ("targets", 0): f"展会：8 场（{YEAR}-12-31）\n观众：100 人次（{YEAR}-12-31）",
        ("goal", 1): None,
        ("milestones", 1): "一季度：甲；四季度：乙",
        ("measure", 3): "2 举措2",
        ("title", 3): "新任务",
        ("due_on", 3): date(YEAR, 9, 30),
        ("post_id", 3): "处长 officer",
    }
    found = found_in(store, revision_id, written(form_of(store, revision_id), emptied | values))
    assert [line.change for line in found.lines] == [PlanChange.CHANGED] * 2 + [PlanChange.NEW]
    bring_in(
        store, revision_id, entries=entries(found), removed=[one.task_revision_id for one in found.missing]
    )
    first, second, new = sheet_of(store, revision_id).tasks
    assert [(one.indicator_id, one.value) for one in first.draft.targets] == [(FAIRS, 8), (VISITORS, 100)]
    assert (second.draft.goal, len(second.draft.milestones)) == ("", 2)
    assert (new.number, new.draft.title, new.draft.post_id) == (4, "新任务", NORTH_POST)
    assert last_event(store).detail == {"source": "", "added": 1, "changed": 2, "removed": 1}


def test_a_target_that_cannot_be_read_in_the_form_is_asked_and_what_stands_is_left(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    (line,) = found_in(
        store, revision_id, written(form_of(store, revision_id), {("targets", 0): "若干"})
    ).lines
    assert line.draft.targets == fair_task().targets
    assert [one.message.key for one in line.doubts] == ["plan_file.no_target"]


def test_targets_and_milestones_can_be_emptied_in_the_form(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(milestones=STEPS))
    values = {("targets", 0): None, ("milestones", 0): None}
    (line,) = found_in(store, revision_id, written(form_of(store, revision_id), values)).lines
    assert (line.draft.targets, line.draft.milestones) == ((), ())


def test_what_both_sides_changed_since_the_download_is_asked(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(), typed_task(2))
    form = form_of(store, revision_id)
    for task in sheet_of(store, revision_id).tasks:
        key = {"task_revision_id": task.task_revision_id, "row_version": 1}
        task_actions.save_task(store, by=people().officer, **key, draft=replace(task.draft, remark="后改"))
    form = written(form, {("goal", 0): "线下改"})
    touched, untouched = found_in(store, revision_id, form).lines
    assert (untouched.change, untouched.doubts) == (PlanChange.UNCHANGED, ())
    (doubt,) = touched.doubts
    assert doubt.message.key == "plan_file.meanwhile"
    (line, _) = found_in(store, revision_id, form, **{doubt.spot.key: FILE}).lines
    assert line.ready
    bring_in(store, revision_id, entries=entries(Comparison([line], [])))
    assert [task.draft.goal for task in sheet_of(store, revision_id).tasks] == ["线下改", "全年十场"]


def test_a_row_of_the_form_that_is_copied_for_a_new_task_is_a_new_task(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    form = form_of(store, revision_id)
    sheet = load_workbook(BytesIO(form)).worksheets[0]
    names = [str(cell.value)[1:] for cell in sheet[3]]
    copied = {(name, 1): sheet.cell(5, at).value for at, name in enumerate(names, start=1) if name != "plan"}
    form = written(form, {**copied, ("title", 1): "海外仓建设"})
    assert [line.change for line in found_in(store, revision_id, form).lines] == [
        PlanChange.UNCHANGED,
        PlanChange.NEW,
    ]


def test_keys_that_were_mixed_up_are_said_and_the_title_decides(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(), typed_task(2))
    form = written(form_of(store, revision_id), {("task", 0): "77", ("goal", 0): "十一场"})
    line, _ = found_in(store, revision_id, form).lines
    assert line.standing is not None
    assert line.standing.number == 1
    assert [one.message.key for one in line.doubts] == ["plan_file.mixed"]


def test_an_amendment_begins_from_the_form_of_the_plan_in_force(store: Store):
    filed_plan(store, fair_task(), typed_task(2))
    plan_id = sheet_of(store, 1).plan.id
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=plan_id, reason="调整")
    form = form_of(store, revision_id)
    found = found_in(store, revision_id, written(form, {("due_on", 0): "11月底", ("targets", 0): None}))
    bring_in(store, revision_id, entries=entries(found))
    first, _ = sheet_of(store, revision_id).tasks
    assert (first.draft.due_on, first.row_version) == (date(YEAR, 11, 30), 2)
    moved = written(form, {("measure", 0): "2 举措2"})
    (doubt,) = (one for one in found_in(store, revision_id, moved).lines[0].doubts if one.field == "measure")
    assert doubt.message.key == "plan.measure_is_fixed"


def test_the_action_of_a_task_is_chosen_changed_and_emptied_in_the_form_of_an_amendment_too(store: Store):
    filed_plan(store, fair_task(measure_action_id=1), typed_task(2), typed_task(3))
    plan_id = sheet_of(store, 1).plan.id
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=plan_id, reason="调整")
    form = form_of(store, revision_id)
    assert not found_in(store, revision_id, form).of(PlanChange.CHANGED)
    action = "measure_action_id"
    values = {(action, 0): None, (action, 1): "2.1 行动", (action, 2): "1.1"}
    first, second, third = found_in(store, revision_id, written(form, values)).lines
    assert (first.draft.measure_action_id, second.draft.measure_action_id) == (None, 2)
    assert [one.message.key for one in third.doubts] == ["validation.action_of_other_measure"]
    bring_in(store, revision_id, entries=entries(Comparison([first, second], [])))
    assert [task.draft.measure_action_id for task in sheet_of(store, revision_id).tasks] == [None, 2, None]


def test_a_form_that_was_fetched_before_it_had_a_column_of_actions_leaves_them(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(measure_action_id=1))
    book = load_workbook(BytesIO(form_of(store, revision_id)))
    sheet = book.worksheets[0]
    sheet.delete_cols([cell.value for cell in sheet[3]].index("#measure_action_id") + 1)
    (line,) = found_in(store, revision_id, saved(book)).lines
    assert line.change is PlanChange.UNCHANGED


def test_the_actions_of_an_offices_own_plan_are_matched_and_what_is_not_certain_is_asked(store: Store):
    revision_id = draft_plan(store, people().officer)
    rows = [[1, 1, said, f"任务{at}", "6月"] for at, said in enumerate(("行动", "各项行动", "其他", None))]
    own = workbook({"计划": [["序号", "举措", "具体行动", "任务", "完成时限"], *rows]})
    lines = found_in(store, revision_id, own).lines
    assert [line.draft.measure_action_id for line in lines] == [1, 1, None, None]
    doubts = [[one.message.key for one in line.doubts if one.field == "measure_action_id"] for line in lines]
    assert doubts == [[], ["plan_file.by_words"], ["plan_file.which_action"], []]


def test_one_fault_keeps_everything_out_and_every_fault_is_named(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    (task,) = sheet_of(store, revision_id).tasks
    wrong = [
        PlanEntry(typed_task(2)),
        PlanEntry(typed_task(3, title="")),
        PlanEntry(typed_task(3, post_id=2)),
        PlanEntry(task.draft, task.task_revision_id, 9),
    ]
    refused = refusal_of(bring_in, store, revision_id, entries=wrong, removed=[task.task_revision_id])
    assert not isinstance(refused, Conflict)
    assert [message.values["title"] for message in refused.messages] == ["", "任务3", "组织参展"]
    assert refused.fields[0] == "entries.1.title"
    assert [one.number for one in sheet_of(store, revision_id).tasks] == [1]
    with pytest.raises(Conflict):
        bring_in(store, revision_id, entries=wrong[3:])


def test_a_task_of_another_revision_is_not_there(store: Store):
    filed_plan(store)
    revision_id = plans.revise_plan(store, by=people().officer, plan_id=1, reason="调整")
    (filed,) = sheet_of(store, 1).tasks
    with pytest.raises(NotFound):
        bring_in(store, revision_id, entries=(), removed=[filed.task_revision_id])
    assert refusal_of(bring_in, store, revision_id, entries=()).messages[0].key == "plan_file.nothing"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (workbook({"计划": [["甲", "乙"], [1, 2]]}), "plan_file.no_plan"),
        (workbook({"计划": [["甲"]] * 5001}), "plan_file.too_many_rows"),
        (b"%PDF", "upload.no_workbook"),
    ],
)
def test_a_file_without_a_plan_is_refused(store: Store, content: bytes, why: str):
    assert refusal_of(given, store, content).messages[0].key == why


def test_the_form_of_another_plan_is_refused_and_so_are_two(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    form = form_of(store, revision_id)
    other = plans.start_plan(store, by=cast.officer, notice_id=1, authority_id=1, year=YEAR + 1)
    assert refusal_of(found_in, store, other, form).messages[0].key == "plan_file.other_plan"
    file = given(store, form)
    twice = replace(file, sheets=[file.sheets[0], file.sheets[0]])
    sheet = sheet_of(store, revision_id)
    refused = refusal_of(compared, twice, sheet, known_for(store, cast.officer, sheet, clock.today()), (), {})
    assert refused.messages[0].key == "plan_file.two_forms"


def test_the_draft_of_ones_own_authority_is_the_newest_or_that_of_the_year(store: Store):
    cast = people()
    assert refusal_of(files.draft_of, store, cast.officer).messages[0].key == "plan_file.no_draft"
    this_year = draft_plan(store, cast.officer)
    next_year = plans.start_plan(store, by=cast.officer, notice_id=1, authority_id=1, year=YEAR + 1)
    assert files.draft_of(store, cast.officer).revision.id == next_year
    assert files.draft_of(store, cast.officer, year=YEAR).revision.id == this_year
    assert isinstance(refusal_of(files.draft_of, store, cast.southerner), NotFound)


def test_whoever_may_not_write_plans_neither_reads_nor_fetches(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    with pytest.raises(Refusal):
        files.read_plan_file(store, by=people().leader, name="计划.xlsx", content=OWN)
    with pytest.raises(Refusal):
        file_actions.export_plan_form(store, by=people().southerner, revision_id=revision_id)


def with_posts(*posts: str) -> bytes:
    lines = [
        [at, 1, f"任务{at}", "有成效", "外贸处", post, "11月底"] for at, post in enumerate(posts, start=1)
    ]
    return workbook({"计划": [HEADERS, *lines]})


def test_posts_that_there_are_not_are_made_with_their_tasks_once_they_are_taken(store: Store):
    revision_id = draft_plan(store, people().officer)
    content = with_posts(
        "推广科科长 赵某", "推广科科长", "officer 副处长", "信息科科长 officer", "审计处处长"
    )
    answers = {one.spot.key: one.offer for one in found_in(store, revision_id, content).doubts if one.offer}
    found = found_in(store, revision_id, content, **answers)
    assert [one.words for one in found.proposed] == ["推广科科长 赵某", "审计处处长"]
    taken = [one for one in found.proposed if one.title != "审计处处长"]
    wanted = [line for line in found.lines if line.draft.post_id != -2]
    bring_in(
        store, revision_id, entries=[file_actions.entry_of(line) for line in wanted], posts=found.proposed
    )
    made = only(store, Post, title="推广科科长")
    assert rows(store, Post, title="审计处处长") == []
    assert [task.draft.post_id for task in sheet_of(store, revision_id).tasks][:2] == [made.id, made.id]
    held = only(store, Appointment, post_id=made.id)
    assert (row(store, Officer, held.officer_id).name, held.starts_on) == ("赵某", clock.today())
    again = [PlanEntry(replace(typed_task(1), post_id=-1))]
    bring_in(store, revision_id, entries=again, posts=taken)
    assert only(store, Post, title="推广科科长").id == made.id


def test_a_new_post_is_held_by_the_officer_of_that_name_or_stays_vacant(store: Store):
    revision_id = draft_plan(store, people().officer)
    posts = [KnownPost(-1, "推广科科长", people().officer.name), KnownPost(-2, "信息科科长")]
    entries = [PlanEntry(replace(typed_task(at), post_id=-at)) for at in (1, 2)]
    known = len(rows(store, Officer))
    bring_in(store, revision_id, entries=entries, posts=posts)
    assert len(rows(store, Officer)) == known
    assert only(store, Appointment, post_id=only(store, Post, title="推广科科长").id).officer_id == 1
    assert rows(store, Appointment, post_id=only(store, Post, title="信息科科长").id) == []


def test_a_sheet_that_is_hidden_is_said_and_not_read(store: Store):
    revision_id = draft_plan(store, people().officer)
    book = load_workbook(BytesIO(OWN))
    book.copy_worksheet(book.worksheets[0]).sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    found = found_in(store, revision_id, out.getvalue())
    assert len(found.lines) == 2
    assert [(one.spot.place, one.message.key) for one in found.unread] == [
        ("计划 Copy", "plan_file.concealed")
    ]
