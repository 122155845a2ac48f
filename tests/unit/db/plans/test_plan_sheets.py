"""What the sheet of a plan says beside the plan itself: the milestones that count as reached."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.plans.queries import plan_sheet, plans_frame
from db.store import Store
from tests.support.factories import (
    YEAR,
    accepted,
    at,
    filed_plan,
    reported,
    small_country,
    typed_task,
)
from tracking.validation import MilestoneDraft, UpdateDraft

STEPS = tuple(MilestoneDraft(number, f"节点{number}", date(YEAR, 6, number), 500) for number in (1, 2))
FIRST_STEP = UpdateDraft(milestones_reached=frozenset({1}), progress="完成节点一")


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def reached(store: Store) -> dict[int, frozenset[int]]:
    plans = plans_frame(store, NATION, notice_id=1, year=YEAR)
    return plan_sheet(store, NATION, revision_id=int(plans["revision_id"].iloc[0])).reached


def test_a_milestone_is_reached_once_its_update_is_accepted(store: Store):
    task_id, _ = filed_plan(store, typed_task(2, milestones=STEPS), typed_task(3))
    assert reached(store) == {}
    accepted(store, task_id, FIRST_STEP)
    assert reached(store) == {task_id: {1}}


def test_a_milestone_only_submitted_is_not_reached_yet(store: Store):
    (task_id,) = filed_plan(store, typed_task(2, milestones=STEPS))
    reported(store, task_id, FIRST_STEP)
    assert reached(store) == {}
