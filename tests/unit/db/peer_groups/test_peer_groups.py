"""Peer groups: defined by the working group, their past kept by days, others' figures without names."""

from datetime import date, timedelta

import pytest

from db.authorities.scope import NATION
from db.peer_groups import actions as peer_groups
from db.peer_groups.queries import (
    memberships_frame,
    peer_cells_frame,
    peer_groups_frame,
    peer_unit_ids,
)
from db.store import Conflict, Store
from db.tables import PeerGroup
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SOUTH,
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
from tests.support.trail import last_event, refusal_of, row
from tracking.permissions import Scope

TODAY = date(YEAR, 3, 20)


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(TODAY):
        small_country(store)
        yield


@pytest.fixture
def east(store: Store) -> int:
    return another_unit(store)


@pytest.fixture
def group(store: Store, east: int) -> int:
    return peer_groups.create_peer_group(
        store, by=people().member, name="沿海", likeness="同临海", unit_ids={NORTH, SOUTH, east}
    )


def _members(store: Store, group: int, on: date = TODAY) -> list[int]:
    return peer_unit_ids(store, group_id=group, on=on)


def test_a_group_stands_with_its_units_and_the_trail_names_them(store, group, east):
    (found,) = peer_groups_frame(store, NATION, on=TODAY).to_dict("records")
    assert (found["name"], found["likeness"], found["units"]) == ("沿海", "同临海", 3)
    assert _members(store, group) == [NORTH, SOUTH, east]
    assert last_event(store).detail["units"] == ["东省", "北省", "南市"]


def test_a_group_is_open_to_whom_it_concerns(store, group):
    mine, townsman = Scope(frozenset({NORTH, TOWN})), Scope(frozenset({TOWN}))
    assert len(peer_groups_frame(store, mine, on=TODAY)) == 1
    assert peer_groups_frame(store, townsman, on=TODAY).empty
    assert peer_groups_frame(store, NATION, on=TODAY - timedelta(1)).empty, "it was not defined yet"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit_ids": {NORTH, SOUTH}}, "unit_ids"),
        ({"unit_ids": {NORTH, SOUTH, TOWN}}, "unit_ids"),
        ({"name": ""}, "name"),
        ({"name": "沿海"}, "name"),
    ],
)
def test_a_group_that_would_say_nothing_is_refused_beside_its_field(store, group, east, changed, field):
    asked = {"name": "内陆", "likeness": "不临海", "unit_ids": {NORTH, SOUTH, east}, **changed}
    refused = refusal_of(peer_groups.create_peer_group, store, by=people().member, **asked)
    assert refused.fields == (field,)


def test_a_group_gets_another_name_unless_somebody_was_faster(store, group):
    told = {"by": people().member, "group_id": group, "row_version": 1, "likeness": "同临海"}
    peer_groups.rename_peer_group(store, **told, name="临海")
    assert row(store, PeerGroup, group).name == "临海"
    assert last_event(store).detail["changes"]["name"] == {"before": "沿海", "after": "临海"}
    assert isinstance(refusal_of(peer_groups.rename_peer_group, store, **told, name="海边"), Conflict)


def test_who_belonged_before_stays_on_record(store, group, east):
    fourth = {"by": people().member, "group_id": group}
    later = TODAY + timedelta(10)
    with at(later):
        other = another_unit(store, 5, "西省")
        peer_groups.set_peer_group_members(store, **fourth, row_version=1, unit_ids={NORTH, SOUTH, other})
    assert _members(store, group, later - timedelta(1)) == [NORTH, SOUTH, east]
    assert _members(store, group, later) == [NORTH, SOUTH, other]
    assert last_event(store).detail["joined"] == ["西省"]
    assert last_event(store).detail["left"] == ["东省"]
    spans = memberships_frame(store, group_id=group).set_index("unit")["ended_on"]
    assert spans["东省"] == later - timedelta(1)


def test_what_is_put_right_on_the_same_day_leaves_no_trace_in_the_days(store, group, east):
    other = another_unit(store, 5, "西省")
    act = {"by": people().member, "group_id": group}
    peer_groups.set_peer_group_members(store, **act, row_version=1, unit_ids={NORTH, SOUTH, other})
    assert _members(store, group) == [NORTH, SOUTH, other]
    with at(TODAY + timedelta(5)):
        peer_groups.set_peer_group_members(store, **act, row_version=2, unit_ids={NORTH, SOUTH, east})
        peer_groups.set_peer_group_members(store, **act, row_version=3, unit_ids={NORTH, SOUTH, east, other})
    assert len(memberships_frame(store, group_id=group)) == 4, "who came back on that day never left"
    assert _members(store, group, TODAY + timedelta(5)) == [NORTH, SOUTH, east, other]


def test_a_retired_group_stays_on_record_and_leaves_its_name(store, group, east):
    with at(TODAY + timedelta(1)):
        peer_groups.retire_peer_group(store, by=people().member, group_id=group, reason="重新分组")
        assert peer_groups_frame(store, NATION, on=TODAY + timedelta(1)).empty
        assert len(peer_groups_frame(store, NATION, on=TODAY)) == 1
        refused = refusal_of(
            peer_groups.retire_peer_group, store, by=people().member, group_id=group, reason="再次"
        )
        assert "已停用" in str(refused)
        peer_groups.create_peer_group(
            store, by=people().member, name="沿海", likeness="同", unit_ids={NORTH, SOUTH, east}
        )


def test_a_unit_sees_the_figures_of_the_others_without_their_names(store, group, east):
    (task_id,) = filed_plan(store)
    accepted(store, task_id, fairs_held(3))
    asked = {"period_id": FIRST_QUARTER, "unit_ids": (NORTH, SOUTH, east)}
    assert peer_cells_frame(store, NATION, **asked)["unit_id"].tolist() == [NORTH]
    assert peer_cells_frame(store, Scope(frozenset({NORTH})), **asked)["unit_id"].tolist() == [NORTH]
    hidden = peer_cells_frame(store, Scope(frozenset({SOUTH})), **asked)
    assert hidden["unit_id"].tolist() == [-1]
    assert hidden["done"].sum() > 0
