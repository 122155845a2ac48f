"""Which authorities stand on a day, and what each is called then."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.authorities.tree import is_merged
from db.sql import select
from db.store import Store
from db.tables import Authority, AuthorityName
from tracking.messages import Message, Refusal
from tracking.vocabulary import AuthorityKind

NAMED = ("name", "short_name", "kind")
_CALLED = select(AuthorityName).order_by(col(AuthorityName.starts_on))


def standing(on: date, since: date | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions for an authority to be founded and not dissolved on a day, or on one of the days from `since` on."""
    founded, dissolved = col(Authority.founded_on), col(Authority.dissolved_on)
    return or_(founded.is_(None), founded <= on), or_(dissolved.is_(None), dissolved > (since or on))


def standing_names(store: Store, *, on: date, within: frozenset[int] | None = None) -> dict[int, str]:
    """Every authority that reports on a day → its name, or those `within`; units in their order, then by code."""
    rows = select(Authority.id, Authority.name).where(
        Authority.kind != AuthorityKind.NOT_COVERED, *standing(on)
    )
    if within is not None:
        rows = rows.where(col(Authority.id).in_(sorted(within)))
    with store.read() as session:
        ordered = rows.order_by(col(Authority.official_order).nulls_last(), Authority.code)
        return {row.id: row.name for row in session.execute(ordered)}


def named_on(on: date) -> tuple[Any, ColumnElement[bool]]:
    """What authorities were called on a day, to be joined from outside; nothing for one that never changed."""
    named, later = aliased(AuthorityName), aliased(AuthorityName)
    newer = select(later.id).where(
        later.authority_id == named.authority_id, later.starts_on > named.starts_on, later.starts_on <= on
    )
    return named, and_(col(named.authority_id) == Authority.id, col(named.starts_on) <= on, ~newer.exists())


def check_takes_tasks(session: Session, authority_id: int, year: int, today: date) -> None:
    """Raises `Refusal` where an authority takes no new tasks for a year: it is dissolved, or will not stand then."""
    check_goes_on(session, authority_id, year)
    last = max(today, date(year, 1, 1))
    _refuse_dissolved(session, authority_id, last)


def check_goes_on(session: Session, authority_id: int, year: int) -> None:
    """Raises `Refusal` where an authority is dissolved by the end of a year, and nobody goes on with its tasks."""
    if not is_merged(session, authority_id):
        _refuse_dissolved(session, authority_id, date(year, 12, 31))


def _refuse_dissolved(session: Session, authority_id: int, last: date) -> None:
    rows = select(Authority.short_name, Authority.dissolved_on).where(
        Authority.id == authority_id, col(Authority.dissolved_on) <= last
    )
    for name, day in session.execute(rows):
        raise Refusal(Message("hierarchy.takes_no_tasks", name=name, day=day))


def settle_names(session: Session, today: date) -> None:
    """Call every authority what it is called today."""
    for named in session.scalars(_CALLED.where(col(AuthorityName.starts_on) <= today)):
        authority = session.get_one(Authority, named.authority_id)
        for name in NAMED:
            setattr(authority, name, getattr(named, name))
    session.flush()
