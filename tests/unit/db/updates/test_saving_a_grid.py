"""Saving the rows of a grid together: what is sound is kept, what is not leaves no trace and is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from db.authorities.scope import NATION
from db.store import Conflict, Store
from db.tables import AuditEvent, ProgressUpdate
from db.updates import actions as updates, reviews
from db.updates.bulk import save_sound_updates
from db.updates.drafts import UpdateLine
from db.updates.queries import report_item
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
    typed_task,
)
from tracking.messages import Refusal
from tracking.validation import UpdateDraft
from tracking.vocabulary import UpdateStatus


@pytest.fixture
def tasks(store: Store):
    with at(date(2026, 3, 20)):
        small_country(store)
        yield filed_plan(store, fair_task(), typed_task(2), fair_task())


def line(task_id: int, draft: UpdateDraft, row_version: int = 0, *, hand_over: bool = False) -> UpdateLine:
    return UpdateLine(task_id, FIRST_QUARTER, row_version, draft, hand_over)


def saved(store: Store, *lines: UpdateLine):
    return save_sound_updates(store, by=people().officer, lines=lines)


def stands(store: Store, task_id: int):
    return report_item(store, NATION, task_id=task_id, period_id=FIRST_QUARTER)


def events(store: Store, action: str) -> int:
    with store.read() as session:
        return len(session.exec(select(AuditEvent).where(AuditEvent.action == action)).all())


NEGATIVE = UpdateDraft(actuals={FAIRS: Decimal(-1)}, progress="记错")


def test_what_is_sound_is_kept_though_another_line_is_not(store: Store, tasks):
    first, second = saved(store, line(tasks[0], NEGATIVE), line(tasks[2], fairs_held(3)))
    assert (first.kept, first.refused.fields) == (False, (f"actuals.{FAIRS}",))
    assert (second.kept, second.refused, second.handed_over) == (True, None, False)
    assert stands(store, tasks[0]).update is None
    assert stands(store, tasks[2]).draft.actuals == {FAIRS: Decimal(3)}
    assert events(store, "save_progress_update") == 1


def test_one_that_is_not_complete_is_kept_as_a_draft_and_says_what_it_lacks(store: Store, tasks):
    bare = replace(fairs_held(3), progress="")
    first, second = saved(
        store, line(tasks[0], bare, hand_over=True), line(tasks[2], fairs_held(2), hand_over=True)
    )
    assert (first.kept, first.handed_over, first.refused.fields) == (True, False, ("progress",))
    assert (second.kept, second.handed_over) == (True, True)
    assert stands(store, tasks[0]).update.status is UpdateStatus.DRAFT
    assert stands(store, tasks[2]).update.status is UpdateStatus.HANDED_OVER


def test_what_can_neither_be_handed_over_nor_kept_says_why(store: Store, tasks):
    first, _ = saved(store, line(tasks[0], NEGATIVE, hand_over=True), line(tasks[2], fairs_held(2)))
    assert (first.kept, first.handed_over) == (False, False)
    assert f"actuals.{FAIRS}" in first.refused.fields


def test_what_somebody_saved_meanwhile_stays_as_they_left_it(store: Store, tasks):
    updates.save_progress_update(
        store,
        by=people().officer,
        task_id=tasks[0],
        period_id=FIRST_QUARTER,
        row_version=0,
        draft=fairs_held(1),
        hand_over=True,
    )
    theirs = stands(store, tasks[0])
    first, second = saved(
        store,
        line(tasks[0], fairs_held(9), theirs.row_version - 1, hand_over=True),
        line(tasks[2], fairs_held(3)),
    )
    assert (first.conflicts, first.kept) == (True, False)
    assert (second.conflicts, second.kept) == (False, True)
    still = stands(store, tasks[0])
    assert still.draft == theirs.draft
    assert (still.row_version, still.update.status) == (theirs.row_version, UpdateStatus.HANDED_OVER)


def test_where_nothing_can_be_kept_all_of_it_is_refused_by_task(store: Store, tasks):
    with pytest.raises(Refusal) as refused:
        saved(store, line(tasks[0], NEGATIVE), line(tasks[2], NEGATIVE, 7))
    assert refused.value.fields == (f"tasks.{tasks[0]}.actuals.{FAIRS}", f"tasks.{tasks[2]}")
    assert not isinstance(refused.value, Conflict)
    assert "任务 1" in str(refused.value)


def test_where_there_are_only_conflicts_it_is_one(store: Store, tasks):
    with pytest.raises(Conflict):
        saved(store, line(tasks[0], fairs_held(1), 7))
    assert stands(store, tasks[0]).update is None


def test_a_returned_update_begins_its_next_version_once(store: Store, tasks):
    with at(date(2026, 4, 10)):
        update_id = reported(store, tasks[0], fairs_held(1))
        reviews.return_progress_update(store, by=people().member, update_id=update_id, reason="请补充")
    bare = replace(fairs_held(3), progress="")
    (only,) = saved(store, line(tasks[0], bare, hand_over=True))
    assert only.kept
    with store.read() as session:
        versions = session.exec(
            select(ProgressUpdate.version).where(ProgressUpdate.task_id == tasks[0])
        ).all()
    assert sorted(versions) == [1, 2]


def test_a_task_there_is_not_is_refused_with_the_others(store: Store, tasks):
    with pytest.raises(Refusal) as refused:
        saved(store, line(9999, fairs_held(1)), line(tasks[0], NEGATIVE))
    assert refused.value.fields == ("tasks.9999", f"tasks.{tasks[0]}.actuals.{FAIRS}")
