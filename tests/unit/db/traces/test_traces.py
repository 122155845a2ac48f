"""What lies behind a figure: the tasks as they counted, the update that made them count, as known then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.store import NotFound, Store
from db.traces.queries import task_trace, traced_tasks
from db.updates import reviews
from tests.support.factories import (
    FAIRS,
    FIRST_QUARTER,
    NORTH,
    SOUTH,
    YEAR,
    accepted,
    amended,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    people,
    small_country,
    suspended,
    typed_task,
)
from tracking.figures.cells import COUNTS
from tracking.figures.vintages import Vintage
from tracking.permissions import Scope
from tracking.scales import Scale
from tracking.validation import MilestoneDraft, TargetDraft, UpdateDraft

TODAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        steps = (
            MilestoneDraft(1, "选址", date(YEAR, 3, 31), 400),
            MilestoneDraft(2, "开业", date(YEAR, 12, 31), 600),
        )
        filed_plan(store, fair_task(), typed_task(1), typed_task(1, title="展销中心", milestones=steps))
        yield


def _tasks(store: Store, scope: Scope = NATION, **asked):
    return traced_tasks(
        store, scope, **{"period_id": FIRST_QUARTER, "unit_ids": (NORTH,), "measure_id": 1, **asked}
    )


def test_the_tasks_of_a_cell_add_up_to_it(store):
    accepted(store, 1, fairs_held(3))
    suspended(store, 2)
    cells = cells_frame(store, NATION, period_id=FIRST_QUARTER)
    tasks = _tasks(store)
    assert tasks[list(COUNTS)].sum().to_dict() == cells[list(COUNTS)].sum().to_dict()
    assert tasks["title"].tolist() == ["组织参展", "任务1", "展销中心"]
    assert tasks["done"].tolist() == [3000, 0, 0], "weight 1.0 × 300 permille"
    assert tasks["suspended"].tolist() == [0, 1, 0]


def test_what_is_out_of_scope_is_not_there(store):
    assert _tasks(store, Scope(frozenset({SOUTH}))).empty
    assert _tasks(store, unit_ids=(SOUTH,)).empty
    with pytest.raises(NotFound):
        task_trace(store, Scope(frozenset({SOUTH})), task_id=1, period_id=FIRST_QUARTER)


def test_a_quantified_task_is_traced_to_its_actual_and_its_target(store):
    update_id = accepted(store, 1, fairs_held(3))
    found = task_trace(store, NATION, task_id=1, period_id=FIRST_QUARTER)
    assert found.fact["update_id"] == update_id
    assert found.fact["completion_permille"] == 300
    assert found.indicators == [("展会", Scale("场"), Decimal(10), Decimal(3), 300)]
    assert found.explained


def test_a_task_with_milestones_is_traced_to_those_that_are_reached(store):
    accepted(store, 3, UpdateDraft(milestones_reached=frozenset({1}), progress="已选址"))
    found = task_trace(store, NATION, task_id=3, period_id=FIRST_QUARTER)
    assert found.fact["completion_permille"] == 400
    assert found.said is not None
    assert found.said.milestones_reached == {1}
    assert found.explained


def test_before_the_first_update_there_is_nothing_behind_a_task(store):
    found = task_trace(store, NATION, task_id=1, period_id=FIRST_QUARTER)
    assert found.said is None
    assert found.explained
    assert found.indicators == [("展会", Scale("场"), Decimal(10), None, 0)]


def test_the_plan_of_the_day_of_the_report_explains_it_not_a_later_one(store):
    accepted(store, 1, fairs_held(3))
    with at(TODAY + timedelta(1)):
        twenty = (TargetDraft(FAIRS, date(YEAR, 12, 31), Decimal(20)),)
        amended(store, 1, fair_task(targets=twenty))
        found = task_trace(store, NATION, task_id=1, period_id=FIRST_QUARTER)
    assert found.indicators[0][2] == Decimal(10), "ten fairs were planned when three were reported"
    assert found.explained


def test_a_past_day_is_traced_to_what_was_known_then(store):
    accepted(store, 1, fairs_held(3))
    with at(TODAY + timedelta(2)):
        reviews.reopen_progress_update(store, by=people().member, update_id=1, reason="数字有误")
        assert _tasks(store)["update_id"].tolist()[0] == 0
        then = Vintage(known_on=TODAY)
        assert _tasks(store, vintage=then)["update_id"].tolist()[0] == 1
        found = task_trace(store, NATION, task_id=1, period_id=FIRST_QUARTER, vintage=then)
        assert found.fact["completion_permille"] == 300
