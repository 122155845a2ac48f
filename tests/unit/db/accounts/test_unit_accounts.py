"""Accounts that a unit keeps itself: within its reach and its quota, and what becomes of those of a unit that ends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from db.accounts import unit_actions as acts
from db.accounts.actions import NewAccount, create_account, grant_role, set_active
from db.accounts.queries import accounts_frame, signed_in_by_hash
from db.accounts.sign_in_actions import sign_in, token_hash
from db.authorities.standing import standing_names
from db.hierarchy.ending_actions import dissolve_authority, merge_authorities
from db.identity import SignedIn
from db.site.actions import change_setting
from db.store import Store
from db.tables import Account, AuditEvent, Officer
from tests.conftest import beginning
from tests.support.factories import NORTH, SOUTH, TOWN, YEAR, another_unit, at, people, small_country
from tests.support.trail import last_event, only, row
from tracking.messages import Refusal
from tracking.vocabulary import Role

DAY = date(YEAR, 3, 20)
EAST = 4


def _begin(store: Store) -> None:
    with at(DAY):
        small_country(store)
        another_unit(store)


store = beginning(_begin)


@pytest.fixture(autouse=True)
def _today():
    with at(DAY):
        yield


def opened(store: Store, authority_id: int = TOWN, name: str = "town.officer", **changed) -> NewAccount:
    asked = {
        "authority_id": authority_id,
        "sign_in_name": name,
        "name": "某人",
        "role": Role.REPORTING_OFFICER,
    }
    return acts.open_unit_account(store, by=people().signatory, **{**asked, **changed})


def refused(action: Callable[..., object], *given: object, **asked: object) -> str:
    with pytest.raises(Refusal) as refusal:
        action(*given, **asked)
    return refusal.value.messages[0].key


def test_a_signatory_opens_accounts_of_the_own_unit_and_of_those_beneath_it(store: Store):
    made = opened(store)
    _, by = sign_in(store, sign_in_name=made.sign_in_name, password=made.password)
    assert (by.authority_id, by.roles, by.must_change_password) == (TOWN, {Role.REPORTING_OFFICER}, True)
    opened(store, NORTH, "north.second", officer_id=1, role=Role.SIGNATORY)
    assert refused(opened, store, SOUTH, "south.second") == "permission.other_authority"
    assert refused(opened, store, NORTH, "x.y.z", officer_id=3) == "account.officer_elsewhere"
    assert refused(opened, store, name="member.two", role=Role.MEMBER) == "account.role_not_of_a_unit"


def test_only_the_accounts_within_reach_are_listed(store: Store):
    opened(store)
    create_account(store, by=None, sign_in_name="member", officer_id=4)
    assert accounts_frame(store, within=frozenset({NORTH, TOWN}))["sign_in_name"].tolist() == ["town.officer"]
    assert len(accounts_frame(store)) == 2


def test_a_unit_has_no_more_accounts_in_use_than_its_quota(store: Store):
    change_setting(store, by=people().administrator, key="account_quota", value=1)
    made = opened(store)
    assert refused(opened, store, name="town.second") == "account.quota_reached"
    switch = {"by": people().signatory, "account_id": made.account_id}
    acts.set_unit_account_active(store, active=False, **switch)
    opened(store, name="town.second")
    assert refused(acts.set_unit_account_active, store, active=True, **switch) == "account.quota_reached"
    acts.set_unit_account_active(store, active=False, **switch)


def test_roles_and_passwords_are_kept_but_never_ones_own_and_never_of_an_administrator(store: Store):
    made, by = opened(store), people().signatory
    acts.grant_unit_role(store, by=by, account_id=made.account_id, role=Role.SIGNATORY)
    acts.revoke_unit_role(store, by=by, account_id=made.account_id, role=Role.REPORTING_OFFICER)
    fresh = acts.reset_unit_password(store, by=by, account_id=made.account_id)
    assert sign_in(store, sign_in_name="town.officer", password=fresh.password)[1].roles == {Role.SIGNATORY}
    own = create_account(store, by=None, sign_in_name="north.signatory", officer_id=2)
    asked = {"by": by, "account_id": own.account_id, "role": Role.SIGNATORY}
    assert refused(acts.revoke_unit_role, store, **asked) == "account.not_own"
    grant_role(store, by=None, officer_id=made.officer_id, role=Role.SYSTEM_ADMINISTRATOR)
    again = {"by": by, "account_id": made.account_id}
    assert refused(acts.reset_unit_password, store, **again) == "account.not_of_the_unit"


def merged(store: Store, starts_on: date) -> None:
    merge_authorities(
        store,
        by=people().administrator,
        authority_ids=[SOUTH],
        successor_id=EAST,
        starts_on=starts_on,
        reason="机构改革",
    )


def successor() -> SignedIn:
    """The signatory of the unit that goes on."""
    beneath = frozenset({SOUTH})
    return SignedIn(2, "东", EAST, frozenset({Role.SIGNATORY}), "east", beneath=beneath, inherits=beneath)


def test_accounts_end_with_their_unit_and_its_successor_takes_them_over(store: Store):
    made = create_account(store, by=None, sign_in_name="south.officer", officer_id=3)
    token, _ = sign_in(store, sign_in_name="south.officer", password=made.password)
    merged(store, DAY + timedelta(10))
    assert only(store, AuditEvent, action="merge_authority").detail["accounts"] == 1
    assert (
        refused(acts.take_over_account, store, by=successor(), account_id=made.account_id)
        == "account.unit_stands"
    )
    with at(DAY + timedelta(10)):
        assert signed_in_by_hash(store, token_hash(token)) is None
        asked = {"sign_in_name": "south.officer", "password": made.password}
        assert refused(sign_in, store, **asked) == "sign_in.unit_merged"
        assert refused(opened_at, store, SOUTH) == "account.unit_ended"
        acts.take_over_account(store, by=successor(), account_id=made.account_id)
        assert last_event(store).action == "take_over_account"
        _, by = sign_in(store, **asked)
    assert by.authority_id == EAST
    assert row(store, Account, made.account_id).active
    assert row(store, Officer, 3).authority_id == EAST


def test_an_account_that_is_switched_off_is_taken_over_beyond_the_quota_and_stays_off(store: Store):
    made = create_account(store, by=None, sign_in_name="south.officer", officer_id=3)
    set_active(store, by=people().administrator, account_id=made.account_id, active=False)
    opened_at(store, EAST)
    change_setting(store, by=people().administrator, key="account_quota", value=1)
    merged(store, DAY + timedelta(10))
    with at(DAY + timedelta(10)):
        acts.take_over_account(store, by=successor(), account_id=made.account_id)
    assert not row(store, Account, made.account_id).active


def opened_at(store: Store, authority_id: int) -> NewAccount:
    asked = {"sign_in_name": "new.person", "name": "某人", "role": Role.SIGNATORY}
    return acts.open_unit_account(store, by=successor(), authority_id=authority_id, **asked)


def test_accounts_of_a_unit_that_was_dissolved_say_so_and_it_is_not_offered(store: Store):
    made = create_account(store, by=None, sign_in_name="east.officer", name="东", authority_id=EAST)
    ending = {"by": people().administrator, "authority_id": EAST, "reason": "撤销"}
    dissolve_authority(store, starts_on=DAY + timedelta(1), **ending)
    assert EAST in standing_names(store, on=DAY)
    with at(DAY + timedelta(1)):
        assert refused(sign_in, store, sign_in_name="east.officer", password=made.password) == (
            "sign_in.unit_dissolved"
        )
        assert EAST not in standing_names(store, on=DAY + timedelta(1))
        assert list(standing_names(store, on=DAY, within=frozenset({NORTH}))) == [NORTH]
