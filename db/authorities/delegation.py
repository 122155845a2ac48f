"""Which authorities an officer acts for: their own, and those below that nobody else looks after.

The right to report reaches everybody beneath; what waits is counted, and told, only where it falls to this officer.
"""

from dataclasses import replace

from sqlalchemy import func
from sqlmodel import Session, col

from db import clock
from db.authorities.standing import standing
from db.authorities.tree import authorities_beneath
from db.identity import SignedIn
from db.sql import select
from db.store import Store
from db.tables import Account, Authority, Officer, RoleGrant
from tracking.permissions import REACHING_DOWN, ROLES, Scope
from tracking.vocabulary import Role


def with_delegated(store: Store, by: SignedIn) -> SignedIn:
    """The same officer, with only those `beneath` for whom nobody nearer reports."""
    if not by.beneath:
        return by
    with store.read() as session:
        return replace(by, beneath=delegated_to(session, by.authority_id or 0, by.roles, by.beneath))


def delegated_to(
    session: Session, authority_id: int, roles: frozenset[Role], beneath: frozenset[int]
) -> frozenset[int]:
    """Of all `beneath`, the authorities where nobody who can sign in holds one of these roles, there or nearer.

    An officer who both writes and signs is also told about a city that writes but does not sign; otherwise
    nobody would be.
    """
    working = [role for role in sorted(roles) if ROLES[role].rights & REACHING_DOWN]
    there = (
        select(Officer.authority_id)
        .join(RoleGrant, RoleGrant.officer_id == Officer.id)
        .join(Account, Account.officer_id == Officer.id)
        .where(col(RoleGrant.role).in_(working), col(RoleGrant.revoked_at).is_(None))
        .join(Authority, Authority.id == Officer.authority_id)
        .where(col(Officer.authority_id).in_(sorted(beneath)), col(Account.active), *standing(clock.today()))
        .group_by(Officer.authority_id)
        .having(func.count(func.distinct(RoleGrant.role)) == len(working))
    )
    staffed = {key for key in session.scalars(there) if key is not None}
    return authorities_beneath(session, authority_id, clock.today(), but=staffed) if staffed else beneath


def own_scope(by: SignedIn) -> Scope:
    """Own authority and those merged into it: for requests and answers, which are each authority's own."""
    return Scope(frozenset() if by.authority_id is None else frozenset({by.authority_id}) | by.inherits)


def writing_scope(by: SignedIn) -> Scope:
    """Own authority and those beneath it: what an officer may write and sign."""
    own = own_scope(by).authority_ids or frozenset()
    return Scope(own | by.beneath)
