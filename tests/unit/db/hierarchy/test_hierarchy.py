"""Moving authorities: from a day on, never before; figures by the tree of their day or of another."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from db import migrations
from db.authorities.scope import NATION, authorities_under
from db.clock import now
from db.figures import past, summaries
from db.figures.queries import cells_frame
from db.hierarchy.actions import move_authority
from db.hierarchy.queries import (
    authorities_frame,
    cells_by_tree,
    moves_frame,
    parents_frame,
    places_frame,
)
from db.plans import actions as plans
from db.reference.queries import units_frame
from db.store import Store
from db.tables import Authority, AuthorityParent, Officer, Post, RoleGrant, Task
from tests.conftest import lend
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    TOWN,
    YEAR,
    another_unit,
    at,
    draft_plan,
    people,
    small_country,
    typed_task,
)
from tests.support.trail import last_event, refusal_of
from tracking.figures.cells import COUNTS
from tracking.figures.vintages import Vintage
from tracking.permissions import Scope
from tracking.vocabulary import AuthorityKind, Relation, Role

SPRING, SUMMER = date(YEAR, 3, 20), date(YEAR, 5, 20)
EAST = 4


def country(store: Store) -> None:
    """North with a town that has two tasks in force, East, and the second quarter under way."""
    migrations.upgrade(store)
    with at(SPRING):
        small_country(store)
        another_unit(store)
        townsman = _townsman(store)
        revision_id = draft_plan(store, townsman, typed_task(1, post_id=3), typed_task(2, post_id=3))
        _file(store, townsman, revision_id)
    with at(SUMMER), store.upkeep() as session:
        summaries.bring_to_day(session, known_at=now())


@pytest.fixture
def store(databases, tmp_path):
    for opened in lend(databases, databases.fresh(country, tmp_path / "data")):
        with at(SUMMER):
            yield opened


def _townsman(store: Store):
    with store.write(None) as tx:
        officer = tx.add(Officer(authority_id=TOWN, name="镇上人"))
        for role in (Role.REPORTING_OFFICER, Role.SIGNATORY):
            tx.add(RoleGrant(officer_id=officer.id, role=role, granted_at=tx.now))
        tx.add(Post(authority_id=TOWN, title="科长"))
        tx.audit("plant", officer)
        roles = frozenset({Role.REPORTING_OFFICER, Role.SIGNATORY})
        return replace(people().officer, officer_id=officer.id, authority_id=TOWN, roles=roles)


def _file(store: Store, by, revision_id: int) -> None:
    plans.request_plan_sign_off(store, by=by, revision_id=revision_id)
    plans.sign_off_plan(store, by=by, revision_id=revision_id)
    plans.submit_plan(store, by=by, revision_id=revision_id)
    plans.file_plan(store, by=people().member, revision_id=revision_id)


def _move(store: Store, parent_id: int = EAST, starts_on: date = SUMMER, authority_id: int = TOWN) -> None:
    asked = {"authority_id": authority_id, "parent_id": parent_id, "starts_on": starts_on}
    move_authority(store, by=people().administrator, reason="区划调整", **asked)


def _tasks(store: Store, period_id: int) -> dict[int, int]:
    cells = cells_frame(store, NATION, period_id=period_id)
    return cells.groupby("unit_id")["tasks"].sum().to_dict()


def _by_today(store: Store, period_id: int, on: date = SUMMER, **asked) -> dict[int, int]:
    cells = cells_by_tree(store, NATION, period_id=period_id, on=on, **asked)
    sums = cells.groupby("unit_id")["tasks"].sum().to_dict()
    return {unit_id: tasks for unit_id, tasks in sums.items() if tasks}


def _agrees(store: Store) -> bool:
    with store.read() as session:
        return summaries.differences(session, known_at=now()).empty


def test_a_move_regroups_the_running_period_and_leaves_the_one_before_alone(store):
    assert _tasks(store, FIRST_QUARTER) == _tasks(store, SECOND_QUARTER) == {NORTH: 2}
    _move(store)
    assert _tasks(store, FIRST_QUARTER) == {NORTH: 2}, "that period was over"
    assert _tasks(store, SECOND_QUARTER) == {EAST: 2}
    assert _agrees(store)
    with store.read() as session:
        assert session.get_one(Task, 1).unit_id == EAST
        assert authorities_under(session, EAST, on=SUMMER) == {EAST, TOWN}


def test_a_move_far_off_is_refused_at_its_day(store):
    assert refusal_of(_move, store, starts_on=date.max).fields == ("starts_on",)


def test_the_trail_tells_from_where_to_where_and_why(store):
    _move(store)
    event = last_event(store)
    assert (event.action, event.subject_id) == ("move_authority", TOWN)
    told = {name: event.detail[name] for name in ("from_authority", "to_authority", "starts_on", "reason")}
    assert told == {
        "from_authority": "北省",
        "to_authority": "东省",
        "starts_on": SUMMER.isoformat(),
        "reason": "区划调整",
    }
    (move,) = moves_frame(store, after=SPRING, upto=SUMMER).to_dict("records")
    assert move == {
        "authority_name": "北省一市",
        "from_name": "北省",
        "to_name": "东省",
        "moved_on": SUMMER,
    }
    assert moves_frame(store, after=SUMMER, upto=SUMMER).empty


def test_an_earlier_period_can_be_grouped_by_the_tree_of_today(store):
    assert _by_today(store, FIRST_QUARTER) == {NORTH: 2}, "nobody has moved"
    _move(store)
    assert _by_today(store, FIRST_QUARTER) == {EAST: 2}
    assert _by_today(store, SECOND_QUARTER) == {EAST: 2}
    whole = cells_frame(store, NATION, period_id=FIRST_QUARTER)[list(COUNTS)].sum()
    regrouped = cells_by_tree(store, NATION, period_id=FIRST_QUARTER, on=SUMMER)[list(COUNTS)].sum()
    assert whole.equals(regrouped), "the same tasks, otherwise grouped"


def test_regrouping_keeps_to_the_scope(store):
    _move(store)
    asked = {"period_id": FIRST_QUARTER, "on": SUMMER}
    north, east = (cells_by_tree(store, Scope(frozenset({unit})), **asked) for unit in (NORTH, EAST))
    assert north["tasks"].sum() == 0
    assert east["tasks"].sum() == 2


def test_regrouping_honours_the_vintage(store):
    _move(store)
    with at(SUMMER + timedelta(1)):
        past.keep_past_day(store, notice_id=1, year=YEAR, known_on=SPRING)
        known = Vintage(known_on=SPRING)
        cells = cells_frame(store, NATION, period_id=FIRST_QUARTER, vintage=known)
        assert cells.groupby("unit_id")["tasks"].sum().to_dict() == {NORTH: 2}
        assert _by_today(store, FIRST_QUARTER, vintage=known) == {EAST: 2}
        assert _by_today(store, FIRST_QUARTER, vintage=Vintage(published=True)) == {EAST: 2}


def test_a_move_to_come_moves_nothing_until_its_day(store):
    day = SUMMER + timedelta(10)
    _move(store, starts_on=day)
    assert _tasks(store, SECOND_QUARTER) == {NORTH: 2}
    with at(day):
        summaries.keep_current(store)
        assert _tasks(store, SECOND_QUARTER) == {EAST: 2}
        assert _tasks(store, FIRST_QUARTER) == {NORTH: 2}
        assert _agrees(store)


def test_a_move_to_come_is_called_off_by_staying(store):
    _move(store, starts_on=SUMMER + timedelta(10))
    _move(store, NORTH, starts_on=SUMMER + timedelta(5))
    spans = places_frame(store, authority_id=TOWN)
    assert spans["parent_name"].tolist() == ["北省主管部门"]
    assert pd.isna(spans["ended_on"].iloc[0])


def test_what_was_entered_wrongly_today_is_put_right_today(store):
    _move(store)
    _move(store, SOUTH)
    assert _tasks(store, SECOND_QUARTER) == {SOUTH: 2}
    assert len(places_frame(store, authority_id=TOWN)) == 2
    _move(store, NORTH)
    assert _tasks(store, SECOND_QUARTER) == {NORTH: 2}
    assert len(places_frame(store, authority_id=TOWN)) == 1
    assert _agrees(store)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"starts_on": SUMMER - timedelta(1)}, "hierarchy.in_the_past"),
        ({"parent_id": TOWN}, "hierarchy.does_not_fit"),
        ({"parent_id": NORTH}, "hierarchy.same"),
        ({"authority_id": NORTH}, "hierarchy.stands_alone"),
        ({"authority_id": SOUTH, "parent_id": TOWN}, "hierarchy.does_not_fit"),
        ({"reason": " "}, "validation.required"),
    ],
)
def test_a_move_that_cannot_be_is_refused(store, asked, why):
    given_ = {"authority_id": TOWN, "parent_id": EAST, "starts_on": SUMMER, "reason": "区划调整", **asked}
    refused = refusal_of(move_authority, store, by=people().administrator, **given_)
    assert [message.key for message in refused.messages] == [why]


def test_a_county_cannot_stand_under_what_stands_under_it(store):
    with store.write(None) as tx:
        county = tx.add(
            Authority(code="9", code_standard="t", name="县", short_name="县", kind=AuthorityKind.COUNTY)
        )
        tx.add(
            AuthorityParent(
                authority_id=county.id, parent_id=TOWN, relation=Relation.PART_OF, starts_on=date(2000, 1, 1)
            )
        )
        tx.audit("plant", county)
        key = county.id
    _move(store)
    with store.read() as session:
        assert authorities_under(session, EAST, on=SUMMER) == {EAST, TOWN, key}, "it went along"
    _move(store, NORTH, authority_id=key)
    with store.read() as session:
        assert authorities_under(session, EAST, on=SUMMER) == {EAST, TOWN}


def test_what_was_placed_only_today_is_placed_elsewhere_today(store):
    with store.write(None) as tx:
        new = tx.add(
            Authority(code="9", code_standard="t", name="新市", short_name="新市", kind=AuthorityKind.CITY)
        )
        place = {"authority_id": new.id, "relation": Relation.PART_OF, "starts_on": SUMMER}
        tx.add(AuthorityParent(parent_id=NORTH, **place))
        tx.audit("plant", new)
        key = new.id
    _move(store, EAST, authority_id=key)
    assert places_frame(store, authority_id=key)["parent_name"].tolist() == ["东省主管部门"]


def test_a_host_is_exchanged_from_a_day_on(store):
    _move(store, EAST, authority_id=SOUTH)
    then, today = (
        units_frame(store, on=on).set_index("unit_id")["host_id"][SOUTH] for on in (SPRING, SUMMER)
    )
    assert (then, today) == (NORTH, EAST)
    assert _tasks(store, SECOND_QUARTER) == {NORTH: 2}, "the town stays where it is"


def test_authorities_are_found_by_name_code_and_kind(store):
    found = authorities_frame(store, on=SUMMER)
    assert found["authority_id"].tolist() == [NORTH, SOUTH, TOWN, EAST]
    assert found["parent_id"].fillna(0).tolist() == [0, NORTH, NORTH, 0]
    assert authorities_frame(store, on=SUMMER, text="一市")["authority_id"].tolist() == [TOWN]
    assert authorities_frame(store, on=SUMMER, text="2000")["authority_id"].tolist() == [SOUTH]
    cities = authorities_frame(store, on=SUMMER, kind=AuthorityKind.CITY)
    assert cities["authority_id"].tolist() == [TOWN]
    _move(store, starts_on=SUMMER + timedelta(3))
    assert authorities_frame(store, on=SUMMER, text="一市")["parent_name"].tolist() == ["东省主管部门"]


def test_only_those_under_whom_it_may_stand_are_offered(store):
    on = {"on": SUMMER}
    cities = parents_frame(store, kind=AuthorityKind.CITY, relation=Relation.PART_OF, **on)
    assert cities["authority_id"].tolist() == [NORTH, SOUTH, EAST]
    counties = parents_frame(store, kind=AuthorityKind.COUNTY, relation=Relation.PART_OF, **on)
    assert TOWN in counties["authority_id"].tolist()
    hosts = parents_frame(store, kind=AuthorityKind.SEPARATE_PLAN_CITY, relation=Relation.HOSTED_BY, **on)
    assert hosts["authority_id"].tolist() == [NORTH, EAST]


STEPS = st.lists(st.tuples(st.sampled_from((NORTH, EAST, SOUTH)), st.integers(0, 30)), min_size=1, max_size=4)


@settings(max_examples=8)
@given(steps=STEPS)
def test_whatever_moves_what_was_over_stays_and_summaries_equal_their_recomputation(
    databases, tmp_path, steps
):
    folder = tmp_path / f"walk-{datetime.now().timestamp()}"  # noqa: DTZ005 -- only a name of its own
    for store in lend(databases, databases.fresh(country, folder)):
        today = SUMMER
        for parent_id, days in steps:
            with at(today):
                if not store_is_under(store, parent_id, today):
                    _move(store, parent_id, starts_on=today)
                assert _tasks(store, FIRST_QUARTER) == {NORTH: 2}
                assert _agrees(store)
                assert sum(_by_today(store, FIRST_QUARTER, on=today).values()) == 2
            today += timedelta(days)
            with at(today):
                summaries.keep_current(store)


def store_is_under(store: Store, parent_id: int, on: date) -> bool:
    """Whether the town stands there already."""
    with store.read() as session:
        return TOWN in authorities_under(session, parent_id, on=on)
