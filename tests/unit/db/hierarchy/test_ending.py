"""Merging and dissolving authorities: from a day on, with everything before left as it was."""

from dataclasses import replace
from datetime import date

import pytest

from db.accounts.queries import identity_of
from db.authorities.delegation import own_scope, with_delegated
from db.authorities.scope import NATION
from db.authorities.tree import merged_into
from db.figures import summaries
from db.hierarchy.actions import move_authority
from db.hierarchy.ending_actions import dissolve_authority, merge_authorities, withdraw_ending
from db.hierarchy.queries import (
    authorities_frame,
    children_frame,
    successors_frame,
)
from db.plans import actions as plans, carry_actions, task_actions
from db.plans.last_year import last_year_frame
from db.tables import Account, Authority, AuthorityParent, RoleGrant, Task
from db.updates import actions as updates
from tests.conftest import lend
from tests.support.changing_units import (
    EAST,
    LATER,
    SPRING,
    SUMMER,
    agrees,
    country,
    do,
    found,
    merge,
    tasks_by_unit,
    units_on,
    why_not,
)
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    SECOND_QUARTER,
    SOUTH,
    TOWN,
    YEAR,
    at,
    draft_plan,
    fairs_held,
    people,
    typed_task,
)
from tests.support.trail import last_event, refusal_of, row, rows
from tracking.vocabulary import AuthorityKind, Role


@pytest.fixture
def store(databases, tmp_path):
    for opened in lend(databases, databases.fresh(country, tmp_path / "data")):
        with at(SUMMER):
            yield opened


def test_a_merged_units_tasks_go_on_under_its_successor_with_their_history(store):
    merge(store)
    assert tasks_by_unit(store, FIRST_QUARTER) == {NORTH: 1}, "that period was over"
    assert tasks_by_unit(store, SECOND_QUARTER) == {EAST: 1}
    assert (units_on(store, SPRING), units_on(store)) == ([NORTH, SOUTH, EAST], [SOUTH, EAST])
    assert row(store, Task, 1).authority_id == NORTH, "the history stays its own"
    assert agrees(store)
    assert last_event(store).action == "merge_authority"
    below = children_frame(store, authority_id=EAST, on=SUMMER)
    assert below["authority_id"].tolist() == [SOUTH, TOWN], "those beneath go along"
    with store.read() as session:
        assert merged_into(session, EAST, SUMMER) == {NORTH}
    with at(LATER):
        merge(store, EAST, into=SOUTH, starts_on=LATER)
        with store.read() as session:
            assert merged_into(session, SOUTH, LATER) == {EAST, NORTH}
        assert tasks_by_unit(store, SECOND_QUARTER) == {SOUTH: 1}
        assert agrees(store)


def test_a_merger_to_come_moves_nothing_until_its_day(store):
    merge(store, starts_on=LATER)
    assert tasks_by_unit(store, SECOND_QUARTER) == {NORTH: 1}
    assert NORTH in units_on(store)
    with at(LATER):
        summaries.keep_current(store)
        assert tasks_by_unit(store, SECOND_QUARTER) == {EAST: 1}
        assert tasks_by_unit(store, FIRST_QUARTER) == {NORTH: 1}
        assert agrees(store)


def test_the_successors_officers_act_for_what_was_merged_as_for_their_own(store):
    with store.write(None) as tx:
        account = tx.add(Account(officer_id=1, sign_in_name="north", password_hash="x"))
        other = tx.add(Account(officer_id=3, sign_in_name="south", password_hash="x"))
        tx.add(RoleGrant(officer_id=3, role=Role.SIGNATORY, granted_at=tx.now))
        tx.audit("plant", account)
        key = other.id
    merge(store, NORTH, into=SOUTH)
    with store.read() as session:
        by = identity_of(session, session.get_one(Account, key))
    assert (by.authority_id, by.inherits) == (SOUTH, {NORTH})
    assert own_scope(by).authority_ids == {SOUTH, NORTH}
    assert with_delegated(store, by).beneath >= {NORTH}, "nobody of a dissolved authority is waited for"
    saved = updates.save_progress_update(
        store, by=by, task_id=1, period_id=SECOND_QUARTER, row_version=0, draft=fairs_held(3)
    )
    assert saved


def test_a_dissolved_authority_takes_no_new_plan(store):
    do(dissolve_authority, store, authority_id=EAST, starts_on=LATER)
    easterner = replace(people().officer, authority_id=EAST)
    refused = refusal_of(plans.start_plan, store, by=easterner, notice_id=1, authority_id=EAST, year=YEAR)
    assert [message.key for message in refused.messages] == ["hierarchy.takes_no_tasks"]
    assert units_on(store, LATER) == [NORTH, SOUTH]
    assert authorities_frame(store, on=LATER, gone=True)["authority_id"].tolist() == [EAST]
    assert EAST in authorities_frame(store, on=SUMMER)["authority_id"].tolist()


def test_a_draft_of_a_dissolved_authority_goes_nowhere(store):
    easterner = replace(people().southerner, authority_id=SOUTH)
    revision_id = draft_plan(store, easterner, typed_task(1, post_id=2))
    do(dissolve_authority, store, authority_id=SOUTH)
    refused = refusal_of(plans.request_plan_sign_off, store, by=easterner, revision_id=revision_id)
    assert [message.key for message in refused.messages] == ["hierarchy.takes_no_tasks"]


def test_a_merged_authoritys_plan_is_amended_but_takes_no_new_task(store):
    merge(store)
    cast = people()
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=1, reason="承接")
    plans.save_goals(store, by=cast.officer, revision_id=revision_id, row_version=1, goals="承接后的目标")
    asked = {"by": cast.officer, "revision_id": revision_id, "draft": typed_task(2)}
    refused = refusal_of(task_actions.add_task, store, **asked)
    assert [message.key for message in refused.messages] == ["hierarchy.takes_no_tasks"]


def test_next_year_the_successor_goes_on_with_what_was_merged(store):
    merge(store)
    new_year = date(YEAR + 1, 1, 4)
    with at(new_year):
        easterner = replace(people().officer, authority_id=EAST, inherits=frozenset({NORTH}))
        revision_id = plans.start_plan(store, by=easterner, notice_id=1, authority_id=EAST, year=YEAR + 1)
        assert last_year_frame(store, NATION, revision_id=revision_id)["task_id"].tolist() == [1]
        carry_actions.take_over_tasks(store, by=easterner, revision_id=revision_id, on=[1])
    (heir,) = rows(store, Task, continues_id=1)
    assert heir.authority_id == EAST


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"authority_ids": []}, "hierarchy.none_chosen"),
        ({"authority_ids": [EAST]}, "hierarchy.cannot_take_over"),
        ({"successor_id": TOWN}, "hierarchy.cannot_take_over"),
        ({"starts_on": SPRING}, "hierarchy.in_the_past"),
    ],
)
def test_a_merger_that_cannot_be_is_refused(store, asked, why):
    assert why_not(merge_authorities, store, **{"authority_ids": [NORTH], "successor_id": EAST, **asked}) == [
        why
    ]


def test_no_unit_ends_with_tasks_or_others_under_it(store):
    assert why_not(dissolve_authority, store, authority_id=NORTH) == ["hierarchy.others_beneath"]
    for one in (SOUTH, TOWN):
        do(move_authority, store, authority_id=one, parent_id=EAST)
    refused = refusal_of(do, dissolve_authority, store, authority_id=NORTH)
    assert refused.messages[0].key == "hierarchy.tasks_left"
    assert "办展" in refused.messages[0].values["titles"] or refused.messages[0].values["count"] == 1
    next_year = date(YEAR + 1, 1, 1)
    assert why_not(dissolve_authority, store, authority_id=NORTH, starts_on=next_year) == [
        "hierarchy.tasks_left"
    ]


def test_no_unit_ends_while_its_plan_is_under_way(store):
    revision_id = draft_plan(store, people().southerner, typed_task(1, post_id=2))
    plans.request_plan_sign_off(store, by=people().southerner, revision_id=revision_id)
    assert why_not(dissolve_authority, store, authority_id=SOUTH) == ["hierarchy.plan_under_way"]


def test_what_is_dissolved_is_left_alone(store):
    do(dissolve_authority, store, authority_id=EAST)
    assert why_not(dissolve_authority, store, authority_id=EAST) == ["hierarchy.dissolved"]
    assert why_not(move_authority, store, authority_id=TOWN, parent_id=EAST) == ["hierarchy.dissolved"]
    with at(LATER):
        why = refusal_of(withdraw_ending, store, by=people().administrator, authority_id=EAST)
        assert why.messages[0].key == "hierarchy.nothing_to_withdraw"
    assert successors_frame(store, authority_id=NORTH, kind=AuthorityKind.PROVINCE, on=SUMMER)[
        "authority_id"
    ].tolist() == [SOUTH]


def test_an_end_is_taken_back_until_its_day_is_over(store):
    merge(store, SOUTH, starts_on=LATER)
    merge(store, NORTH)
    for one in (SOUTH, NORTH):
        withdraw_ending(store, by=people().administrator, authority_id=one)
    assert units_on(store, LATER) == [NORTH, SOUTH, EAST]
    assert tasks_by_unit(store, SECOND_QUARTER) == {NORTH: 1}
    assert agrees(store)


def test_an_end_that_is_taken_back_leaves_earlier_moves_as_they_were(store):
    do(move_authority, store, authority_id=TOWN, parent_id=SOUTH, starts_on=SUMMER)
    do(dissolve_authority, store, authority_id=TOWN, starts_on=LATER)
    withdraw_ending(store, by=people().administrator, authority_id=TOWN)
    spans = [
        (row.parent_id, row.starts_on, row.ends_on) for row in rows(store, AuthorityParent, authority_id=TOWN)
    ]
    assert [span[0] for span in spans if span[2] is None] == [SOUTH]
    assert (SOUTH, SUMMER, None) in spans


def test_nobody_is_changed_before_it_is_founded_or_where_nothing_is_covered(store):
    key = found(store, starts_on=LATER)
    assert why_not(dissolve_authority, store, authority_id=key) == ["hierarchy.not_founded_yet"]
    on_its_day = {"authority_id": key, "starts_on": LATER}
    assert why_not(dissolve_authority, store, **on_its_day) == ["hierarchy.founded_that_day"]
    merged = {"authority_ids": [key], "successor_id": EAST, "starts_on": LATER}
    assert why_not(merge_authorities, store, **merged) == ["hierarchy.founded_that_day"]
    with store.write(None) as tx:
        tx.session.get_one(Authority, EAST).reports = False
        tx.audit("plant", tx.session.get_one(Authority, EAST))
    assert why_not(dissolve_authority, store, authority_id=EAST) == ["hierarchy.not_covered"]
