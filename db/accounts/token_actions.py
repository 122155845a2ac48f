"""The tokens that programs act with: issued and revoked by their officer, revoked by an administrator.

The secret is shown once; the store keeps its SHA-256.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import update
from sqlmodel import col

from db import clock
from db.accounts.endings import revoke
from db.accounts.queries import identity_of, why_closed
from db.accounts.sign_in_actions import COUNTED_AFTER, token_hash
from db.identity import SignedIn
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import Account, ApiToken
from tracking import permissions
from tracking.cleaning import clean_text
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.validation import Problem, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import TokenScope

LONGEST_NAME = 40
LONGEST_DAYS = 366
TOKENS_AT_MOST = 20
PREFIX = "bri_"


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just issued; `secret` is stored nowhere."""

    token_id: int
    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a valid token, and the officer it acts as, with current rights."""

    token_id: int
    scope: TokenScope
    by: SignedIn


def issue_token(store: Store, *, by: SignedIn, name: str, scope: TokenScope, expires_on: date) -> NewToken:
    """Issue a token to act as oneself. Needs `USE_TOKENS`. Raises `Refusal` naming the faulty field."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with store.write(by) as tx:
        permissions.check(by, Right.USE_TOKENS)
        refuse_all(_problems(tx, name, expires_on))
        _check_number(tx, by.officer_id)
        row = ApiToken(
            officer_id=by.officer_id,
            name=clean_text(name),
            token_hash=token_hash(secret),
            scope=TokenScope(scope),
            issued_at=tx.now,
            expires_on=expires_on,
        )
        token = tx.add(row)
        said = {"name": token.name, "scope": str(token.scope), "expires_on": expires_on.isoformat()}
        tx.audit("issue_token", token, by.authority_id, **said)
        return NewToken(token.id, token.name, secret)


def revoke_own_token(store: Store, *, by: SignedIn, token_id: int) -> None:
    """Revoke one of one's own tokens, cutting off its programs. Needs `USE_TOKENS`. Raises `NotFound`."""
    with store.write(by) as tx:
        permissions.check(by, Right.USE_TOKENS)
        token = tx.load(ApiToken, token_id)
        if token.officer_id != by.officer_id:
            raise NotFound(Message("store.not_found"))
        _revoke(tx, token)


def revoke_token(store: Store, *, by: SignedIn, token_id: int) -> None:
    """Revoke anybody's token. Needs `MANAGE_ACCOUNTS`."""
    with store.write(by) as tx:
        permissions.check(by, Right.MANAGE_ACCOUNTS)
        _revoke(tx, tx.load(ApiToken, token_id))


def resolve_token(store: Store, secret: str) -> Caller | None:
    """The officer behind this token, or None unless it is valid; use is noted at most once a minute.

    It is invalid while its account is disabled or must still change an initial password.
    """
    standing = (ApiToken.token_hash == token_hash(secret), col(ApiToken.revoked_at).is_(None))
    asked = select(ApiToken, Account).join(Account, Account.officer_id == ApiToken.officer_id)
    with store.read() as session:
        found = session.execute(asked.where(*standing, ApiToken.expires_on >= clock.today())).first()
        if found is None:
            return None
        token, account = found
        by, closed = identity_of(session, account), why_closed(session, account)
    if closed or account.must_change_password:
        return None
    _note_use(store, token)
    return Caller(token.id, token.scope, by)


def _note_use(store: Store, token: ApiToken) -> None:
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > COUNTED_AFTER:
        store.note(update(ApiToken).where(col(ApiToken.id) == token.id).values(last_used_at=now))


def _problems(tx: Transaction, name: str, expires_on: date) -> list[Problem]:
    problems = list(text_problems("name", name, required=True, limit=LONGEST_NAME))
    if not tx.today <= expires_on <= tx.today + timedelta(LONGEST_DAYS):
        problems.append(Problem("expires_on", Message("tokens.expiry_out_of_range", days=LONGEST_DAYS)))
    return problems


def _check_number(tx: Transaction, officer_id: int) -> None:
    mine = (ApiToken.officer_id == officer_id, col(ApiToken.revoked_at).is_(None))
    standing = select(ApiToken.id).where(*mine, ApiToken.expires_on >= tx.today)
    if len(tx.session.execute(standing).all()) >= TOKENS_AT_MOST:
        raise Refusal(Message("tokens.too_many", most=TOKENS_AT_MOST))


def _revoke(tx: Transaction, token: ApiToken) -> None:
    if token.revoked_at is not None:
        raise Refusal(Message("tokens.revoked_already"))
    revoke(tx, token)
