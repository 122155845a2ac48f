"""Drafts on the real store: begun from the last values, unchanged in one step, refused for all faults at once."""

from datetime import date
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.store import NotFound, Store
from db.updates import actions as updates
from db.updates.queries import report_item, report_items
from db.updates.queues import sign_off_frame
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    typed_task,
)
from tracking.messages import Refusal
from tracking.permissions import Scope
from tracking.validation import UpdateDraft

APRIL = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(2026, 3, 20)):
        small_country(store)
        yield


def save(store: Store, task_id: int, draft: UpdateDraft, period_id: int = FIRST_QUARTER, **more) -> int:
    return updates.save_progress_update(
        store,
        by=people().officer,
        task_id=task_id,
        period_id=period_id,
        draft=draft,
        **{"row_version": 0, **more},
    )


def no_changes(store: Store, *task_ids: int, period_id: int = FIRST_QUARTER) -> None:
    updates.report_no_changes(store, by=people().officer, task_ids=task_ids, period_id=period_id)


def test_a_draft_may_be_handed_over_as_it_is_saved(store: Store):
    (task_id,) = filed_plan(store)
    save(store, task_id, fairs_held(3), hand_over=True)
    (row,) = sign_off_frame(store, NATION, notice_id=1).to_dict("records")
    assert (row["task_id"], row["post_title"], row["officer_name"]) == (task_id, "处长", "officer")


def test_a_draft_that_was_not_handed_over_cannot_be_sent_back(store: Store):
    (task_id,) = filed_plan(store)
    update_id = save(store, task_id, fairs_held(3))
    with pytest.raises(Refusal, match="不能退给填报人"):
        updates.send_back_progress_update(store, by=people().signatory, update_id=update_id, reason="再核")


def test_an_incomplete_draft_is_kept_but_not_handed_over(store: Store):
    (task_id,) = filed_plan(store)
    with pytest.raises(Refusal) as refused:
        save(store, task_id, UpdateDraft(), hand_over=True)
    assert set(refused.value.fields) == {"progress", f"actuals.{FAIRS}"}
    save(store, task_id, UpdateDraft())


def test_a_form_begins_with_the_last_values_and_not_with_the_last_exceptions(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3, explanation="核减", next_steps="继续"))
    item = report_item(store, NATION, task_id=task_id, period_id=SECOND_QUARTER)
    assert (item.draft.actuals, item.draft.next_steps) == ({FAIRS: Decimal(3)}, "继续")
    assert (item.draft.explanation, item.update, item.row_version) == ("", None, 0)
    assert item.last.explanation == "核减"


def test_several_tasks_are_reported_unchanged_in_one_step(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    no_changes(store, first, second)
    assert sorted(sign_off_frame(store, NATION, notice_id=1)["task_id"]) == [first, second]


def test_one_task_that_needs_more_holds_them_all_and_is_named(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    save(store, second, UpdateDraft(typed_permille=100))
    with pytest.raises(Refusal) as refused:
        no_changes(store, first, second)
    assert refused.value.fields == (f"tasks.{second}",)
    assert sign_off_frame(store, NATION, notice_id=1).empty


def test_a_task_is_unchanged_at_most_twice_without_a_reason(store: Store):
    (task_id,) = filed_plan(store)
    with pytest.raises(Refusal):
        updates.report_no_change(
            store, by=people().southerner, task_id=task_id, period_id=FIRST_QUARTER, row_version=0
        )
    updates.report_no_change(store, by=people().officer, task_id=task_id, period_id=FIRST_QUARTER)


def test_all_that_is_missing_in_any_draft_is_said_at_once(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    drafts = [save(store, task_id, UpdateDraft()) for task_id in (first, second)]
    with pytest.raises(Refusal) as refused:
        updates.request_update_sign_off(store, by=people().officer, update_ids=drafts)
    assert {field.rpartition(".")[0] for field in refused.value.fields} == {
        f"tasks.{first}",
        f"tasks.{second}",
        f"tasks.{first}.actuals",
    }
    assert sign_off_frame(store, NATION, notice_id=1).empty


def test_what_is_not_in_reach_is_not_there(store: Store):
    (task_id,) = filed_plan(store)
    nobody = Scope(frozenset())
    with pytest.raises(NotFound):
        report_item(store, nobody, task_id=task_id, period_id=FIRST_QUARTER)
    with pytest.raises(NotFound):
        report_item(store, NATION, task_id=task_id, period_id=99)
    with pytest.raises(NotFound):
        report_items(store, nobody, authority_id=NORTH, period_id=FIRST_QUARTER)
    assert len(report_items(store, NATION, authority_id=NORTH, period_id=FIRST_QUARTER)) == 1
    for asked in ({"task_id": 99, "period_id": FIRST_QUARTER}, {"task_id": task_id, "period_id": 99}):
        with pytest.raises(NotFound):
            updates.report_no_change(store, by=people().officer, **asked)
