"""A measure action by action: the same sums as its cell, and what the files and lists say of an action."""

from datetime import date

import pytest

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.ledger.by_action import action_cells_of_period
from db.ledger.queries import ledger_frame
from db.store import Store
from db.tasks.queries import task_frame
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    YEAR,
    accepted,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    small_country,
    typed_task,
)
from tracking.catalogue import NO_ACTION
from tracking.figures.cells import COUNTS


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(YEAR, 3, 20)):
        small_country(store)
        yield


def test_the_actions_of_a_measure_add_up_to_its_cell(store: Store):
    taken = fair_task(measure_action_id=1)
    first, *_ = filed_plan(store, taken, typed_task(1), typed_task(1, title="又一项"), typed_task(2))
    accepted(store, first, fairs_held(5))
    cells = action_cells_of_period(store, NATION, period_id=FIRST_QUARTER, measure_id=1)
    assert cells[["unit_id", "measure_id", "tasks"]].to_numpy().tolist() == [
        [NORTH, NO_ACTION, 2],
        [NORTH, 1, 1],
    ]
    whole = cells_frame(store, NATION, period_id=FIRST_QUARTER)
    of_measure = whole[whole["measure_id"] == 1].iloc[0]
    assert {name: int(cells[name].sum()) for name in COUNTS} == {
        name: int(of_measure[name]) for name in COUNTS
    }


def test_a_measure_without_tasks_has_no_cells(store: Store):
    assert action_cells_of_period(store, NATION, period_id=FIRST_QUARTER, measure_id=3).empty


def test_the_file_and_the_list_of_tasks_name_the_action(store: Store):
    filed_plan(store, fair_task(measure_action_id=1), typed_task(2))
    lines = ledger_frame(store, NATION, period_id=FIRST_QUARTER, with_figures=True)
    assert lines["action"].fillna("").tolist() == ["行动", ""]
    tasks = task_frame(store, NATION, notice_id=1, year=YEAR)
    assert tasks["action_title"].fillna("").tolist() == ["行动", ""]
    assert tasks["action_id"].fillna(0).tolist() == [1, 0]
