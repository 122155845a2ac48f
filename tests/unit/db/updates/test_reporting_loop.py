"""The reporting loop on the real store: plan, report, review, and what the summaries then say."""

from datetime import date
from decimal import Decimal

import pytest

from db import clock
from db.authorities.scope import NATION
from db.figures import summaries
from db.figures.queries import cells_frame
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet
from db.store import Conflict, Store
from db.tables import Task
from db.tasks.queries import task_frame
from db.tasks.sheets import task_sheet, updates_frame
from db.updates import actions as updates, reviews
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
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
from tracking.messages import Refusal
from tracking.validation import UpdateDraft
from tracking.vocabulary import Light, TaskStatus

MARCH = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(MARCH):
        small_country(store)
        yield


def test_an_accepted_update_shows_in_its_cell_at_once(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["unit_id"], cell["measure_id"], cell["tasks"]) == (NORTH, 1, 1)
    assert (cell["weight_tenths"], cell["done"]) == (10, 10 * 300)
    # Half of the work is due on 30 June, 180 days from the start: 78 days are 500 * 78 // 180 permille.
    assert cell["expected"] == 10 * (500 * 78 // 180)
    assert (cell["reported"], cell["accepted"], cell["green"]) == (1, 1, 1)


def test_a_submitted_update_is_reported_but_does_not_count_yet(store: Store):
    (task_id,) = filed_plan(store)
    reported(store, task_id, fairs_held(3))
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["reported"], cell["accepted"], cell["done"]) == (1, 0, 0)


def test_a_returned_update_stops_being_reported_and_can_be_written_anew(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(3))
    reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请补充")
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert cell["reported"] == 0
    accepted(store, task_id, fairs_held(2))
    versions = updates_frame(store, NATION, task_id)
    assert list(versions["version"]) == [2, 1]
    assert versions["reason"].tolist()[1] == "请补充"


def test_a_reopened_update_stops_counting(store: Store):
    (task_id,) = filed_plan(store)
    update_id = accepted(store, task_id, fairs_held(3))
    reviews.reopen_progress_update(store, by=people().member, update_id=update_id, reason="数字有误")
    (cell,) = cells_frame(store, NATION, period_id=FIRST_QUARTER).to_dict("records")
    assert (cell["done"], cell["accepted"]) == (0, 0)


def test_a_return_without_a_reason_is_refused(store: Store):
    (task_id,) = filed_plan(store)
    update_id = reported(store, task_id, fairs_held(3))
    with pytest.raises(Refusal):
        reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="  ")


def test_completion_confirmed_turns_the_light_blue(store: Store):
    (task_id,) = filed_plan(store, typed_task(2))
    early = UpdateDraft(typed_permille=1000, progress="完成", completion_requested=True, explanation="提前")
    with pytest.raises(Refusal):  # evidence is missing
        reported(store, task_id, early)
    assert task_frame(store, NATION, notice_id=1, year=2026)["light"].tolist() == [Light.AMBER]


def test_a_stale_save_is_a_conflict_and_keeps_what_the_other_saved(store: Store):
    (task_id,) = filed_plan(store)
    officer = people().officer
    asked = {"by": officer, "task_id": task_id, "period_id": FIRST_QUARTER}
    updates.save_progress_update(store, **asked, row_version=0, draft=fairs_held(2))
    with pytest.raises(Conflict):
        updates.save_progress_update(store, **asked, row_version=0, draft=fairs_held(4))
    kept = updates_frame(store, NATION, task_id)
    assert kept["completion_permille"].tolist() == [200]


def test_an_amendment_keeps_the_baseline(store: Store):
    cast = people()
    (task_id,) = filed_plan(store)
    with store.read() as session:
        plan_id = session.get_one(Task, task_id).plan_id
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=plan_id, reason="展会延期")
    sheet = plan_sheet(store, NATION, revision_id=revision_id)
    (planned,) = sheet.tasks
    later = fair_task(starts_on=date(2026, 2, 1), due_on=date(2026, 11, 30), targets=())
    task_actions.save_task(
        store,
        by=cast.officer,
        task_revision_id=planned.task_revision_id,
        row_version=planned.row_version,
        draft=later,
    )
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id)
    row = task_sheet(store, NATION, task_id).row
    assert row["starts_on"] == date(2026, 1, 1)
    assert row["expected_permille"] == 500 * 78 // 180
    assert row["baseline_due_on"] == row["due_on"] == date(2026, 12, 31)
    assert plan_sheet(store, NATION, revision_id=revision_id).baseline[task_id].draft.due_on == date(
        2026, 12, 31
    )


def test_summaries_equal_their_recomputation(store: Store):
    first, second = filed_plan(store, fair_task(), typed_task(2))
    accepted(store, first, fairs_held(3))
    reported(store, second, UpdateDraft(typed_permille=100, progress="启动"))
    with at(date(2026, 4, 2)):
        with store.upkeep() as session:
            assert summaries.bring_to_day(session, known_at=clock.now())
        accepted(store, first, fairs_held(5), SECOND_QUARTER)
        with store.read() as session:
            assert summaries.differences(session, known_at=clock.now()).empty


def test_a_plan_without_a_responsible_officer_cannot_leave_its_writer(store: Store):
    revision_id = draft_plan(store, people().officer, fair_task(post_id=None))
    with pytest.raises(Refusal) as refused:
        hand_in(store, people(), revision_id)
    assert refused.value.fields == ("tasks.1.post_id",)


def test_a_task_begins_when_its_first_update_is_accepted(store: Store):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    frame = task_frame(store, NATION, notice_id=1, year=2026)
    assert frame["status"].tolist() == [TaskStatus.IN_PROGRESS]
    assert task_sheet(store, NATION, task_id).planned.draft.targets[-1].value == Decimal(10)
    assert FAIRS in task_sheet(store, NATION, task_id).indicators["indicator_id"].tolist()
