"""What is answered about an uploaded ledger is kept with it, judged anew, and never reaches beyond what was asked."""

from dataclasses import replace
from datetime import date

import pytest

from db.plans import actions as plans
from db.store import Store
from db.tables import AuditEvent, ProgressUpdate
from db.uploads import committing, legacy_ledgers
from db.uploads.layouts import known_names, proposed_layouts
from db.uploads.queries import count_questions, questions_of, upload_of
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    TOWN,
    YEAR,
    at,
    draft_plan,
    fair_task,
    filed_plan,
    hand_in,
    people,
    small_country,
    typed_task,
)
from tests.support.legacy_ledgers import grid
from tests.support.trail import everything, refusal_of, rows
from tests.unit.db.uploads.test_legacy_uploads import given, preview, proposed

CAST = people()
HEADERS = ["序号", "任务", "进展", "完成率"]
LINES = ([2, None, "过半", "约六成"], [None, "别的说法", "某事", "50%"])


@pytest.fixture(autouse=True)
def tasks(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield filed_plan(store, fair_task(), typed_task(2), typed_task(3))


@pytest.fixture
def upload_id(store: Store) -> int:
    found = given(store, grid(HEADERS, *LINES))
    preview(store, found, proposed(store, found).layouts)
    return found


def answer(store: Store, upload_id: int, by=CAST.officer, **said) -> None:
    legacy_ledgers.answer_ledger(
        store, by=by, upload_id=upload_id, cells=said.get("cells", {}), rows=said.get("rows", {})
    )


def task_ids(store: Store, upload_id: int) -> dict[str, int]:
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    found = legacy_ledgers.tasks_of(store, CAST.officer, upload.period_id)
    return {task.title: task.task_id for task in found}


def test_answers_are_kept_with_the_upload_and_taken_back_one_by_one(store: Store, upload_id: int):
    by = CAST.officer
    assert [(one.cell, one.asks) for one in questions_of(store, by, upload_id=upload_id)] == [
        ("D2", "cell"),
        ("B3", "row"),
        ("A2", "row"),
    ]
    assert count_questions(store, by, upload_id=upload_id) == {"a": 1, "c": 1, "d": 1}
    task_id = task_ids(store, upload_id)["任务3"]
    answer(store, upload_id, cells={"Sheet!D2": "60%"}, rows={"Sheet!B3": task_id})
    assert count_questions(store, by, upload_id=upload_id) == {"d": 3}
    upload = upload_of(store, by, upload_id=upload_id)
    assert upload.counts["added"] == 2
    assert upload.answers == {"cells": {"Sheet!D2": "60%"}, "rows": {"Sheet!B3": task_id}}
    answer(store, upload_id, cells={"Sheet!D2": None})
    assert count_questions(store, by, upload_id=upload_id) == {"c": 1, "d": 2}
    answer(store, upload_id, cells={"Sheet!D2": ""})
    preview(store, upload_id, proposed(store, upload_id).layouts)
    assert count_questions(store, by, upload_id=upload_id) == {"d": 3}
    assert committing.commit_upload(store, by=by, upload_id=upload_id) == 2
    assert refusal_of(answer, store, upload_id, cells={"Sheet!D2": "1%"}).messages[0].key == (
        "upload.committed_already"
    )
    assert [event.action for event in rows(store, AuditEvent)].count("answer_ledger") == 3


def test_a_title_matched_by_hand_is_known_to_the_next_upload(store: Store, upload_id: int):
    assert known_names(store, CAST.officer) == {}
    task_id = task_ids(store, upload_id)["任务3"]
    answer(store, upload_id, rows={"Sheet!B3": task_id})
    assert known_names(store, CAST.officer) == {"别的说法": [task_id]}
    again = given(store, grid(HEADERS, [None, "1. 别的说法", "新的", "70%"]))
    preview(store, again, proposed(store, again).layouts)
    assert upload_of(store, CAST.officer, upload_id=again).counts["added"] == 1
    answer(store, again, rows={"Sheet!B2": 0})
    assert known_names(store, CAST.officer) == {"别的说法": [0]}
    assert upload_of(store, CAST.officer, upload_id=again).counts["unchanged"] == 1


def test_a_match_that_is_not_exact_is_corrected_and_known_to_the_next_upload(store: Store):
    lines = ([None, "组织参展等", "某事", "50%"], [None, "另组织参展", "别的事", "60%"])
    upload_id = given(store, grid(HEADERS, *lines))
    preview(store, upload_id, proposed(store, upload_id).layouts)
    assert count_questions(store, CAST.officer, upload_id=upload_id) == {"d": 2}
    assert upload_of(store, CAST.officer, upload_id=upload_id).counts["refused"] == 1
    known = task_ids(store, upload_id)
    answer(store, upload_id, rows={"Sheet!B2": known["任务2"], "Sheet!B3": 0})
    assert known_names(store, CAST.officer) == {"组织参展等": [known["任务2"]], "另组织参展": [0]}
    again = given(store, grid(HEADERS, *lines))
    preview(store, again, proposed(store, again).layouts)
    assert committing.commit_upload(store, by=CAST.officer, upload_id=again) == 1
    assert {one.task_id: one.progress for one in rows(store, ProgressUpdate)} == {known["任务2"]: "某事"}


def test_nothing_else_can_be_answered(store: Store, upload_id: int):
    before = everything(store)
    assert refusal_of(answer, store, upload_id).messages[0].key == "legacy.no_answers"
    assert refusal_of(answer, store, upload_id, cells={"Sheet!C2": "1"}).messages[0].key == "store.not_found"
    assert refusal_of(answer, store, upload_id, rows={"X!B9": 1}).messages[0].key == "store.not_found"
    long = refusal_of(answer, store, upload_id, cells={"Sheet!D2": "6" * 40_000})
    assert long.messages[0].key == "legacy.answer_too_long"
    other = refusal_of(answer, store, upload_id, by=CAST.southerner, cells={"Sheet!D2": "1"})
    assert other.messages[0].key == "store.not_found"
    assert everything(store) == before


def test_a_ledger_carries_the_rows_of_the_authorities_beneath(store: Store):
    revision_id = draft_plan(store, replace(CAST.officer, authority_id=TOWN), fair_task(title="组织参展"))
    hand_in(store, CAST, revision_id)
    plans.file_plan(store, by=CAST.member, revision_id=revision_id)
    content = grid(
        ["地区", "任务", "进展"],
        ["北省", "组织参展", "省里办了"],
        ["一市", "组织参展", "市里办了"],
        ["二市", "组织参展", "没有的市"],
    )
    upload_id = given(store, content)
    upload = upload_of(store, CAST.officer, upload_id=upload_id)
    tasks = legacy_ledgers.tasks_of(store, CAST.officer, upload.period_id)
    assert [task.authority_id for task in tasks] == [NORTH, NORTH, NORTH, TOWN]
    layouts = proposed_layouts(store, CAST.officer, upload.heads, tasks, FIRST_QUARTER).layouts
    preview(store, upload_id, layouts)
    assert committing.commit_upload(store, by=CAST.officer, upload_id=upload_id) == 2
    drafts = {draft.task_id: draft.progress for draft in rows(store, ProgressUpdate)}
    assert drafts == {tasks[0].task_id: "省里办了", tasks[3].task_id: "市里办了"}
    (asked,) = questions_of(store, CAST.officer, upload_id=upload_id)
    assert (asked.cell, asked.asks) == ("B4", "row")
