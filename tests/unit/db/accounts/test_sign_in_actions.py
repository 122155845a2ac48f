"""Sign-ins on the real store: what is kept, what locks, what ends one, and what counts as being there."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db import clock
from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.accounts.queries import signed_in_by_hash
from db.accounts.sign_in_actions import FAILURES_ALLOWED, LOCKED_FOR, token_hash
from db.store import Store
from db.tables import AuditEvent, SignIn
from tests.support.factories import at
from tests.support.trail import last_event, refusal_of
from tracking.vocabulary import Role


@pytest.fixture
def clock_hand(store: Store):
    with at(date(2026, 3, 20)) as hand:
        yield hand


@pytest.fixture
def account(store: Store, clock_hand):
    return accounts.create_account(store, by=None, sign_in_name="zhang.san", name="张三", roles=[Role.MEMBER])


def enter(store: Store, account, password: str | None = None):
    return sign_ins.sign_in(store, sign_in_name=account.sign_in_name, password=password or account.password)


def fail(store: Store, account) -> list[str]:
    return [message.key for message in refusal_of(enter, store, account, "wrong").messages]


def actions(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(AuditEvent.action).order_by(AuditEvent.number)))


def test_of_a_token_only_its_digest_is_kept(store: Store, account):
    token, by = enter(store, account)
    with store.read() as session:
        (kept,) = session.exec(select(SignIn)).all()
    assert kept.token_hash == token_hash(token) != token
    assert len(token) >= 43
    assert signed_in_by_hash(store, token_hash(token)) == by
    assert signed_in_by_hash(store, token_hash("another")) is None
    assert last_event(store).officer_id == by.officer_id


def test_the_name_is_found_whatever_its_capitals(store: Store, account):
    assert sign_ins.sign_in(store, sign_in_name=" ZHANG.San", password=account.password)


def test_an_unknown_name_and_a_wrong_password_are_refused_alike(store: Store, account):
    assert fail(store, account) == ["sign_in.wrong"]
    refused = refusal_of(sign_ins.sign_in, store, sign_in_name="nobody", password="wrong")
    assert [message.key for message in refused.messages] == ["sign_in.wrong"]


def test_five_failures_lock_for_fifteen_minutes_whatever_the_password(store: Store, account, clock_hand):
    for _ in range(FAILURES_ALLOWED - 1):
        assert fail(store, account) == ["sign_in.wrong"]
    assert fail(store, account) == ["sign_in.locked"]
    assert actions(store)[-2:] == ["fail_sign_in", "lock_account"]
    refused = refusal_of(enter, store, account)
    assert refused.messages[0].values["until"] == "10:15"
    clock_hand.shift(LOCKED_FOR + timedelta(seconds=1))
    assert enter(store, account)


def test_a_locked_account_costs_no_hash(store: Store, account, monkeypatch: pytest.MonkeyPatch):
    for _ in range(FAILURES_ALLOWED):
        fail(store, account)
    monkeypatch.setattr("db.passwords.matches", lambda *_: pytest.fail("a password was hashed"))
    assert fail(store, account) == ["sign_in.locked"]


def test_a_success_forgets_the_failures_before_it(store: Store, account):
    for _ in range(FAILURES_ALLOWED - 1):
        fail(store, account)
    enter(store, account)
    assert fail(store, account) == ["sign_in.wrong"]


def test_a_lock_does_not_throw_out_whoever_is_in_already(store: Store, account):
    token, _ = enter(store, account)
    for _ in range(FAILURES_ALLOWED):
        fail(store, account)
    assert sign_ins.resolve(store, token_hash(token))


def test_an_idle_sign_in_is_over_and_one_in_use_is_not(store: Store, account, clock_hand):
    used, idle = (token_hash(enter(store, account)[0]) for _ in range(2))
    for _ in range(4):
        clock_hand.shift(timedelta(minutes=store.settings.idle_minutes - 1))
        assert sign_ins.resolve(store, used)
    assert sign_ins.resolve(store, idle) is None
    assert signed_in_by_hash(store, idle) is None


def test_being_asked_about_is_no_action(store: Store, account, clock_hand):
    session_hash = token_hash(enter(store, account)[0])
    for _ in range(2):
        clock_hand.shift(timedelta(minutes=store.settings.idle_minutes * 2 // 3))
        found = signed_in_by_hash(store, session_hash)
    assert found is None


def test_actions_within_a_minute_are_counted_once(store: Store, account, clock_hand):
    session_hash = token_hash(enter(store, account)[0])
    began = clock.now()
    for seconds, counted in ((30, 0), (31, 61), (30, 61)):
        clock_hand.shift(timedelta(seconds=seconds))
        sign_ins.resolve(store, session_hash)
        with store.read() as session:
            assert session.exec(select(SignIn.last_action_at)).one() == began + timedelta(seconds=counted)


def test_signing_out_ends_that_sign_in_and_no_other(store: Store, account):
    (token, by), (other, _) = enter(store, account), enter(store, account)
    sign_ins.sign_out(store, by=by, session_hash=token_hash(token))
    assert sign_ins.resolve(store, token_hash(token)) is None
    assert sign_ins.resolve(store, token_hash(other))
    refused = refusal_of(sign_ins.sign_out, store, by=by, session_hash=token_hash(token))
    assert refused.messages[0].key == "store.not_found"


def test_the_security_administrator_ends_all_sign_ins_of_an_officer(store: Store, account):
    hashes = [token_hash(enter(store, account)[0]) for _ in range(2)]
    guard = accounts.create_account(
        store, by=None, sign_in_name="guard", name="安全", roles=[Role.SECURITY_ADMINISTRATOR]
    )
    _, by = enter(store, guard)
    assert sign_ins.end_sign_ins(store, by=by, officer_id=account.officer_id) == 2
    assert [signed_in_by_hash(store, found) for found in hashes] == [None, None]
    assert (last_event(store).action, last_event(store).detail) == ("end_sign_ins", {"ended": 2, "tokens": 0})
    _, member = enter(store, account)
    refused = refusal_of(sign_ins.end_sign_ins, store, by=member, officer_id=by.officer_id)
    assert refused.messages[0].key == "permission.right_missing"
