"""After a report, cells move by the share of its task; they equal a recomputation whatever was there before."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import delete

from db import clock
from db.figures import summaries
from db.store import Store
from db.tables import SummaryCell
from db.updates import reviews
from db.updates.taking_back import take_back_update
from tests.conftest import beginning
from tests.support.factories import (
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    reported,
    small_country,
)
from tests.support.templates import empty_store

MAY = date(YEAR, 5, 4)


def _is_whole(store: Store) -> bool:
    with store.read() as session:
        return summaries.differences(session, known_at=clock.now()).empty


def three_sharing(store: Store) -> None:
    """Three tasks that share a cell, with figures of that day."""
    empty_store(store)
    with at(date(YEAR, 3, 20)):
        small_country(store)
        task_ids = filed_plan(store, *(fair_task(weight_tenths=weight) for weight in (10, 25, 30)))
        accepted(store, task_ids[2], fairs_held(1))
        summaries.keep_current(store)


store = beginning(three_sharing)


@pytest.fixture
def tasks() -> list[int]:
    """The keys of the three."""
    return [1, 2, 3]


STEPS: dict[str, Callable[[Store, int], object]] = {
    "reported": lambda store, task_id: reported(store, task_id, fairs_held(3)),
    "accepted": lambda store, task_id: accepted(store, task_id, fairs_held(3)),
    "taken back": lambda store, task_id: take_back_update(
        store, by=people().officer, update_id=reported(store, task_id, fairs_held(3))
    ),
    "returned": lambda store, task_id: reviews.return_progress_update(
        store, by=people().member, update_id=reported(store, task_id, fairs_held(3)), reason="数字请核对"
    ),
    "reopened": lambda store, task_id: reviews.reopen_progress_update(
        store, by=people().member, update_id=accepted(store, task_id, fairs_held(3)), reason="数字请核对"
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leaves_the_figures_as_a_recomputation_makes_them(store: Store, tasks: list[int], step: str):
    with at(date(YEAR, 3, 20)):
        STEPS[step](store, tasks[0])
        assert _is_whole(store)


@pytest.mark.parametrize("step", STEPS)
def test_figures_of_another_day_are_made_anew(store: Store, tasks: list[int], step: str):
    with at(date(YEAR, 3, 20) + timedelta(3)):
        STEPS[step](store, tasks[0])
        summaries.keep_current(store)
        assert _is_whole(store)


def test_a_cell_that_is_not_there_is_made(store: Store, tasks: list[int]):
    with at(date(YEAR, 3, 20)):
        with store.upkeep() as session:
            session.execute(delete(SummaryCell))
        accepted(store, tasks[1], fairs_held(2))
        assert _is_whole(store)


def test_a_ruling_writes_only_what_it_changes_of_a_task(store: Store, tasks: list[int]):
    with at(date(YEAR, 3, 20)):
        update_id = reported(store, tasks[0], fairs_held(3))
        before = store.table_versions()
        reviews.accept_progress_update(store, by=people().member, update_id=update_id)
        now = store.table_versions()
    grown = {name for name in now if name.startswith("task.") and now[name] > before.get(name, 0)}
    assert "task.latest_permille" in grown
    assert not grown & {"task.due_on", "task.starts_on", "task.weight_tenths", "task.in_force"}
