"""What needs each officer now, and the notifications left for one."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import scope_of
from db.home.kinds import KINDS
from db.home.queries import Waiting, notifications_frame, waiting
from db.identity import SignedIn
from db.notifications import actions as notifications
from db.officers import actions as officers
from db.periods import actions as periods
from db.plans import actions as plans
from db.reference import actions as reference
from db.store import Store
from db.tables import Account, AuditEvent, Officer, ReportingPeriod
from db.updates import actions as updates, reviews
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
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
    third_quarter,
    typed_task,
)
from tests.support.second_notice import second_notice
from tests.support.trail import row
from tracking.messages import text
from tracking.permissions import rights_of
from tracking.vocabulary import CataloguePart, Language, PeriodStatus, Role

TODAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _waiting(store: Store, by: SignedIn) -> dict[str, Waiting]:
    return {line.kind: line for line in waiting(store, scope_of(store, by), by)}


def _counts(store: Store, by: SignedIn) -> dict[str, int]:
    return {kind: line.count for kind, line in _waiting(store, by).items()}


def _by(role: Role) -> SignedIn:
    return SignedIn(4, "某人", None, frozenset({role}), "somebody")


def test_nothing_waits_where_nothing_has_begun(store):
    cast = people()
    for by in (cast.officer, cast.signatory, cast.member, cast.leader):
        assert waiting(store, scope_of(store, by), by) == []


def test_a_plan_waits_for_one_after_the_other_until_it_is_filed(store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    assert _counts(store, cast.officer) == {"plans_being_written": 1}
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    assert _counts(store, cast.officer) == {}
    assert _counts(store, cast.signatory) == {"plans_to_sign": 1}
    plans.sign_off_plan(store, by=cast.signatory, revision_id=revision_id)
    assert _counts(store, cast.officer) == {"plans_to_submit": 1}
    assert _waiting(store, cast.signatory)["plans_to_submit"].page == "sign_off"
    plans.submit_plan(store, by=cast.officer, revision_id=revision_id)
    with at(date(YEAR, 3, 25)):
        line = _waiting(store, cast.member)["plans_to_review"]
    assert line == Waiting("plans_to_review", 1, TODAY, "review")
    assert _counts(store, cast.leader) == {}


def test_where_there_are_several_notices_each_has_a_line_that_leads_to_its_own_page(store):
    officer = people().officer
    draft_plan(store, officer, fair_task())
    (alone,) = waiting(store, scope_of(store, officer), officer)
    assert (alone.link, alone.notice_id) == ("work_plan", None)
    second = second_notice(store, people().administrator)
    asked = {"authority_id": NORTH, "year": YEAR}
    with at(date(YEAR, 3, 22)):
        plans.start_plan(store, by=officer, notice_id=second.notice_id, **asked)
    found = waiting(store, scope_of(store, officer), officer)
    assert [(line.kind, line.count, line.oldest_on, line.link, line.notice_id) for line in found] == [
        ("plans_being_written", 1, TODAY, "work_plan?notice=1", 1),
        (
            "plans_being_written",
            1,
            date(YEAR, 3, 22),
            f"work_plan?notice={second.notice_id}",
            second.notice_id,
        ),
    ]


def test_a_returned_plan_waits_until_the_next_revision_is_begun(store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    with at(date(YEAR, 3, 22)):
        plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="补充目标")
    assert _waiting(store, cast.officer)["returned_plans"].oldest_on == date(YEAR, 3, 22)
    plans.revise_plan(store, by=cast.officer, plan_id=1)
    assert _counts(store, cast.officer) == {"plans_being_written": 1}


def test_an_update_waits_for_one_after_the_other_until_it_is_accepted(store):
    cast = people()
    first, _second = filed_plan(store, fair_task(), typed_task(2))
    line = _waiting(store, cast.officer)["to_report"]
    assert (line.count, line.oldest_on, line.link) == (2, date(YEAR, 1, 1), "report")
    update_id = updates.save_progress_update(
        store, by=cast.officer, task_id=first, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(1)
    )
    assert _counts(store, cast.officer)["to_report"] == 2
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    assert _counts(store, cast.officer)["to_report"] == 1
    assert _counts(store, cast.signatory) == {"updates_to_sign": 1}
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    assert _counts(store, cast.signatory) == {"updates_to_submit": 1}
    assert _counts(store, cast.officer) == {"to_report": 1, "updates_to_submit": 1}
    updates.submit_progress_update(store, by=cast.officer, update_id=update_id)
    assert _counts(store, cast.member) == {"updates_to_review": 1}
    reviews.accept_progress_update(store, by=cast.member, update_id=update_id)
    assert _counts(store, cast.member) == {}


def test_a_returned_update_waits_until_the_next_version_is_begun(store):
    cast = people()
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(1))
    reviews.return_progress_update(store, by=cast.member, update_id=update_id, reason="请补充")
    assert _counts(store, cast.officer) == {"returned_updates": 1}
    updates.save_progress_update(
        store, by=cast.officer, task_id=task_id, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(2)
    )
    assert _counts(store, cast.officer) == {"to_report": 1}


def test_nobody_is_asked_for_what_another_authority_has_to_do(store):
    filed_plan(store)
    assert _counts(store, people().southerner) == {}


def test_what_is_past_its_day_waits_for_the_unit_and_those_above(store):
    cast = people()
    day = date(YEAR, 2, 28)
    late, done = filed_plan(store, typed_task(2, due_on=day), typed_task(3, due_on=day))
    assert late
    accepted(store, done, fairs_held(0, actuals={}, typed_permille=1000))
    for by in (cast.officer, cast.signatory, cast.member, cast.leader):
        line = _waiting(store, by)["overdue"]
        assert (line.count, line.oldest_on, line.link) == (1, day, "ledger?light=overdue")


def test_what_the_old_year_left_undone_waits_until_the_new_one_begins(store):
    cast = people()
    filed_plan(store, typed_task(2, due_on=date(YEAR, 12, 31)))
    with at(date(YEAR + 1, 1, 4)):
        assert _counts(store, cast.officer)["overdue"] == 1
        periods.create_year_of_periods(store, by=cast.member, notice_id=1, year=YEAR + 1, cycle="quarter")
        assert "overdue" not in _counts(store, cast.officer)


def test_a_vacant_post_waits_for_those_who_fill_it_and_those_who_watch(store):
    cast = people()
    officers.end_appointment(store, by=cast.officer, appointment_id=1, ends_on=date(YEAR, 2, 1))
    for by in (cast.officer, cast.signatory, cast.member):
        line = _waiting(store, by)["vacant_posts"]
        assert (line.count, line.oldest_on, line.link) == (1, date(YEAR, 2, 2), "officers?show=alarm")
    assert "vacant_posts" not in _counts(store, cast.leader)
    assert "vacant_posts" not in _counts(store, cast.southerner)


def test_a_post_that_nobody_ever_held_has_no_day(store):
    officers.create_post(store, by=people().officer, authority_id=NORTH, title="联络员")
    line = _waiting(store, people().officer)["vacant_posts"]
    assert (line.count, line.oldest_on) == (1, None)


def test_a_period_waits_to_be_opened_and_to_be_closed(store):
    member = people().member
    third_quarter(store)
    with at(date(YEAR, 9, 20)):
        assert _waiting(store, member)["periods_to_close"].count == 2
        assert "periods_to_open" not in _counts(store, member)
    with at(date(YEAR, 9, 22)):
        assert _waiting(store, member)["periods_to_open"].oldest_on == date(YEAR, 9, 21)
    with store.upkeep() as session:
        for number in (FIRST_QUARTER, SECOND_QUARTER):
            session.get_one(ReportingPeriod, number).status = PeriodStatus.FROZEN
    with at(date(YEAR, 10, 16)):
        assert _counts(store, member) == {}


def test_administrators_see_what_is_theirs_and_no_business(store):
    filed_plan(store)
    with store.write(None) as tx:
        locked_until = tx.now + timedelta(minutes=10)
        for officer_id, name, until in ((1, "north", locked_until), (3, "south", tx.now)):
            tx.add(Account(officer_id=officer_id, sign_in_name=name, password_hash="x", locked_until=until))
        nobody = tx.add(Officer(name="新人"))
        account = tx.add(Account(officer_id=nobody.id, sign_in_name="new", password_hash="x"))
        tx.audit("lock_account", account)
    assert _counts(store, _by(Role.SECURITY_ADMINISTRATOR)) == {
        "accounts_locked": 1,
        "accounts_without_role": 1,
    }
    assert _waiting(store, _by(Role.AUDIT_ADMINISTRATOR))["recent_locks"].link == "audit?action=lock_account"
    assert _counts(store, _by(Role.SYSTEM_ADMINISTRATOR)) == {}
    with at(date(YEAR, 3, 28)):
        assert _counts(store, _by(Role.AUDIT_ADMINISTRATOR)) == {}
    assert row(store, AuditEvent, store.data_version()).action == "lock_account"


def test_unchecked_texts_wait_for_whoever_keeps_the_catalogue(store):
    administrator = people().administrator
    reference.edit_entry(
        store, by=administrator, part=CataloguePart.AREA, part_id=1, title="新重点", cited=""
    )
    reference.edit_measure(
        store, by=administrator, measure_id=1, title="新举措", short_title="举措1", key_area_id=2, cited=""
    )
    line = _waiting(store, administrator)["texts_to_check"]
    assert (line.count, line.oldest_on, line.page) == (2, None, "reference_data")


def test_every_kind_is_worded_and_concerns_somebody():
    for kind in KINDS:
        assert all(text(f"waiting.{kind.name}", language) for language in Language)
        assert any(kind.right in rights_of(frozenset({role})) for role in Role)


def test_notifications_are_ones_own_newest_first_until_they_are_read(store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="补充目标")
    mine = notifications_frame(store, by=cast.officer)
    assert list(mine["message"]) == ["notification.plan_returned"]
    assert notifications_frame(store, by=cast.member).empty
    identity = int(mine["notification_id"][0])
    assert notifications.read_notifications(store, by=cast.southerner, notification_ids=[identity]) == 0
    assert notifications.read_notifications(store, by=cast.officer, notification_ids=[identity]) == 1
    assert notifications_frame(store, by=cast.officer).empty
    (line,) = notifications_frame(store, by=cast.officer, unread_only=False).itertuples()
    assert line.read_at is not None
