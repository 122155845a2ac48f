"""Who checks what leaves an authority before the working group has it: the steps of the site, followed up the tree.

An authority's plans and updates go through those above it that check its kind, nearest first, if it has a signatory of
its own. Whoever signs for it from above need not check it again.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col

from db import clock
from db.authorities.tree import authorities_above
from db.identity import SignedIn
from db.site.queries import read_site_settings
from db.sql import among, fetch, select
from db.store import Transaction
from db.tables import Account, Authority, Officer, PassingOn, PlanRevision, ProgressUpdate, RoleGrant
from tracking.permissions import Right, holders_of
from tracking.vocabulary import AuthorityKind, UpdateStatus

_SIGNING = (
    select(Officer.authority_id)
    .join(RoleGrant, RoleGrant.officer_id == Officer.id)
    .join(Account, Account.officer_id == Officer.id)
    .where(col(RoleGrant.role).in_(holders_of(Right.CHECK_BENEATH)), col(RoleGrant.revoked_at).is_(None))
    .where(among(Officer.authority_id, "authorities"), col(Account.active))
    .distinct()
)
_KINDS = select(Authority.id, Authority.kind).where(among(Authority.id, "authorities"))


def checkers(session: Session, by: SignedIn, authority_ids: Collection[int]) -> Mapping[int, int]:
    """Authority → the one above that checks first what this officer sends on for it; without those nobody checks."""
    found = {}
    for one in _signing(session, authority_ids):
        above = authorities_above(session, one, clock.today())
        sent_from = above.index(by.authority_id) + 1 if by.authority_id in above else 0
        checker_id = _first_checking(session, one, above[sent_from:])
        if checker_id is not None:
            found[one] = checker_id
    return found


def next_checker(session: Session, authority_id: int, checker_id: int) -> int | None:
    """Who checks next, above the one that passes it on; None where it goes to the working group.

    One that the authority reports through no longer is the last to check.
    """
    above = authorities_above(session, authority_id, clock.today())
    rest = above[above.index(checker_id) + 1 :] if checker_id in above else []
    return _first_checking(session, authority_id, rest)


def _first_checking(session: Session, authority_id: int, above: Sequence[int]) -> int | None:
    """The nearest of these that checks this kind of authority and has somebody to do so."""
    if not above:
        return None
    kinds: dict[int, AuthorityKind] = dict(fetch(session, _KINDS, authorities=[authority_id, *above]).all())
    steps = read_site_settings(session).check_steps
    checking = [one for one in above if (kinds[authority_id], kinds[one]) in steps]
    working = _signing(session, checking)
    return next((one for one in checking if one in working), None)


def _signing(session: Session, authority_ids: Collection[int]) -> set[int]:
    """Those of these authorities where somebody can sign in and sign."""
    asked = sorted(set(authority_ids))
    return {one for one in fetch(session, _SIGNING, authorities=asked).scalars() if one is not None}


def ruled_by(row: PlanRevision | ProgressUpdate, authority_id: int) -> tuple[Right, int]:
    """By which right it is ruled on, and the authority that must reach: whoever checks it, else the working group."""
    if row.status == UpdateStatus.CHECKING and row.checker_id is not None:
        return Right.CHECK_BENEATH, row.checker_id
    return Right.REVIEW, authority_id


def keep_passing(tx: Transaction, by: SignedIn, row: PlanRevision | ProgressUpdate) -> None:
    """Record that the authority that has it passes it on."""
    of_plan = isinstance(row, PlanRevision)
    tx.session.add(
        PassingOn(
            plan_revision_id=row.id if of_plan else None,
            update_id=None if of_plan else row.id,
            authority_id=row.checker_id,  # type: ignore[arg-type]  # as its status says
            received_at=row.received_at,  # type: ignore[arg-type]  # as its status says
            passed_at=tx.now,
            passed_by_id=by.officer_id,
        )
    )
