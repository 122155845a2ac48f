"""What an authority is still writing stays inside it: nobody above sees a draft, but what was sent before."""

from datetime import date

import pytest

from db.authorities.scope import NATION, scope_of
from db.plans import actions as plans
from db.plans.queries import plan_sheet, plans_frame, revisions_frame
from db.store import NotFound, Store
from db.tables import Task
from db.updates import actions as updates, reviews
from db.updates.queries import report_item, report_item_of
from tests.support.factories import (
    FIRST_QUARTER,
    YEAR,
    at,
    draft_plan,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(2026, 3, 20)):
        small_country(store)
        yield


@pytest.fixture
def above(store: Store):
    return scope_of(store, people().member)


@pytest.fixture
def inside(store: Store):
    return scope_of(store, people().officer)


def listed(store: Store, scope) -> list[tuple[int, str]]:
    frame = plans_frame(store, scope, notice_id=1, year=YEAR)
    return list(zip(frame["number"], frame["status"], strict=True))


def test_a_plan_being_written_is_seen_inside_only(store: Store, above, inside):
    revision_id = draft_plan(store, people().officer, fair_task())
    assert (listed(store, inside), listed(store, above)) == ([(1, "draft")], [])
    assert plan_sheet(store, inside, revision_id=revision_id).is_newest
    with pytest.raises(NotFound):
        plan_sheet(store, above, revision_id=revision_id)


def test_while_it_is_amended_the_filed_plan_stands_for_those_above(store: Store, above, inside):
    (task_id,) = filed_plan(store)
    with store.read() as session:
        plan_id = session.get_one(Task, task_id).plan_id
    plans.revise_plan(store, by=people().officer, plan_id=plan_id, reason="调整")
    assert (listed(store, inside), listed(store, above)) == ([(2, "draft")], [(1, "filed")])
    first = int(plans_frame(store, above, notice_id=1)["revision_id"].iloc[0])
    assert plan_sheet(store, above, revision_id=first).is_newest
    assert not plan_sheet(store, inside, revision_id=first).is_newest
    assert revisions_frame(store, above, plan_id)["number"].tolist() == [1]
    assert revisions_frame(store, inside, plan_id)["number"].tolist() == [2, 1]


def test_an_update_being_written_is_seen_inside_only(store: Store, above, inside):
    (task_id,) = filed_plan(store)
    asked = {"task_id": task_id, "period_id": FIRST_QUARTER}
    by = people().officer
    updates.save_progress_update(store, by=by, row_version=0, draft=fairs_held(2), **asked)
    assert report_item(store, above, **asked).update is None
    assert report_item(store, inside, **asked).update is not None


def test_after_a_return_those_above_see_what_they_returned(store: Store, above, inside):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(2))
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请补充")
    asked = {"task_id": task_id, "period_id": FIRST_QUARTER}
    updates.save_progress_update(store, by=people().officer, row_version=0, draft=fairs_held(3), **asked)
    versions = [report_item_of(store, scope, update_id=update_id).update for scope in (above, inside, NATION)]
    assert [update.version for update in versions if update] == [1, 2, 2]
    with pytest.raises(NotFound):
        report_item_of(store, above, update_id=999)
