"""What an authority has still to report, and the counts beside the pages."""

from datetime import date

import pytest

from db.authorities.delegation import writing_scope
from db.home.waiting import to_report_frame, waiting_counts
from db.identity import SignedIn
from db.store import Store
from db.updates import actions as updates, reviews
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    YEAR,
    accepted,
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
from tracking.permissions import Scope
from tracking.vocabulary import Role, UpdateStatus

EVERYTHING = Scope(None)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _left(store: Store, scope: Scope = EVERYTHING):
    return to_report_frame(store, scope)


def test_a_task_is_listed_until_its_update_is_handed_on(store: Store):
    first, _second = filed_plan(store, fair_task(), typed_task(2))
    assert _left(store)["number"].tolist() == [1, 2]
    draft = {"task_id": first, "period_id": FIRST_QUARTER, "row_version": 0, "draft": fairs_held(2)}
    update_id = updates.save_progress_update(store, by=people().officer, **draft)
    assert _left(store)["update_status"].dropna().tolist() == [UpdateStatus.DRAFT]
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    assert _left(store)["number"].tolist() == [2]


def test_what_is_listed_is_what_is_counted(store: Store):
    filed_plan(store, fair_task(), typed_task(2))
    rows = _left(store, writing_scope(people().officer))
    assert waiting_counts(store, by=people().officer) == {"report": len(rows), "extensions": 0}
    assert set(zip(rows["authority_id"], rows["period_id"], strict=True)) == {(NORTH, FIRST_QUARTER)}


def test_a_returned_update_waits_again_with_its_reason(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(2))
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请补充")
    (row,) = _left(store).itertuples()
    assert (row.update_status, row.reason) == (UpdateStatus.RETURNED, "请补充")


def test_what_the_signatory_sent_back_waits_as_such_with_the_reason(store: Store):
    first, _second = filed_plan(store, fair_task(), typed_task(2))
    draft = {"task_id": first, "period_id": FIRST_QUARTER, "row_version": 0, "draft": fairs_held(2)}
    update_id = updates.save_progress_update(store, by=people().officer, **draft)
    assert _left(store)["sent_back"].tolist() == [False, False]
    updates.request_update_sign_off(store, by=people().officer, update_ids=[update_id])
    updates.send_back_progress_update(store, by=people().signatory, update_id=update_id, reason="请核对")
    rows = _left(store)
    assert rows["sent_back"].tolist() == [True, False]
    assert rows["reason"].iloc[0] == "请核对"


def test_the_tasks_of_others_are_not_listed(store: Store):
    filed_plan(store)
    assert _left(store, Scope(frozenset({SOUTH}))).empty


def test_each_role_counts_what_it_has_to_do(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    assert waiting_counts(store, by=cast.officer) == {"report": 1, "extensions": 0}
    update_id = updates.save_progress_update(
        store,
        by=cast.officer,
        task_id=task_id,
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(2),
    )
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    assert waiting_counts(store, by=cast.officer) == {"report": 0, "extensions": 0}
    assert waiting_counts(store, by=cast.signatory) == {"sign_off": 1, "extensions": 0}
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=cast.officer, update_id=update_id)
    assert waiting_counts(store, by=cast.member) == {"review": 1, "extensions": 0}
    assert waiting_counts(store, by=cast.leader) == {}


def test_plans_wait_as_updates_do(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    assert waiting_counts(store, by=cast.member) == {"review": 1, "extensions": 0}


def test_what_is_accepted_waits_for_nobody(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(2))
    assert waiting_counts(store, by=people().member) == {"review": 0, "extensions": 0}
    assert _left(store).empty


def test_whoever_stands_at_no_authority_has_nothing_to_report(store: Store):
    filed_plan(store)
    stray = SignedIn(9, "某人", None, frozenset({Role.REPORTING_OFFICER}), "stray")
    assert waiting_counts(store, by=stray) == {"report": 0, "extensions": 0}
