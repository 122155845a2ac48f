"""Entries of the catalogue: added, worded, put in order, retired and brought back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.plans import actions as plans, task_actions
from db.reference import actions as reference, parts
from db.reference.queries import (
    actions_frame,
    key_areas_frame,
    measures_frame,
    notice_facts_frame,
    safeguards_frame,
)
from db.store import Store
from db.tables import Measure, MeasureAction, Notice, NoticeFact, Task, TaskRevision
from tests.support.factories import (
    YEAR,
    amended,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    hand_in,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import last_event, refusal_of, row
from tracking.validation import TargetDraft
from tracking.vocabulary import CataloguePart, NoticeFactKey, TaskStatus, TitleSource

TODAY = date(YEAR, 3, 20)
NEXT_YEAR = date(YEAR + 1, 1, 1)
MEASURE, ACTION = CataloguePart.MEASURE, CataloguePart.ACTION
CAST = people()
BY = CAST.administrator


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _retire(store, part=MEASURE, part_id=3, retired_on=TODAY, reason="不再开展"):
    parts.retire_part(store, by=BY, part=part, part_id=part_id, retired_on=retired_on, reason=reason)


def _add(store, part, within_id, title="新条目", **more):
    asked = {"title": title, "cited": "第一条", "starts_on": None, **more}
    return reference.add_entry(store, by=BY, part=part, within_id=within_id, **asked)


def test_what_is_added_stands_last_unchecked_and_with_its_source(store):
    _add(store, CataloguePart.AREA, 1)
    key = _add(store, ACTION, 2, starts_on=TODAY)
    assert list(key_areas_frame(store, notice_id=1)["number"]) == [1, 2, 3]
    action = row(store, MeasureAction, key)
    assert (action.number, action.cited, action.starts_on) == (2, "第一条", TODAY)
    assert {action.title_source, action.measure_source} == {TitleSource.TO_BE_CHECKED}
    asked = {"title": "第四项举措", "short_title": "第四项", "cited": "", "starts_on": None}
    key = reference.add_measure(store, by=BY, key_area_id=2, **asked)
    assert (row(store, Measure, key).number, row(store, Measure, key).notice_id) == (4, 1)
    assert last_event(store).action == "add_entry"


def test_safeguards_are_added_under_a_key_of_their_own(store):
    for title in ("建立机制", "加强宣传"):
        _add(store, CataloguePart.SAFEGUARD, 1, title)
    frame = safeguards_frame(store, notice_id=1)
    assert list(zip(frame["number"], frame["key"], strict=True)) == [(1, "added_1"), (2, "added_2")]


@pytest.mark.parametrize(
    ("asked", "field"), [({"title": "长" * 101}, "title"), ({"starts_on": date(1900, 1, 1)}, "starts_on")]
)
def test_what_cannot_be_added_is_told_at_its_field(store, asked, field):
    assert refusal_of(_add, store, ACTION, 1, **asked).fields == (field,)


def test_no_two_entries_of_one_parent_are_called_the_same_while_both_are_in_use(store):
    refused = refusal_of(_add, store, ACTION, 1, " 行动 ")
    assert (refused.messages[0].key, refused.fields) == ("reference.title_taken", ("title",))
    key = _add(store, ACTION, 1)
    asked = {"part": ACTION, "part_id": key, "cited": ""}
    assert refusal_of(reference.edit_entry, store, by=BY, title="行动", **asked).fields == ("title",)
    reference.edit_entry(store, by=BY, title="新条目", **asked)
    titles = {"title": "举措1", "short_title": "举措", "key_area_id": 1, "cited": ""}
    assert refusal_of(reference.edit_measure, store, by=BY, measure_id=2, **titles).fields == ("title",)
    named = {"name": "展会", "unit": "场", "additive": True, "headline": False}
    assert refusal_of(reference.add_indicator, store, by=BY, measure_id=1, **named).fields == ("name",)
    _retire(store, ACTION, 1)
    _add(store, ACTION, 1, "行动")
    refused = refusal_of(parts.restore_part, store, by=BY, part=ACTION, part_id=1)
    assert refused.messages[0].key == "reference.title_taken"


def test_nothing_is_planned_under_a_notice_without_measures(store):
    with store.write(None) as tx:
        notice = tx.add(Notice(number="另〔2026〕1号", title="另一通知", issued_by="部门"))
        tx.audit("plant", notice)
        notice_id = notice.id
    asked = {"notice_id": notice_id, "authority_id": CAST.officer.authority_id, "year": YEAR}
    refused = refusal_of(plans.start_plan, store, by=CAST.officer, **asked)
    assert (refused.messages[0].key, refused.messages[0].values["number"]) == (
        "reference.notice_without_measures",
        "另〔2026〕1号",
    )


def test_an_action_is_worded_and_marked_for_its_title_and_its_place(store):
    fields = ["title", "measure_id"]
    parts.confirm_part(store, by=BY, part=ACTION, part_id=1, fields=fields, checked_on=TODAY)
    reference.edit_entry(store, by=BY, part=ACTION, part_id=1, title="新行动", cited="第三条")
    action = row(store, MeasureAction, 1)
    assert (action.title_source, action.measure_source) == (TitleSource.TO_BE_CHECKED, TitleSource.CONFIRMED)
    assert (action.title, action.cited, action.checked_on) == ("新行动", "第三条", TODAY)


def test_an_entry_moves_and_the_others_make_room(store):
    parts.move_part(store, by=BY, part=MEASURE, part_id=3, number=1)
    assert list(measures_frame(store, notice_id=1)["measure_id"]) == [3, 1, 2]
    parts.move_part(store, by=BY, part=MEASURE, part_id=3, number=2)
    assert list(measures_frame(store, notice_id=1)["measure_id"]) == [1, 3, 2]
    refused = refusal_of(parts.move_part, store, by=BY, part=MEASURE, part_id=3, number=9)
    assert (refused.messages[0].key, refused.fields) == ("reference.no_such_place", ("number",))


def test_an_action_moves_among_those_of_its_measure_alone(store):
    key = _add(store, ACTION, 2)
    parts.move_part(store, by=BY, part=ACTION, part_id=key, number=1)
    frame = actions_frame(store, notice_id=1)
    assert list(frame["action_id"]) == [1, key, 2, 3]
    assert list(frame["number"]) == [1, 1, 2, 1]


def test_a_retired_measure_stays_in_the_years_it_was_in_force(store):
    _retire(store)
    years = {year: len(measures_frame(store, notice_id=1, year=year)) for year in range(YEAR - 1, YEAR + 2)}
    assert years == {YEAR - 1: 3, YEAR: 3, YEAR + 1: 2}
    parts.restore_part(store, by=BY, part=MEASURE, part_id=3)
    assert len(measures_frame(store, notice_id=1, year=YEAR + 1)) == 3


def test_a_measure_of_next_year_is_not_missed_in_this_one(store):
    asked = {"title": "第四项举措", "short_title": "第四项", "cited": "", "starts_on": NEXT_YEAR}
    reference.add_measure(store, by=BY, key_area_id=2, **asked)
    years = [len(measures_frame(store, notice_id=1, year=year)) for year in (YEAR, YEAR + 1)]
    assert years == [3, 4]


def test_a_measure_with_open_tasks_is_not_retired_before_they_are_over(store):
    filed_plan(store, typed_task(3, due_on=date(YEAR, 6, 30)))
    for day in (TODAY, date(YEAR, 6, 30)):
        refused = refusal_of(_retire, store, retired_on=day)
        assert (refused.messages[0].key, refused.fields) == ("reference.measure_in_use", ("retired_on",))
    _retire(store, retired_on=date(YEAR, 7, 1))


def test_a_measure_of_a_plan_on_its_way_is_not_retired(store):
    draft_plan(store, CAST.officer, typed_task(3))
    assert refusal_of(_retire, store).messages[0].values["drafts"] == 1
    _retire(store, part_id=2)


def test_a_measure_whose_tasks_are_completed_may_be_retired_and_its_figures_stay(store):
    filed_plan(store, fair_task())
    with store.write(None) as tx:
        task = tx.load(Task, 1)
        task.status = TaskStatus.COMPLETED
        tx.audit("plant", task)
    _retire(store, part_id=1)
    assert 1 in list(measures_frame(store, notice_id=1, year=YEAR)["measure_id"])


def test_a_key_area_is_retired_after_its_measures(store):
    refused = refusal_of(_retire, store, CataloguePart.AREA, 2)
    assert refused.messages[0].key == "reference.area_has_measures"
    _retire(store)
    _retire(store, CataloguePart.AREA, 2)
    assert len(key_areas_frame(store, notice_id=1, year=YEAR + 1)) == 1


@pytest.mark.parametrize(
    ("asked", "field"), [({"retired_on": date(YEAR, 3, 19)}, "retired_on"), ({"reason": " "}, "reason")]
)
def test_nothing_is_retired_in_the_past_or_without_a_reason(store, asked, field):
    assert refusal_of(_retire, store, **asked).fields == (field,)


def test_nothing_new_is_planned_under_what_is_retired(store):
    revision_id = draft_plan(store, CAST.officer, typed_task(1))
    for part, part_id in ((MEASURE, 3), (ACTION, 2), (CataloguePart.INDICATOR, 2)):
        _retire(store, part, part_id)
    target = TargetDraft(2, date(YEAR, 12, 31), Decimal(5))
    faults = {
        "measure_id": typed_task(3),
        "measure_action_id": typed_task(2, measure_action_id=2),
        "targets.0": typed_task(1, targets=(target,)),
    }
    for field, draft in faults.items():
        asked = {"by": CAST.officer, "revision_id": revision_id, "draft": draft}
        assert refusal_of(task_actions.add_task, store, **asked).fields == (field,)


def test_a_task_keeps_the_action_that_was_retired_after_it_and_takes_no_other(store):
    filed_plan(store, typed_task(2, measure_action_id=2))
    _retire(store, ACTION, 2)
    amended(store, 1, typed_task(2, measure_action_id=2, title="改名"))
    other = _add(store, ACTION, 2)
    _retire(store, ACTION, other)
    refused = refusal_of(amended, store, 1, typed_task(2, measure_action_id=other))
    assert refused.fields == ("measure_action_id",)


def test_a_plan_on_its_way_does_not_leave_with_what_was_retired_meanwhile(store):
    revision_id = draft_plan(store, CAST.officer, typed_task(2, measure_action_id=2), typed_task(1))
    _retire(store, ACTION, 2)
    refused = refusal_of(hand_in, store, CAST, revision_id)
    assert refused.fields == ("tasks.1.measure_action_id",)
    with store.read() as session:
        said = session.get_one(TaskRevision, 1)
        key, version = said.id, said.row_version
    draft = replace(typed_task(2), measure_action_id=None)
    asked = {"by": CAST.officer, "task_revision_id": key, "row_version": version, "draft": draft}
    task_actions.save_task(store, **asked)
    hand_in(store, CAST, revision_id)
    plans.file_plan(store, by=CAST.member, revision_id=revision_id)


def _edit_notice(store, **changed):
    said = {"number": "191", "title": "专项行动", "issued_by": "部", "issued_on": TODAY}
    reference.edit_notice(store, by=BY, notice_id=1, **{**said, **changed})


def test_facts_of_a_notice_are_cited_checked_and_lose_their_mark_with_their_words(store):
    fact = next(
        row.fact_id for row in notice_facts_frame(store, notice_id=1).itertuples() if row.key == "title"
    )
    reference.cite_fact(store, by=BY, fact_id=fact, cited="开头部分")
    for part_id in (fact, fact + 1):
        asked = {"part": CataloguePart.FACT, "part_id": part_id, "fields": ["key"], "checked_on": TODAY}
        parts.confirm_part(store, by=BY, **asked)
    _edit_notice(store, title="新标题")
    assert row(store, Notice, 1).title == "新标题"
    facts = {one.key: one for one in (row(store, NoticeFact, key) for key in (fact, fact + 1))}
    assert facts[NoticeFactKey.TITLE].source is TitleSource.TO_BE_CHECKED
    assert (facts[NoticeFactKey.TITLE].checked_on, facts[NoticeFactKey.TITLE].cited) == (None, "开头部分")
    assert facts[NoticeFactKey.ISSUED_BY].source is TitleSource.CONFIRMED


def test_two_notices_have_two_numbers(store):
    with store.write(None) as tx:
        tx.audit("plant", tx.add(Notice(number="192", title="另一通知", issued_by="部")))
    assert refusal_of(_edit_notice, store, number="192").fields == ("number",)
