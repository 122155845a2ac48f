"""The reads of accounts and of who is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import bindparam, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db import clock
from db.authorities.tree import authorities_above, authorities_beneath, is_merged, merged_into
from db.identity import SignedIn
from db.row_changes import key_of
from db.settings import Settings
from db.sql import fetch, select as plain_select
from db.store import Store
from db.tables import Account, Authority, Officer, RoleGrant, SignIn
from tracking.messages import Message
from tracking.permissions import REACHING_DOWN, rights_of
from tracking.vocabulary import Role

_IDENTITY: tuple[Any, ...] = (
    Officer.name,
    Officer.authority_id,
    Account.officer_id,
    Account.sign_in_name,
    Account.language,
    Account.must_change_password,
)
# Runs on every page run, so it is a single statement of plain columns, built once.
_STANDING = (
    plain_select(SignIn.id, SignIn.last_action_at, RoleGrant.role, *_IDENTITY)
    .join(Account, col(Account.officer_id) == col(SignIn.officer_id))
    .join(Officer, col(Officer.id) == col(SignIn.officer_id))
    .outerjoin(
        RoleGrant,
        (col(RoleGrant.officer_id) == col(SignIn.officer_id)) & col(RoleGrant.revoked_at).is_(None),
    )
    .where(col(SignIn.token_hash) == bindparam("token_hash"), col(SignIn.ended_at).is_(None))
    .where(col(SignIn.last_action_at) > bindparam("idle_since"), col(Account.active))
    .outerjoin(Authority, col(Authority.id) == col(Officer.authority_id))
    .where(or_(col(Authority.dissolved_on).is_(None), col(Authority.dissolved_on) > bindparam("today")))
)


def signed_in_by_hash(store: Store, session_hash: str) -> SignedIn | None:
    """Who is signed in with a session token of this SHA-256; None once that sign-in is over.

    A sign-in is over when ended, when its officer was idle for too long, or when the account was disabled.
    This read does not count as activity; `db.accounts.sign_in_actions.resolve` does.
    """
    with store.read() as session:
        found = standing_sign_in(session, session_hash, store.settings)
    return found.by if found else None


@dataclass(frozen=True, slots=True)
class StandingSignIn:
    """An active sign-in, and its officer with current roles."""

    sign_in_id: int
    last_action_at: datetime
    by: SignedIn


def standing_sign_in(session: Session, session_hash: str, settings: Settings) -> StandingSignIn | None:
    """The active sign-in with this hash."""
    asked = {
        "token_hash": session_hash,
        "idle_since": clock.now() - timedelta(minutes=settings.idle_minutes),
        "today": clock.today(),
    }
    rows = fetch(session, _STANDING, **asked).all()
    if not rows:
        return None
    roles = frozenset(row.role for row in rows if row.role)
    sign_in_id, last_action_at, _, *identity = rows[0]
    names = (column.key for column in _IDENTITY)
    known = dict(zip(names, identity, strict=True))
    by = SignedIn(roles=roles, **_reach(session, roles, known["authority_id"]), **known)
    return StandingSignIn(sign_in_id, last_action_at, by)


def identity_of(session: Session, account: Account) -> SignedIn:
    """The officer of an account, with current roles."""
    officer = session.get_one(Officer, account.officer_id)
    roles = standing_roles(session, account.officer_id)
    return SignedIn(
        officer_id=account.officer_id,
        name=officer.name,
        authority_id=officer.authority_id,
        roles=roles,
        sign_in_name=account.sign_in_name,
        language=account.language,
        must_change_password=account.must_change_password,
        **_reach(session, roles, officer.authority_id),
    )


def why_closed(session: Session, account: Account) -> Message | None:
    """Why nobody signs in with an account: it is switched off, or its unit has ended; None if it is open."""
    if not account.active:
        return Message("sign_in.switched_off")
    authority_id = session.get_one(Officer, account.officer_id).authority_id
    authority = None if authority_id is None else session.get_one(Authority, authority_id)
    ended = authority.dissolved_on if authority else None
    if authority is None or ended is None or ended > clock.today():
        return None
    successor = successor_of(session, authority)
    if successor is None:
        return Message("sign_in.unit_dissolved", unit=authority.name, day=ended)
    return Message("sign_in.unit_merged", unit=authority.name, day=ended, successor=successor.name)


def successor_of(session: Session, authority: Authority) -> Authority | None:
    """Whoever goes on for an authority that was merged; None for any other."""
    if not is_merged(session, key_of(authority)):
        return None
    above = authorities_above(session, key_of(authority), authority.dissolved_on or clock.today())
    return session.get_one(Authority, above[0]) if above else None


def accounts_in_use(session: Session, authority_id: int) -> int:
    """How many accounts of an authority are switched on."""
    rows = plain_select(func.count(col(Account.id))).join(Officer, col(Officer.id) == col(Account.officer_id))
    return int(
        session.execute(rows.where(Officer.authority_id == authority_id, col(Account.active))).scalar_one()
    )


def beneath_of(session: Session, roles: frozenset[Role], authority_id: int | None) -> frozenset[int]:
    """The authorities an officer of a unit reports for today, besides their own."""
    if authority_id is None or not rights_of(roles) & REACHING_DOWN:
        return frozenset()
    return authorities_beneath(session, authority_id, clock.today())


def _reach(session: Session, roles: frozenset[Role], authority_id: int | None) -> dict[str, Any]:
    """The authorities beneath, and those of them that were merged into the officer's own."""
    beneath = beneath_of(session, roles, authority_id)
    merged = merged_into(session, authority_id or 0, clock.today()) if beneath else beneath
    return {"beneath": beneath, "inherits": merged}


def standing_roles(session: Session, officer_id: int) -> frozenset[Role]:
    """The roles an officer holds now."""
    grants = _standing_grants().where(RoleGrant.officer_id == officer_id)
    return frozenset(grant.role for grant in session.exec(grants))


def account_named(session: Session, sign_in_name: str) -> Account | None:
    """The account with a sign-in name, ignoring case."""
    return session.exec(select(Account).where(Account.sign_in_name == sign_in_name.strip().lower())).first()


ACCOUNT_COLUMNS = (
    "account_id",
    "officer_id",
    "sign_in_name",
    "name",
    "authority_id",
    "authority_name",
    "roles",
    "active",
    "locked_until",
    "last_signed_in_at",
    "must_change_password",
)


def accounts_frame(store: Store, *, within: frozenset[int] | None = None) -> pd.DataFrame:
    """Every account, for administrators, or those of the authorities `within`; no business data.

    Columns: account_id, officer_id, sign_in_name, name, authority_id and authority_name (None without one),
    roles (tuple of `Role`), active, locked_until and last_signed_in_at (aware UTC or None),
    must_change_password. In the official order of the authorities, accounts without one last.
    """
    latest = (
        select(SignIn.officer_id, func.max(SignIn.started_at).label("started_at"))
        .group_by(col(SignIn.officer_id))
        .subquery()
    )
    statement = (
        select(Account, Officer, Authority, latest.c.started_at)
        .join(Officer, col(Officer.id) == col(Account.officer_id))
        .join(Authority, col(Authority.id) == col(Officer.authority_id), isouter=True)
        .join(latest, latest.c.officer_id == col(Account.officer_id), isouter=True)
        .order_by(col(Authority.official_order).nulls_last(), col(Account.sign_in_name))
    )
    if within is not None:
        statement = statement.where(col(Officer.authority_id).in_(sorted(within)))
    with store.read() as session:
        held = _roles_by_officer(session)
        rows = [_account_row(*found, held) for found in session.exec(statement)]
    return pd.DataFrame(rows, columns=list(ACCOUNT_COLUMNS), dtype=object)


def _account_row(
    account: Account,
    officer: Officer,
    authority: Authority | None,
    started_at: datetime | None,
    held: dict[int, list[Role]],
) -> tuple[Any, ...]:
    return (
        account.id,
        officer.id,
        account.sign_in_name,
        officer.name,
        authority.id if authority else None,
        authority.name if authority else None,
        tuple(held.get(account.officer_id, ())),
        account.active,
        account.locked_until,
        started_at,
        account.must_change_password,
    )


def _roles_by_officer(session: Session) -> dict[int, list[Role]]:
    held: dict[int, list[Role]] = {}
    for grant in session.exec(_standing_grants().order_by(col(RoleGrant.granted_at))):
        held.setdefault(grant.officer_id, []).append(grant.role)
    return held


def _standing_grants() -> SelectOfScalar[RoleGrant]:
    return select(RoleGrant).where(col(RoleGrant.revoked_at).is_(None))
