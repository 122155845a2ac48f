"""The register of moved dates: told by the writes that move them, equal to what history makes of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from sqlmodel import select

from db.authorities.scope import NATION
from db.plans import moved_dates as date_moves
from db.requests import actions as requests
from db.store import Store
from db.tables import DateMove, Task, TaskRequest
from db.tasks.queries import task_frame
from tests.support.factories import (
    FAIRS,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    requested,
    small_country,
)
from tests.support.trail import row
from tracking.validation import MilestoneDraft, TargetDraft
from tracking.vocabulary import MoveKind

DUE, LATER, LATEST = date(YEAR, 6, 30), date(YEAR, 8, 31), date(YEAR, 12, 31)
STEPS = (
    MilestoneDraft(1, "招展", date(YEAR, 3, 31), 500),
    MilestoneDraft(2, "开展", date(YEAR, 6, 1), 500),
)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def _moves(store: Store) -> list[tuple[str, str, date, date, int, bool]]:
    with store.read() as session:
        rows = session.exec(select(DateMove).order_by(DateMove.id)).all()
    return [(m.kind, m.part, m.from_on, m.to_on, m.days, m.request_id is not None) for m in rows]


def test_an_amendment_tells_every_date_it_moves_and_moves_no_light(store: Store):
    task = fair_task(milestones=STEPS)
    (task_id,) = filed_plan(store, task)
    assert _moves(store) == []
    moved = replace(
        task,
        starts_on=date(YEAR, 2, 1),
        milestones=(STEPS[0], replace(STEPS[1], due_on=date(YEAR, 6, 11))),
        targets=(replace(task.targets[0], due_on=date(YEAR, 7, 31)), task.targets[1]),
    )
    amended(store, 1, moved)
    assert _moves(store) == [
        (MoveKind.START, "", date(YEAR, 1, 1), date(YEAR, 2, 1), 31, False),
        (MoveKind.MILESTONE, "开展", date(YEAR, 6, 1), date(YEAR, 6, 11), 10, False),
        (MoveKind.TARGET, "展会 5 场", date(YEAR, 6, 30), date(YEAR, 7, 31), 31, False),
    ]
    assert row(store, Task, task_id).starts_on == date(YEAR, 1, 1)


def test_a_plan_that_only_catches_up_with_a_ruling_is_no_further_move(store: Store):
    task = fair_task(due_on=DUE, targets=(TargetDraft(FAIRS, DUE, Decimal(5)),))
    (task_id,) = filed_plan(store, task)
    request_id = requested(store, task_id, LATEST)
    grant = {"by": people().member, "request_id": request_id, "granted_due_on": LATER}
    requests.grant_request(store, **grant)
    granted = [(MoveKind.DUE, "", DUE, LATER, 62, True)]
    assert _moves(store) == granted
    amended(store, 1, replace(task, due_on=LATER))
    assert _moves(store) == granted
    amended(store, 1, replace(task, due_on=LATEST))
    assert _moves(store) == [*granted, (MoveKind.DUE, "", LATER, LATEST, 122, False)]
    assert row(store, Task, task_id).due_on == LATER


def test_the_register_equals_what_history_makes_of_it(store: Store):
    task = fair_task(due_on=DUE, targets=(), milestones=STEPS)
    (task_id,) = filed_plan(store, task)
    amended(store, 1, replace(task, due_on=LATER))
    requests.grant_request(
        store, by=people().member, request_id=requested(store, task_id, LATEST), granted_due_on=LATEST
    )
    amended(store, 1, replace(task, due_on=DUE, milestones=(STEPS[0], replace(STEPS[1], due_on=DUE))))
    kept = _moves(store)
    assert len(kept) == 4
    with store.upkeep() as session:
        date_moves.fill(session)
    assert _moves(store) == kept
    with store.upkeep() as session:
        date_moves.rebuild(session)
    assert sorted(_moves(store)) == sorted(kept)


def test_a_store_that_is_older_than_the_register_is_filled(store: Store):
    task = fair_task(due_on=DUE, targets=())
    filed_plan(store, task)
    amended(store, 1, replace(task, due_on=LATER))
    kept = _moves(store)
    with store.upkeep() as session:
        for move in session.exec(select(DateMove)):
            session.delete(move)
    with store.upkeep() as session:
        date_moves.fill(session)
    assert _moves(store) == kept


def test_a_request_that_is_not_granted_moves_nothing(store: Store):
    (task_id,) = filed_plan(store)
    request_id = requested(store, task_id, date(YEAR + 1, 3, 31))
    requests.refuse_request(store, by=people().member, request_id=request_id, reason="不充分")
    with store.upkeep() as session:
        date_moves.note_extension(session, session.get_one(TaskRequest, request_id))
    assert _moves(store) == []


@pytest.mark.parametrize("today", [date(YEAR, 6, 20), date(YEAR, 7, 15)])
def test_moving_dates_by_amendments_never_improves_a_light_on_the_store(store: Store, today: date):
    task = fair_task(due_on=DUE, targets=(TargetDraft(FAIRS, DUE, Decimal(5)),))
    (task_id,) = filed_plan(store, task)
    accepted(store, task_id, fairs_held(4))
    with at(today):
        before = task_frame(store, NATION, notice_id=1, year=YEAR)

        @settings(max_examples=8)
        @given(due_on=st.dates(date(YEAR, 1, 2), LATEST), starts_on=st.dates(date(YEAR, 1, 1), LATEST))
        def amend(due_on: date, starts_on: date) -> None:
            targets = (TargetDraft(FAIRS, max(due_on, starts_on), Decimal(5)),)
            dates = {"starts_on": min(due_on, starts_on), "due_on": max(due_on, starts_on)}
            amended(store, 1, replace(task, targets=targets, **dates))
            after = task_frame(store, NATION, notice_id=1, year=YEAR)
            counted = ["light", "due_on", "expected_permille", "completion_permille"]
            assert after[counted].equals(before[counted])

        amend()
