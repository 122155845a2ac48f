"""Tokens at the store: what may be issued, to whom, how many, and that only their digest is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db import passwords
from db.accounts import token_actions as api_tokens
from db.accounts.actions import change_own_password, reset_password, set_active
from db.accounts.sign_in_actions import end_sign_ins
from db.accounts.token_actions import LONGEST_DAYS, TOKENS_AT_MOST, issue_token, resolve_token, revoke_token
from db.accounts.token_queries import tokens_frame
from db.audit.queries import AuditFilter, audit_frame
from db.identity import SignedIn
from db.store import NotFound, Store
from db.tables import Account, ApiToken
from tests.support.factories import YEAR, at, people, small_country
from tests.support.trail import last_event
from tracking.messages import Refusal
from tracking.vocabulary import Role, TokenScope

DAY = date(YEAR, 3, 20)


@pytest.fixture
def country(store: Store) -> Store:
    """The small country, whose first officer has an account."""
    small_country(store)
    with store.write(None) as tx:
        account = Account(officer_id=1, sign_in_name="north", password_hash="x", must_change_password=False)
        tx.audit("plant", tx.add(account))
    return store


def issue(store: Store, *, name: str = "平台", expires_on: date = DAY) -> api_tokens.NewToken:
    return issue_token(store, by=people().officer, name=name, scope=TokenScope.READ, expires_on=expires_on)


def test_only_the_digest_of_a_token_is_kept(country: Store):
    with at(DAY):
        made = issue(country)
        assert resolve_token(country, made.secret).by.officer_id == 1
        assert resolve_token(country, made.secret + "x") is None
    with country.read() as session:
        kept = session.get_one(ApiToken, made.token_id)
    assert made.secret not in str(kept.model_dump())
    assert tokens_frame(country, officer_id=1)["name"].tolist() == ["平台"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"expires_on": DAY - timedelta(1)}, "expires_on"),
        ({"expires_on": DAY + timedelta(LONGEST_DAYS + 1)}, "expires_on"),
    ],
)
def test_a_token_has_a_name_and_an_end_within_a_year(country: Store, asked, field):
    with at(DAY), pytest.raises(Refusal) as refused:
        issue(country, **asked)
    assert refused.value.fields == (field,)


def test_so_many_tokens_and_no_more(country: Store):
    with at(DAY):
        tokens = [issue(country) for _ in range(TOKENS_AT_MOST)]
        with pytest.raises(Refusal, match=str(TOKENS_AT_MOST)):
            issue(country)
        revoke_token(country, by=people().administrator, token_id=tokens[0].token_id)
        issue(country)
        with pytest.raises(Refusal):
            revoke_token(country, by=people().administrator, token_id=tokens[0].token_id)


def test_nobody_revokes_the_token_of_another_as_if_it_were_theirs(country: Store):
    with at(DAY):
        token = issue(country)
        other = replace(people().officer, officer_id=3)
        with pytest.raises(NotFound):
            api_tokens.revoke_own_token(country, by=other, token_id=token.token_id)


def guard() -> SignedIn:
    return replace(people().administrator, roles=frozenset({Role.SECURITY_ADMINISTRATOR}))


def change_password(store: Store) -> None:
    by = people().officer
    given = passwords.generated()
    with store.write(None) as tx:
        tx.load(Account, 1).password_hash = passwords.hashed(given)
        tx.audit("plant", tx.load(Account, 1))
    change_own_password(store, by=by, current=given, password="Plain-Words-2026", session_hash="")


ENDINGS = {
    "change_own_password": change_password,
    "reset_password": lambda store: reset_password(store, by=people().administrator, account_id=1),
    "switch_account_off": lambda store: set_active(
        store, by=people().administrator, account_id=1, active=False
    ),
    "end_sign_ins": lambda store: end_sign_ins(store, by=guard(), officer_id=1),
}


@pytest.mark.parametrize("action", ENDINGS)
def test_tokens_end_with_whatever_ends_the_sign_ins(country: Store, action: str):
    with at(DAY):
        mine = [issue(country), issue(country)]
        ENDINGS[action](country)
        assert (last_event(country).action, last_event(country).detail["tokens"]) == (action, 2)
        ended = AuditFilter(action="revoke_token")
        assert audit_frame(country, where=ended)["subject_id"].tolist() == [2, 1]
        with country.write(None) as tx:  # as soon as the account could be used again
            account = tx.load(Account, 1)
            account.active, account.must_change_password = True, False
            tx.audit("plant", account)
        assert [resolve_token(country, made.secret) for made in mine] == [None, None]
        assert resolve_token(country, issue(country).secret).by.officer_id == 1


def test_tokens_of_others_do_not_end(country: Store):
    with at(DAY):
        mine = issue(country)
        end_sign_ins(country, by=guard(), officer_id=3)
        assert resolve_token(country, mine.secret) is not None
