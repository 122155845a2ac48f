"""The figures of a unit authority by authority: they add up to its cell, as the tree stood on the day of the period."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.hierarchy import actions as hierarchy
from db.hierarchy.founding_actions import found_authority
from db.hierarchy.levels import level_cells, levels_frame
from db.plans import actions as plans
from db.store import Store
from db.tables import Task
from db.updates import reviews
from tests.conftest import beginning
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    TOWN,
    YEAR,
    accepted,
    another_unit,
    at,
    fairs_held,
    filed_plan,
    people,
    small_country,
)
from tests.support.levels import plan_sent_up, report_sent_up, staffed
from tests.support.trail import only
from tracking.figures.cells import COUNTS
from tracking.figures.levels import cells_at
from tracking.figures.vintages import Vintage
from tracking.founding import Founding
from tracking.permissions import Scope
from tracking.vocabulary import AuthorityKind

DAY, MOVED = date(YEAR, 3, 20), date(YEAR, 4, 10)


def _fill(store: Store) -> None:
    with at(date(YEAR, 3, 1)):
        small_country(store)
        found_authority(
            store,
            by=people().administrator,
            founding=Founding("9900", "某县主管部门", "某县", AuthorityKind.COUNTY),
            parent_id=TOWN,
            starts_on=date(YEAR, 3, 1),
            reason="区划调整",
        )
        another_unit(store, 5)
    with at(DAY):
        (task_id,) = filed_plan(store)
        accepted(store, task_id, fairs_held(4))
        for authority_id, name, count in ((TOWN, "town", 2), (4, "village", 1)):
            staff = staffed(store, authority_id, name)
            plans.file_plan(store, by=people().member, revision_id=plan_sent_up(store, staff))
            sent = report_sent_up(
                store, staff, only(store, Task, authority_id=authority_id).id, fairs_held(count)
            )
            reviews.accept_progress_update(store, by=people().member, update_id=sent)


store = beginning(_fill)


@pytest.fixture(autouse=True)
def _day(store: Store):
    with at(DAY):
        yield


def parents(store: Store, on: date) -> dict[int, int]:
    levels = levels_frame(store, unit_id=NORTH, on=on)
    return dict(zip(levels["authority_id"].tolist(), levels["parent_id"].tolist(), strict=True))


def asked(**changed: object) -> dict:
    return {"period_id": FIRST_QUARTER, "unit_id": NORTH, "on": DAY, **changed}


def test_all_that_is_beneath_a_unit_adds_up_to_its_cell(store: Store):
    assert parents(store, DAY) == {TOWN: NORTH, 4: TOWN}
    cells = level_cells(store, NATION, **asked())
    assert cells["unit_id"].tolist() == [NORTH, TOWN, 4]
    kept = cells_frame(store, NATION, period_id=FIRST_QUARTER)
    assert cells[list(COUNTS)].sum().tolist() == kept[kept["unit_id"] == NORTH][list(COUNTS)].sum().tolist()
    below = cells_at(cells, parents(store, DAY), NORTH).groupby("unit_id")["tasks"].sum()
    assert below.to_dict() == {NORTH: 1, TOWN: 2}
    within = level_cells(store, Scope(frozenset({TOWN, 4})), **asked())
    assert within["unit_id"].tolist() == [TOWN, 4]


def test_as_of_a_past_day_it_is_what_was_known_then(store: Store):
    before = Vintage(known_on=DAY - timedelta(1))
    assert level_cells(store, NATION, **asked(vintage=before)).empty
    assert len(level_cells(store, NATION, **asked(vintage=Vintage(known_on=DAY)))) == 3


def test_a_city_that_moves_keeps_counting_where_it_was_on_the_day_of_the_period(store: Store):
    moved = {"authority_id": TOWN, "parent_id": 5, "starts_on": MOVED, "reason": "区划调整"}
    hierarchy.move_authority(store, by=people().administrator, **moved)
    with at(MOVED):
        then = level_cells(store, NATION, **asked(on=date(YEAR, 3, 31)))
        assert then["unit_id"].tolist() == [NORTH, TOWN, 4]
        assert level_cells(store, NATION, **asked(on=MOVED))["unit_id"].tolist() == [NORTH]
        assert level_cells(store, NATION, **asked(on=MOVED, unit_id=5))["unit_id"].tolist() == [TOWN, 4]
        assert parents(store, MOVED) == {}
