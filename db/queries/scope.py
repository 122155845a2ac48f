"""Owns what a signed-in officer may read, as far down the tree of authorities as it stands on a day."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from db import clock
from db.identity import SignedIn
from db.store import Store
from db.tables import AuthorityParent
from tracking.permissions import ROLES, Reach, Scope
from tracking.words import Relation

NATION = Scope(None)
NOBODY = Scope(frozenset())


def scope_of(store: Store, by: SignedIn) -> Scope:
    """Everything for a role that reaches the nation, own authority and all below it today, or nothing.

    What an authority is still writing stays inside it, whoever stands above it.
    """
    reaches = {ROLES[role].reach for role in by.roles}
    own = frozenset[int]() if by.authority_id is None else frozenset({by.authority_id})
    if Reach.NATION in reaches:
        return Scope(None, drafts_of=own if Reach.UNIT in reaches else frozenset())
    if Reach.UNIT not in reaches or by.authority_id is None:
        return NOBODY
    with store.read() as session:
        return Scope(authorities_under(session, by.authority_id, on=clock.today()), drafts_of=own)


def authorities_under(session: Session, authority_id: int, *, on: date) -> frozenset[int]:
    """The authority and all that report through it on a day, however deep."""
    part = (
        select(col(AuthorityParent.authority_id), col(AuthorityParent.parent_id))
        .where(col(AuthorityParent.relation) == Relation.PART_OF, col(AuthorityParent.starts_on) <= on)
        .where(col(AuthorityParent.ends_on).is_(None) | (col(AuthorityParent.ends_on) >= on))
        .subquery()
    )
    # UNION, not UNION ALL: it ends even where somebody has entered a circle.
    below = select(part.c.authority_id).where(part.c.parent_id == authority_id).cte("below", recursive=True)
    below = below.union(select(part.c.authority_id).where(part.c.parent_id == below.c.authority_id))
    return frozenset({authority_id, *session.scalars(select(below.c.authority_id))})
