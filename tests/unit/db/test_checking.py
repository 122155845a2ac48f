"""A city with officers of its own goes through its province: checked, returned, passed on, and only then ruled on."""

from datetime import date, timedelta

import pytest

from db.accounts.queries import identity_of
from db.authorities.scope import NATION
from db.figures.submission_cells import miscounted
from db.hierarchy import actions as hierarchy
from db.hierarchy.founding_actions import found_authority
from db.home.queries import waiting
from db.home.waiting import waiting_counts
from db.messages.reminders import reminders_for
from db.passings import passings_frame
from db.periods import actions as periods
from db.plans import actions as plans
from db.plans.queries import plan_sheet
from db.plans.taking_back import open_plan, take_back_plan
from db.site.actions import change_setting
from db.store import Store
from db.submissions.holdings import holdings_frame, longest_held_frame
from db.tables import Account, Notification, PlanRevision, ProgressUpdate, Task
from db.tasks.sheets import updates_frame
from db.updates import actions as updates, reviews
from db.updates.queries import report_item_of
from db.updates.queues import checking_frame, waiting_index
from db.updates.taking_back import open_update, take_back_update
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    TOWN,
    YEAR,
    at,
    fairs_held,
    people,
    small_country,
)
from tests.support.levels import Staff, plan_sent_up, report_sent_up, staffed
from tests.support.trail import last_event, only, refusal_of, row, rows
from tracking.founding import Founding
from tracking.permissions import Scope
from tracking.reminders import ReminderKind
from tracking.vocabulary import AuthorityKind, PlanStatus, UpdateStatus

DAY = date(YEAR, 3, 20)
OWN = Scope(frozenset({NORTH, TOWN}))


def _fill(store: Store) -> None:
    with at(DAY):
        small_country(store)
        staffed(store, TOWN, "town")
        staffed(store, NORTH, "north")
        staffed(store, SOUTH, "south")


store = beginning(_fill)


@pytest.fixture(autouse=True)
def _day(store: Store):
    with at(DAY):
        yield


def staff(store: Store, name: str) -> Staff:
    """The people of one authority, as the sign-in finds them."""
    with store.read() as session:
        return Staff(
            *(
                identity_of(session, only(store, Account, sign_in_name=f"{name}.{role}"))
                for role in ("officer", "signatory")
            )
        )


def filed(store: Store) -> int:
    """The city's plan, through its province; gives its task."""
    revision_id = plan_sent_up(store, staff(store, "town"))
    plans.pass_on_plan(store, by=staff(store, "north").signatory, revision_id=revision_id)
    plans.file_plan(store, by=people().member, revision_id=revision_id)
    return only(store, Task, authority_id=TOWN).id


def test_a_plan_waits_with_the_province_until_it_is_passed_on(store: Store):
    above = staff(store, "north").signatory
    revision_id = plan_sent_up(store, staff(store, "town"))
    revision = row(store, PlanRevision, revision_id)
    assert (revision.status, revision.checker_id) == (PlanStatus.CHECKING, NORTH)
    assert waiting_counts(store, by=above)["sign_off"] == 1
    assert [line.kind for line in waiting(store, OWN, above)] == ["plans_to_check"]
    refused = refusal_of(plans.file_plan, store, by=people().member, revision_id=revision_id)
    assert refused.messages[0].key == "workflow.not_allowed"
    refused = refusal_of(plans.return_plan, store, by=people().member, revision_id=revision_id, reason="改")
    assert refused.messages[0].key == "permission.right_missing"
    open_plan(store, by=above, revision_id=revision_id)
    assert refusal_of(take_back_plan, store, by=staff(store, "town").officer, revision_id=revision_id)
    plans.return_plan(store, by=above, revision_id=revision_id, reason="目标不实")
    assert only(store, Notification, message="notification.plan_returned", officer_id=7).link == "work_plan"
    second = plans.revise_plan(store, by=staff(store, "town").officer, plan_id=1)
    assert plan_sheet(store, OWN, revision_id=second).returned_because == "目标不实"
    plans.request_plan_sign_off(store, by=staff(store, "town").officer, revision_id=second)
    plans.sign_off_plan(store, by=staff(store, "town").signatory, revision_id=second)
    plans.submit_plan(store, by=staff(store, "town").officer, revision_id=second)
    assert plan_sheet(store, OWN, revision_id=second).checker_name == "北省"
    plans.pass_on_plan(store, by=above, revision_id=second)
    assert last_event(store).action == "pass_on_plan"
    plans.file_plan(store, by=people().member, revision_id=second)
    passed = passings_frame(store, NATION, plan_id=1)
    assert passed[["revision_id", "authority_name", "officer_name"]].values.tolist() == [
        [second, "北省", "north"]
    ]
    assert passings_frame(store, Scope(frozenset({SOUTH})), plan_id=1).empty


def test_an_update_is_reported_when_the_city_submits_it_and_ruled_on_when_the_province_passed_it_on(
    store: Store,
):
    task_id, above = filed(store), staff(store, "north").signatory
    update_id = report_sent_up(store, staff(store, "town"), task_id, fairs_held(3))
    sent_at = row(store, ProgressUpdate, update_id).submitted_at
    assert waiting_index(store, NATION, notice_id=1).empty
    with at(DAY + timedelta(3)):
        held = longest_held_frame(store, NATION, notice_id=1, year=YEAR)
        assert held[["stage", "checker_name", "days"]].values.tolist() == [["checking", "北省", 3]]
        assert holdings_frame(store, NATION, notice_id=1, year=YEAR)["unit_id"].tolist() == [NORTH]
        (reminder,) = [one for one in reminders_for(store, by=above) if one.kind is ReminderKind.TO_CHECK]
        assert (reminder.count, reminder.oldest_on) == (1, DAY)
        wanted = {"notice_id": 1, "checkers": [NORTH]}
        assert checking_frame(store, OWN, **wanted)["update_id"].tolist() == [update_id]
        assert checking_frame(store, OWN, notice_id=1, checkers=[SOUTH]).empty
        assert report_item_of(store, OWN, update_id=update_id).checker_name == "北省"
        reviews.pass_on_progress_update(store, by=above, update_id=update_id)
    # Past the window of the period, on the working group's own time.
    with at(date(YEAR, 4, 20)):
        held = longest_held_frame(store, NATION, notice_id=1, year=YEAR)
        assert held[["stage", "held_since_on"]].values.tolist() == [["reviewing", DAY + timedelta(3)]]
        reviews.accept_progress_update(store, by=people().member, update_id=update_id)
    update = row(store, ProgressUpdate, update_id)
    assert (update.status, update.submitted_at) == (UpdateStatus.ACCEPTED, sent_at)
    states = {
        day: updates_frame(store, NATION, task_id, known_on=day)["status"].tolist()
        for day in (DAY, DAY + timedelta(3), date(YEAR, 4, 20))
    }
    assert [said for (said,) in states.values()] == ["checking", "submitted", "accepted"]
    passed = passings_frame(store, NATION, task_id=task_id)
    assert (passed["authority_name"].tolist(), passed["received_at"].tolist()) == (["北省"], [sent_at])
    assert passings_frame(store, NATION, task_id=task_id, known_on=DAY).empty
    with store.read() as session:
        assert miscounted(session) == []


def test_the_province_returns_with_a_reason_and_the_city_begins_again(store: Store):
    task_id, above = filed(store), staff(store, "north").signatory
    update_id = report_sent_up(store, staff(store, "town"), task_id, fairs_held(3))
    returned = {"by": above, "update_id": update_id}
    assert refusal_of(reviews.return_progress_update, store, **returned, reason=" ").fields == ("reason",)
    reviews.return_progress_update(store, **returned, reason="缺证明")
    told = {note.officer_id for note in rows(store, Notification, message="notification.update_returned")}
    assert told == {7, 8}
    item = report_item_of(store, OWN, update_id=update_id)
    assert (item.returned_because, item.row_version) == ("缺证明", 0)
    (then,) = updates_frame(store, NATION, task_id, known_on=DAY)["status"]
    assert then == "returned"
    again = report_sent_up(store, staff(store, "town"), task_id, fairs_held(4))
    reviews.pass_on_progress_updates(store, by=above, update_ids=[again])
    assert waiting_index(store, NATION, notice_id=1)["update_id"].tolist() == [again]
    with store.read() as session:
        assert miscounted(session) == []


def test_nobody_else_passes_it_on_and_it_comes_back_until_it_was_opened(store: Store):
    task_id, town = filed(store), staff(store, "town")
    update_id = report_sent_up(store, town, task_id, fairs_held(3))
    for by in (staff(store, "south").signatory, staff(store, "north").officer, town.signatory):
        refused = refusal_of(reviews.pass_on_progress_update, store, by=by, update_id=update_id)
        assert refused.messages[0].key.startswith("permission.")
    refused = refusal_of(reviews.accept_progress_update, store, by=people().member, update_id=update_id)
    assert refused.messages[0].key == "workflow.not_allowed"
    take_back_update(store, by=town.signatory, update_id=update_id)
    back = row(store, ProgressUpdate, update_id)
    assert (back.status, back.checker_id, back.received_at) == (UpdateStatus.DRAFT, None, None)
    updates.request_update_sign_off(store, by=town.officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=town.signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=town.officer, update_id=update_id)
    open_update(store, by=staff(store, "north").signatory, update_id=update_id)
    assert refusal_of(take_back_update, store, by=town.signatory, update_id=update_id)


def test_what_the_province_sends_on_itself_it_need_not_check(store: Store):
    revision_id = plan_sent_up(store, Staff(staff(store, "town").officer, staff(store, "north").signatory))
    assert row(store, PlanRevision, revision_id).status is PlanStatus.CHECKING
    take_back_plan(store, by=staff(store, "town").officer, revision_id=revision_id)
    plans.request_plan_sign_off(store, by=staff(store, "north").officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=staff(store, "north").signatory, revision_id=revision_id)
    plans.submit_plan(store, by=staff(store, "north").officer, revision_id=revision_id)
    assert row(store, PlanRevision, revision_id).status is PlanStatus.SUBMITTED


def test_the_steps_are_a_setting_that_leaves_alone_what_is_under_way(store: Store):
    task_id = filed(store)
    update_id = report_sent_up(store, staff(store, "town"), task_id, fairs_held(3))
    change_setting(store, by=people().administrator, key="check_steps", value=[])
    assert row(store, ProgressUpdate, update_id).status is UpdateStatus.CHECKING
    take_back_update(store, by=staff(store, "town").signatory, update_id=update_id)
    updates.request_update_sign_off(store, by=staff(store, "town").officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=staff(store, "town").signatory, update_ids=[update_id])
    updates.submit_progress_update(store, by=staff(store, "town").signatory, update_id=update_id)
    assert row(store, ProgressUpdate, update_id).status is UpdateStatus.SUBMITTED
    for wrong in ([["province", "city"]], [["city", "moon"]]):
        asked = {"by": people().administrator, "key": "check_steps", "value": wrong}
        assert refusal_of(change_setting, store, **asked).fields == ("check_steps",)


def test_a_county_passes_its_city_and_then_its_province_where_the_steps_say_so(store: Store):
    founded = hierarchy_county(store)
    village = staffed(store, founded, "village")
    steps = [("county", "city"), ("county", "province"), ("city", "province")]
    change_setting(store, by=people().administrator, key="check_steps", value=steps)
    revision_id = plan_sent_up(store, village)
    assert row(store, PlanRevision, revision_id).checker_id == TOWN
    plans.pass_on_plan(store, by=staff(store, "town").signatory, revision_id=revision_id)
    revision = row(store, PlanRevision, revision_id)
    assert (revision.status, revision.checker_id) == (PlanStatus.CHECKING, NORTH)
    plans.pass_on_plan(store, by=staff(store, "north").signatory, revision_id=revision_id)
    assert row(store, PlanRevision, revision_id).status is PlanStatus.SUBMITTED
    assert passings_frame(store, NATION, plan_id=1)["authority_name"].tolist() == ["北省一市", "北省"]


def hierarchy_county(store: Store) -> int:
    """A county founded under the city."""
    return found_authority(
        store,
        by=people().administrator,
        founding=Founding("9900", "某县主管部门", "某县", AuthorityKind.COUNTY),
        parent_id=TOWN,
        starts_on=DAY,
        reason="区划调整",
    )


def test_a_period_is_not_frozen_over_what_is_being_checked(store: Store):
    task_id = filed(store)
    report_sent_up(store, staff(store, "town"), task_id, fairs_held(3))
    with at(date(YEAR, 4, 20)):
        periods.close_period(store, by=people().member, period_id=FIRST_QUARTER)
        refused = refusal_of(periods.freeze_period, store, by=people().member, period_id=FIRST_QUARTER)
    assert refused.messages[0].key == "period_action.still_under_review"


def test_a_city_that_moves_while_the_old_province_has_its_report_is_passed_on_by_that_one(store: Store):
    task_id, above = filed(store), staff(store, "north").signatory
    update_id = report_sent_up(store, staff(store, "town"), task_id, fairs_held(3))
    moved = {"authority_id": TOWN, "parent_id": SOUTH, "starts_on": DAY + timedelta(1), "reason": "区划调整"}
    hierarchy.move_authority(store, by=people().administrator, **moved)
    with at(DAY + timedelta(2)):
        reviews.pass_on_progress_update(store, by=above, update_id=update_id)
    assert row(store, ProgressUpdate, update_id).status is UpdateStatus.SUBMITTED
