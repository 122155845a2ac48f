"""What a signed-in officer may read, following the tree of authorities as of a day."""

from datetime import date

from sqlmodel import Session

from db import clock
from db.authorities.tree import authorities_beneath
from db.identity import SignedIn
from db.store import Store
from tracking.permissions import ROLES, Reach, Scope

NATION = Scope(None)
NOBODY = Scope(frozenset(), frozenset(), frozenset())


def scope_of(store: Store, by: SignedIn) -> Scope:
    """Everything, for a role with national reach; otherwise own authority and all below it today; or nothing.

    Unfinished plans and updates are visible only to the authorities through which an authority reports; any
    other unfinished work stays inside it.
    """
    reaches = {ROLES[role].reach for role in by.roles}
    own = under = frozenset[int]()
    if Reach.UNIT in reaches and by.authority_id is not None:
        own = by.inherits | {by.authority_id}
        with store.read() as session:
            under = authorities_under(session, by.authority_id, on=clock.today())
    return Scope(None if Reach.NATION in reaches else under, drafts_of=under, own=own)


def authorities_under(session: Session, authority_id: int, *, on: date) -> frozenset[int]:
    """The authority and all that report through it on a day, at any depth."""
    return frozenset({authority_id}) | authorities_beneath(session, authority_id, on)
