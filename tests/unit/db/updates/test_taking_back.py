"""Taking back what left its writer by mistake, while nobody has opened it; and who counts as having opened it."""

from datetime import date

import pytest

from db import clock
from db.authorities.scope import NATION
from db.figures import summaries
from db.figures.queries import cells_frame
from db.plans import actions as plans
from db.plans.taking_back import open_plan, take_back_plan
from db.site.actions import change_setting
from db.store import Store
from db.tables import PlanRevision, ProgressUpdate, ReportingPeriod, Task
from db.updates import actions as updates
from db.updates.taking_back import open_update, take_back_update
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    reported,
    small_country,
    typed_task,
)
from tests.support.trail import last_event, refusal_of, row
from tracking.validation import UpdateDraft
from tracking.vocabulary import PlanStatus, TaskStatus, UpdateStatus


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _handed_over(store: Store, task_id: int) -> int:
    return updates.save_progress_update(
        store,
        by=people().officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(3),
        hand_over=True,
    )


def test_what_was_handed_over_comes_back_until_the_signatory_has_opened_it(store: Store):
    (task_id,) = filed_plan(store)
    update_id = _handed_over(store, task_id)
    take_back_update(store, by=people().officer, update_id=update_id)
    update = row(store, ProgressUpdate, update_id)
    assert (update.status, update.sign_off_requested_at) == (UpdateStatus.DRAFT, None)
    assert last_event(store).action == "take_back_update"
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    open_update(store, by=people().signatory, update_id=update_id)
    assert last_event(store).action == "open_update"
    refused = refusal_of(take_back_update, store, by=people().officer, update_id=update_id)
    assert refused.messages[0].key == "workflow.opened_already"


def test_what_was_submitted_comes_back_unsigned_and_is_no_report_any_more(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(3))
    take_back_update(store, by=people().officer, update_id=update_id)
    update = row(store, ProgressUpdate, update_id)
    left = (update.submitted_at, update.signed_off_at, update.signed_off_by_id, update.sign_off_requested_at)
    assert (update.status, left) == (UpdateStatus.DRAFT, (None, None, None, None))
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert cell["reported"] == 0
    with store.read() as session:
        assert summaries.differences(session, known_at=clock.now()).empty


def test_a_member_who_has_opened_it_keeps_it_whatever_the_signatory_had_opened_before(store: Store):
    (task_id,) = filed_plan(store)
    update_id = _handed_over(store, task_id)
    open_update(store, by=people().signatory, update_id=update_id)
    updates.sign_off_progress_updates(store, by=people().signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=people().officer, update_id=update_id)
    assert row(store, ProgressUpdate, update_id).opened_at is None
    with at(date(YEAR, 3, 21)):
        open_update(store, by=people().member, update_id=update_id)
        first = row(store, ProgressUpdate, update_id).opened_at
    with at(date(YEAR, 3, 22)):
        open_update(store, by=people().member, update_id=update_id)
        refused = refusal_of(take_back_update, store, by=people().officer, update_id=update_id)
    assert refused.messages[0].key == "workflow.opened_already"
    assert row(store, ProgressUpdate, update_id).opened_at == first


def test_nobody_else_opens_or_takes_back(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(3))
    for action, by in ((open_update, people().signatory), (take_back_update, people().southerner)):
        assert refusal_of(action, store, by=by, update_id=update_id).messages[0].key.startswith("permission.")
    take_back_update(store, by=people().officer, update_id=update_id)
    for action, by in ((open_update, people().member), (take_back_update, people().officer)):
        assert refusal_of(action, store, by=by, update_id=update_id).messages[0].key == "workflow.not_allowed"


def test_after_its_period_has_closed_a_report_stays_where_it_is(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(3))
    closes_on = row(store, ReportingPeriod, FIRST_QUARTER).closes_on
    with at(date(closes_on.year, closes_on.month, closes_on.day + 1)):
        refused = refusal_of(take_back_update, store, by=people().officer, update_id=update_id)
    assert refused.messages[0].key == "period.too_late"


def test_a_request_for_completion_that_is_taken_back_was_never_made(store: Store):
    (task_id,) = filed_plan(store, typed_task(2))
    done = UpdateDraft(typed_permille=500, progress="完成", completion_requested=True, explanation="提前")
    change_setting(store, by=people().administrator, key="evidence_rule", value="never")
    update_id = reported(store, task_id, done)
    assert row(store, Task, task_id).status is TaskStatus.COMPLETION_REQUESTED
    take_back_update(store, by=people().officer, update_id=update_id)
    assert row(store, Task, task_id).status is TaskStatus.NOT_STARTED


def test_a_plan_comes_back_from_the_signatory_and_from_the_working_group(store: Store):
    officer = people().officer
    revision_id = draft_plan(store, officer, fair_task())
    plans.request_plan_sign_off(store, by=officer, revision_id=revision_id)
    take_back_plan(store, by=officer, revision_id=revision_id)
    assert row(store, PlanRevision, revision_id).status is PlanStatus.DRAFT
    hand_in(store, people(), revision_id)
    take_back_plan(store, by=officer, revision_id=revision_id)
    revision = row(store, PlanRevision, revision_id)
    assert (revision.status, revision.submitted_at, revision.signed_off_at) == (PlanStatus.DRAFT, None, None)
    assert last_event(store).action == "take_back_plan"


def test_a_plan_that_was_opened_stays(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task())
    hand_in(store, people(), revision_id)
    open_plan(store, by=people().member, revision_id=revision_id)
    refused = refusal_of(take_back_plan, store, by=people().officer, revision_id=revision_id)
    assert refused.messages[0].key == "workflow.opened_already"
