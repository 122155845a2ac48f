"""Accounts and roles on the real store: who may make, reset, switch and grant, and what follows at once."""

from datetime import date

import pytest

from db import passwords
from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.accounts.actions import NewAccount
from db.accounts.queries import accounts_frame, signed_in_by_hash
from db.site import actions as site
from db.store import Store
from db.tables import Account
from tests.support.cheaply import STRONG
from tests.support.factories import NORTH, at, people, small_country
from tests.support.trail import last_event, refusal_of, row
from tracking.messages import Refusal
from tracking.vocabulary import Language, Role

CHOSEN = "Plain-Words-2026"


@pytest.fixture(autouse=True)
def _country(store: Store):
    with at(date(2026, 3, 20)):
        small_country(store)
        yield


def made(store: Store, sign_in_name: str = "zhang.san", *roles: Role, **asked) -> NewAccount:
    return accounts.create_account(
        store, by=None, sign_in_name=sign_in_name, **{"name": "张三", "roles": roles, **asked}
    )


def signed_in(store: Store, account: NewAccount):
    token, by = sign_ins.sign_in(store, sign_in_name=account.sign_in_name, password=account.password)
    return sign_ins.token_hash(token), by


def administrators(store: Store):
    """The system administrator and the security administrator, signed in."""
    return tuple(
        signed_in(store, made(store, name, role, name=name))[1]
        for name, role in (("sys", Role.SYSTEM_ADMINISTRATOR), ("sec", Role.SECURITY_ADMINISTRATOR))
    )


def keys(refused: Refusal) -> list[str]:
    return [message.key for message in refused.messages]


def test_a_new_account_opens_with_its_initial_password_which_must_be_changed(store: Store):
    _, by = signed_in(store, made(store, " Zhang.San ", Role.REPORTING_OFFICER, authority_id=NORTH))
    assert (by.sign_in_name, by.authority_id, by.roles) == ("zhang.san", NORTH, {Role.REPORTING_OFFICER})
    assert by.must_change_password


def test_an_officer_known_already_is_given_an_account_once(store: Store):
    officer_id = people().officer.officer_id
    assert made(store, "first", officer_id=officer_id).officer_id == officer_id
    assert keys(refusal_of(made, store, "second", officer_id=officer_id)) == ["account.officer_has_one"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"sign_in_name": "a"}, "account.name_malformed"),
        ({"sign_in_name": "张三"}, "account.name_malformed"),
        ({"sign_in_name": "<b>abc"}, "account.name_malformed"),
        ({"sign_in_name": "taken"}, "account.name_taken"),
        ({"sign_in_name": "TAKEN"}, "account.name_taken"),
        ({"name": "  "}, "account.officer_needs_name"),
        ({"authority_id": 999}, "store.not_found"),
        ({"officer_id": 999}, "store.not_found"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_leaves_nothing(store: Store, asked, reason):
    made(store, "taken")
    before = store.data_version()
    assert keys(refusal_of(made, store, **asked)) == [reason]
    assert store.data_version() == before


def test_making_and_resetting_need_their_right(store: Store):
    system, security = administrators(store)
    account = accounts.create_account(store, by=system, sign_in_name="by.system", name="李四")
    accounts.reset_password(store, by=system, account_id=account.account_id)
    assert keys(
        refusal_of(accounts.create_account, store, by=security, sign_in_name="by.security", name="王五")
    ) == ["permission.right_missing"]
    assert keys(refusal_of(accounts.reset_password, store, by=security, account_id=account.account_id)) == [
        "permission.right_missing"
    ]


def test_a_reset_ends_every_sign_in_and_opens_a_locked_account(store: Store):
    system, _ = administrators(store)
    account = made(store)
    session_hash, _ = signed_in(store, account)
    for _ in range(sign_ins.FAILURES_ALLOWED):
        refusal_of(sign_ins.sign_in, store, sign_in_name="zhang.san", password="wrong")
    fresh = accounts.reset_password(store, by=system, account_id=account.account_id)
    assert signed_in_by_hash(store, session_hash) is None
    assert signed_in(store, fresh)[1].must_change_password


def test_an_administrators_password_is_reset_at_the_command_line_only(store: Store):
    system, _ = administrators(store)
    auditor = made(store, "auditor", Role.AUDIT_ADMINISTRATOR)
    refused = refusal_of(accounts.reset_password, store, by=system, account_id=auditor.account_id)
    assert keys(refused) == ["account.administrators_reset"]
    assert signed_in(store, accounts.reset_password(store, by=None, account_id=auditor.account_id))


def test_an_account_switched_off_is_out_at_once_and_stays_out(store: Store):
    system, _ = administrators(store)
    account = made(store)
    session_hash, _ = signed_in(store, account)
    accounts.set_active(store, by=system, account_id=account.account_id, active=False)
    assert signed_in_by_hash(store, session_hash) is None
    assert keys(refusal_of(signed_in, store, account)) == ["sign_in.switched_off"]
    accounts.set_active(store, by=system, account_id=account.account_id, active=True)
    assert signed_in(store, account)
    assert signed_in_by_hash(store, session_hash) is None


def test_nobody_switches_off_the_own_account(store: Store):
    system, _ = administrators(store)
    own = accounts_frame(store).set_index("sign_in_name").loc["sys", "account_id"]
    refused = refusal_of(accounts.set_active, store, by=system, account_id=int(own), active=False)
    assert keys(refused) == ["account.not_own"]


def test_the_security_administrator_grants_and_revokes_from_the_next_click_on(store: Store):
    _, security = administrators(store)
    account = made(store)
    session_hash, by = signed_in(store, account)
    assert by.roles == frozenset()
    accounts.grant_role(store, by=security, officer_id=account.officer_id, role=Role.MEMBER)
    assert signed_in_by_hash(store, session_hash).roles == {Role.MEMBER}
    accounts.revoke_role(store, by=security, officer_id=account.officer_id, role=Role.MEMBER)
    assert signed_in_by_hash(store, session_hash).roles == frozenset()
    refused = refusal_of(
        accounts.revoke_role, store, by=security, officer_id=account.officer_id, role=Role.MEMBER
    )
    assert keys(refused) == ["store.not_found"]


def test_nobody_changes_the_own_roles(store: Store):
    _, security = administrators(store)
    for change in (accounts.grant_role, accounts.revoke_role):
        refused = refusal_of(change, store, by=security, officer_id=security.officer_id, role=Role.MEMBER)
        assert keys(refused) == ["account.not_own"]


def test_the_system_administrator_grants_nothing(store: Store):
    system, _ = administrators(store)
    account = made(store)
    refused = refusal_of(
        accounts.grant_role, store, by=system, officer_id=account.officer_id, role=Role.MEMBER
    )
    assert keys(refused) == ["permission.right_missing"]
    refused = refusal_of(
        accounts.create_account, store, by=system, sign_in_name="new", name="李四", roles=[Role.MEMBER]
    )
    assert keys(refused) == ["permission.right_missing"]
    assert "new" not in set(accounts_frame(store)["sign_in_name"])


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (Role.AUDIT_ADMINISTRATOR, "account.role_held"),
        (Role.SYSTEM_ADMINISTRATOR, "account.roles_apart"),
        (Role.SIGNATORY, "account.role_needs_unit"),
    ],
)
def test_a_role_that_does_not_fit_is_refused(store: Store, role, reason):
    account = made(store, "auditor", Role.AUDIT_ADMINISTRATOR)
    refused = refusal_of(accounts.grant_role, store, by=None, officer_id=account.officer_id, role=role)
    assert keys(refused) == [reason]


def test_two_administrator_roles_meet_on_a_small_site_only(store: Store):
    system, security = administrators(store)
    account = made(store, "auditor", Role.AUDIT_ADMINISTRATOR)
    site.change_setting(store, by=system, key="small_site", value=True)
    accounts.grant_role(store, by=security, officer_id=account.officer_id, role=Role.SYSTEM_ADMINISTRATOR)
    assert len(signed_in(store, account)[1].roles) == 2


def test_an_own_password_needs_the_current_one_and_ends_the_other_sign_ins(store: Store):
    account = made(store)
    elsewhere, _ = signed_in(store, account)
    here, by = signed_in(store, account)
    change = {"by": by, "current": account.password, "password": CHOSEN, "session_hash": here}
    accounts.change_own_password(store, **change)
    assert signed_in_by_hash(store, elsewhere) is None
    assert not signed_in_by_hash(store, here).must_change_password
    assert sign_ins.sign_in(store, sign_in_name="zhang.san", password=CHOSEN)


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("short", ["account.password_short"]),
        ("my-Zhang.San-word", ["account.password_has_name"]),
        ("x" * 200, ["account.password_long"]),
        ("zhang.san", ["account.password_short", "account.password_has_name"]),
    ],
)
def test_a_password_that_does_not_do_is_refused_with_every_reason(store: Store, password, reasons):
    account = made(store)
    here, by = signed_in(store, account)
    refused = refusal_of(
        accounts.change_own_password,
        store,
        by=by,
        current=account.password,
        password=password,
        session_hash=here,
    )
    assert keys(refused) == reasons
    assert set(refused.fields) == {"password"}


def test_the_same_password_again_is_no_change(store: Store):
    account = made(store)
    here, by = signed_in(store, account)
    same = {"current": account.password, "password": account.password}
    refused = refusal_of(accounts.change_own_password, store, by=by, session_hash=here, **same)
    assert keys(refused) == ["account.password_same"]


def test_guessing_the_current_password_locks_the_account(store: Store):
    account = made(store)
    here, by = signed_in(store, account)
    guess = {"by": by, "current": "guess", "password": CHOSEN, "session_hash": here}
    for _ in range(sign_ins.FAILURES_ALLOWED - 1):
        assert keys(refusal_of(accounts.change_own_password, store, **guess)) == ["account.current_wrong"]
    assert keys(refusal_of(accounts.change_own_password, store, **guess)) == ["sign_in.locked"]
    guess["current"] = account.password
    assert keys(refusal_of(accounts.change_own_password, store, **guess)) == ["sign_in.locked"]


def test_the_language_is_remembered_by_the_account(store: Store):
    account = made(store)
    session_hash, by = signed_in(store, account)
    accounts.set_language(store, by=by, language=Language.EN)
    assert signed_in_by_hash(store, session_hash).language is Language.EN
    assert signed_in(store, account)[1].language is Language.EN
    assert last_event(store).action == "sign_in"


def test_unlocking_is_the_security_administrators(store: Store):
    system, security = administrators(store)
    account = made(store)
    for _ in range(sign_ins.FAILURES_ALLOWED):
        refusal_of(sign_ins.sign_in, store, sign_in_name="zhang.san", password="wrong")
    refused = refusal_of(accounts.unlock_account, store, by=system, account_id=account.account_id)
    assert keys(refused) == ["permission.right_missing"]
    accounts.unlock_account(store, by=security, account_id=account.account_id)
    assert signed_in(store, account)


def test_the_list_of_accounts_tells_everything_an_administrator_needs_and_no_secret(store: Store):
    made(store, "zhang.san", Role.REPORTING_OFFICER, Role.SIGNATORY, authority_id=NORTH)
    signed_in(store, made(store, "alone", name="李四"))
    frame = accounts_frame(store).set_index("sign_in_name")
    assert list(frame.index) == ["zhang.san", "alone"]
    assert frame.loc["zhang.san", "roles"] == (Role.REPORTING_OFFICER, Role.SIGNATORY)
    assert frame.loc["zhang.san", "authority_name"] == "北省主管部门"
    assert frame.loc["alone", "authority_id"] is None
    assert frame.loc["alone", "last_signed_in_at"].utcoffset() is not None
    assert frame.loc["zhang.san", "last_signed_in_at"] is None
    assert "password_hash" not in frame.columns


def test_a_password_is_kept_as_an_argon2id_hash_only(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "_HASHER", STRONG)
    account = made(store)
    kept = row(store, Account, account.account_id).password_hash
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(account.password, kept)
    assert not passwords.matches("x" * 1000, kept)
    assert not passwords.matches(account.password, None)


def test_a_sign_typed_in_two_ways_is_one_password():
    assert passwords.matches("cafe\u0301-und-mehr", passwords.hashed("caf\u00e9-und-mehr"))
