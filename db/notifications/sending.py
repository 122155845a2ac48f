"""Sending notifications: a named message to everyone at an authority, or everyone with a role."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlmodel import col

from db.authorities.standing import standing
from db.authorities.tree import authorities_above
from db.sql import Statement, select
from db.store import Transaction
from db.tables import Account, Authority, Notification, Officer, RoleGrant
from tracking.vocabulary import Role

UNIT_ROLES = (Role.REPORTING_OFFICER, Role.SIGNATORY)


def notify_authority(tx: Transaction, authority_id: int, message: str, link: str, **details: Any) -> None:
    """Notify the reporting officers and signatories of an authority, or those who report for it."""
    _notify(tx, _at(tx, authority_id, *UNIT_ROLES), message, link, details)


def notify_writers(tx: Transaction, authority_id: int, message: str, link: str, **details: Any) -> None:
    """Notify the reporting officers of an authority, or those who report for it."""
    _notify(tx, _at(tx, authority_id, Role.REPORTING_OFFICER), message, link, details)


def notify_officers(
    tx: Transaction, officer_ids: Iterable[int], message: str, link: str, **details: Any
) -> None:
    """Notify the given officers, if they can sign in."""
    known = select(col(Account.officer_id)).where(
        col(Account.officer_id).in_(tuple(officer_ids)), col(Account.active)
    )
    _notify(tx, known, message, link, details)


def notify_role(
    tx: Transaction,
    role: Role,
    message: str,
    link: str,
    *,
    among: Collection[int] | None = None,
    **details: Any,
) -> None:
    """Notify everyone who holds a role; with `among`, at these authorities alone."""
    holders = _holders(role)
    if among is not None:
        holders = holders.where(col(Officer.authority_id).in_(sorted(among)))
    _notify(tx, holders, message, link, details)


def _at(tx: Transaction, authority_id: int, *roles: Role) -> Statement:
    """The holders of a role at an authority; if none can sign in, at the nearest one through which it reports."""
    for at in (authority_id, *authorities_above(tx.session, authority_id, tx.today)):
        found = _holders(*roles).where(Officer.authority_id == at)
        found = found.join(Authority, Authority.id == Officer.authority_id).where(*standing(tx.today))
        if tx.session.execute(
            found.join(Account, Account.officer_id == Officer.id).where(Account.active)
        ).first():
            break
    return found


def _holders(*roles: Role) -> Statement:
    return (
        select(col(Officer.id))
        .join(RoleGrant, col(RoleGrant.officer_id) == Officer.id)
        .where(col(RoleGrant.role).in_(roles), col(RoleGrant.revoked_at).is_(None))
        .distinct()
    )


def _notify(tx: Transaction, officers: Any, message: str, link: str, details: dict[str, Any]) -> None:
    tx.session.add_all(
        Notification(officer_id=officer_id, message=message, details=details, link=link, created_at=tx.now)
        for officer_id in tx.session.execute(officers).scalars().all()
    )
