"""Taking tasks over from last year's plan: as new ones a year later, marked until a person has saved them."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.plans import actions as plans
from db.plans.carry_actions import take_over_tasks
from db.plans.last_year import last_year_frame
from db.plans.queries import plan_sheet
from db.store import NotFound, Store
from db.tables import Appointment, PlanRevision, Task
from tests.support.factories import (
    NORTH,
    SECOND_QUARTER,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    hand_in,
    people,
    small_country,
)
from tests.support.next_year import NEXT, next_plan, saved_again
from tests.support.trail import refusal_of, row
from tracking.next_year import planned_again
from tracking.permissions import Scope


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)


def test_tasks_planned_again_are_new_and_marked_until_a_person_has_saved_them(store: Store):
    with at(date(YEAR, 6, 20)):
        first, second = filed_plan(store, fair_task(), fair_task(title="组团出访"))
        accepted(store, first, fairs_held(3), SECOND_QUARTER)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, again=[second, first])
        sheet = plan_sheet(store, NATION, revision_id=revision_id)
        assert (sheet.revision.goals, sheet.revision.to_check) == ("年度目标", True)
        assert [(task.number, task.draft.title, task.to_check) for task in sheet.tasks] == [
            (1, "组织参展", True),
            (2, "组团出访", True),
        ]
        assert sheet.tasks[0].draft == planned_again(fair_task())
        saved_again(store, sheet.tasks[0])
        plans.save_goals(
            store,
            by=people().officer,
            revision_id=revision_id,
            row_version=sheet.revision.row_version,
            goals="新",
        )
        sheet = plan_sheet(store, NATION, revision_id=revision_id)
        assert [task.to_check for task in sheet.tasks] == [False, True]
        assert not sheet.revision.to_check


def test_marks_go_along_into_the_next_revision(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, again=[before])
        hand_in(store, people(), revision_id)
        plans.return_plan(store, by=people().member, revision_id=revision_id, reason="请核对")
        plan_id = row(store, PlanRevision, revision_id).plan_id
        again = plan_sheet(
            store, NATION, revision_id=plans.revise_plan(store, by=people().officer, plan_id=plan_id)
        )
        assert (again.revision.to_check, again.tasks[0].to_check) == (True, True)


def test_a_post_that_nobody_holds_today_is_to_be_chosen_anew(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
        with store.write(None) as tx:
            held = tx.load(Appointment, 1)
            held.ends_on = date(YEAR, 12, 31)
            tx.audit("plant", held)
    with at(date(NEXT, 1, 20)):
        (planned,) = plan_sheet(store, NATION, revision_id=next_plan(store, again=[before])).tasks
    assert planned.draft.post_id is None


def test_nothing_is_offered_or_taken_where_there_was_no_plan(store: Store):
    with at(date(YEAR, 6, 20)):
        (task_id,) = filed_plan(store)
        plan_id = row(store, Task, task_id).plan_id
        revision_id = plans.revise_plan(store, by=people().officer, plan_id=plan_id, reason="调整")
        assert last_year_frame(store, NATION, revision_id=revision_id).empty
        asked = {"by": people().officer, "revision_id": revision_id}
        with pytest.raises(NotFound):
            take_over_tasks(store, **asked, again=[task_id])
        assert refusal_of(take_over_tasks, store, **asked).messages[0].key == "plan.nothing_taken_over"


def test_what_is_offered_stays_within_the_scope(store: Store):
    with at(date(YEAR, 6, 20)):
        (before,) = filed_plan(store)
    with at(date(NEXT, 1, 20)):
        revision_id = next_plan(store, again=[before])
        own, other = Scope(frozenset({NORTH})), Scope(frozenset({2}))
        assert last_year_frame(store, own, revision_id=revision_id)["task_id"].tolist() == [before]
        assert last_year_frame(store, other, revision_id=revision_id).empty
