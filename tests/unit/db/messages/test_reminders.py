"""What each officer is reminded of, through the real actions."""

from datetime import date

import pytest

from db.identity import SignedIn
from db.messages.reminders import national_reminders, reminder_rule, reminders_for
from db.periods import actions as periods
from db.plans import actions as plans
from db.site.actions import change_setting
from db.store import Store
from db.updates import actions as updates, reviews
from tests.support.factories import (
    FIRST_QUARTER,
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
from tracking.reminders import Reminder, ReminderKind
from tracking.vocabulary import Role

TODAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


def _told(store: Store, by: SignedIn) -> dict[str, tuple[int, date | None]]:
    return {str(one.kind): (one.count, one.oldest_on) for one in reminders_for(store, by=by)}


def test_nothing_is_told_where_nothing_waits(store: Store):
    cast = people()
    for by in (cast.officer, cast.signatory, cast.member, cast.leader, cast.administrator):
        assert _told(store, by) == {}
    nobody = SignedIn(9, "某人", None, frozenset({Role.REPORTING_OFFICER}), "stray")
    filed_plan(store, typed_task(2, due_on=date(YEAR, 3, 1)))
    assert _told(store, nobody) == {}


def test_a_task_is_due_soon_then_overdue_until_it_is_finished(store: Store):
    cast = people()
    (task_id,) = filed_plan(store, typed_task(2, due_on=date(YEAR, 4, 4)))
    assert "due_soon" not in _told(store, cast.officer)
    with at(date(YEAR, 3, 21)):
        assert _told(store, cast.officer)["due_soon"] == (1, date(YEAR, 4, 4))
        assert "due_soon" not in _told(store, cast.member)
        assert "due_soon" not in _told(store, cast.southerner)
    with at(date(YEAR, 4, 5)):
        for by in (cast.officer, cast.signatory, cast.member):
            assert _told(store, by)["overdue"] == (1, date(YEAR, 4, 4))
        accepted(store, task_id, fairs_held(0, actuals={}, typed_permille=1000))
        assert "overdue" not in _told(store, cast.officer)


def test_what_the_old_year_left_undone_is_told_until_the_new_one_begins(store: Store):
    cast = people()
    filed_plan(store, typed_task(2, due_on=date(YEAR, 12, 31)))
    with at(date(YEAR + 1, 1, 4)):
        assert _told(store, cast.officer)["overdue"] == (1, date(YEAR, 12, 31))
        periods.create_year_of_periods(store, by=cast.member, notice_id=1, year=YEAR + 1, cycle="quarter")
        assert "overdue" not in _told(store, cast.officer)


def test_a_window_that_closes_within_a_week_is_told_until_everything_is_handed_over(store: Store):
    cast = people()
    first, _second = filed_plan(store, fair_task(), typed_task(2))
    assert "report_due" not in _told(store, cast.officer)
    with at(date(YEAR, 4, 8)):
        assert _told(store, cast.officer)["report_due"] == (2, date(YEAR, 4, 15))
        update_id = updates.save_progress_update(
            store, by=cast.officer, task_id=first, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(1)
        )
        updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
        assert _told(store, cast.officer)["report_due"] == (1, date(YEAR, 4, 15))
        assert _told(store, cast.signatory) == {"to_sign": (1, date(YEAR, 4, 8))}


def test_silence_counts_from_the_last_report_or_from_the_beginning(store: Store):
    cast = people()
    first, _second = filed_plan(store, fair_task(), typed_task(2))
    accepted(store, first, fairs_held(1))
    with at(date(YEAR, 4, 12)):
        # 100 days before is 2 January: what began on 1 January and never said anything is silent.
        assert _told(store, cast.officer)["stale"] == (1, date(YEAR, 1, 1))
        assert _told(store, cast.member)["stale"] == (1, date(YEAR, 1, 1))
        change_setting(store, by=cast.administrator, key="stale_days", value=101)
        assert "stale" not in _told(store, cast.officer)


def test_what_came_back_is_told_until_it_is_handed_over_again(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(1))
    assert _told(store, cast.member) == {"to_review": (1, TODAY)}
    reviews.return_progress_update(store, by=cast.member, update_id=update_id, reason="补充")
    assert _told(store, cast.officer)["returned"] == (1, TODAY)
    again = updates.save_progress_update(
        store, by=cast.officer, task_id=task_id, period_id=FIRST_QUARTER, row_version=0, draft=fairs_held(2)
    )
    assert "returned" in _told(store, cast.officer)
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[again])
    assert "returned" not in _told(store, cast.officer)


def test_plans_count_beside_updates(store: Store):
    cast = people()
    revision_id = draft_plan(store, cast.officer, fair_task())
    hand_in(store, cast, revision_id)
    assert _told(store, cast.member) == {"to_review": (1, TODAY)}
    plans.return_plan(store, by=cast.member, revision_id=revision_id, reason="补充")
    assert _told(store, cast.officer) == {"returned": (1, TODAY)}
    plans.revise_plan(store, by=cast.officer, plan_id=1)
    assert _told(store, cast.officer) == {}


def test_the_country_is_told_in_numbers_alone(store: Store):
    (task_id,) = filed_plan(store)
    reported(store, task_id, fairs_held(1))
    told = national_reminders(store, reminder_rule(store), TODAY)
    assert told == [Reminder(ReminderKind.TO_REVIEW, 1, TODAY)]
