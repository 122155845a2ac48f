"""Whom a notice addresses on a day: every unit, until a list of kinds and units of its own has begun.

Those below a unit follow it. The rows themselves are written by `db.reference.addressing`.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from db.authorities.scope import authorities_under
from db.authorities.standing import check_takes_tasks
from db.authorities.tree import unit_of
from db.frames import rows_of
from db.sql import select
from db.store import Store
from db.tables import Authority, Notice, NoticeAuthority, WorkPlan
from tracking.hierarchy import UNIT_KINDS
from tracking.messages import Message, Refusal
from tracking.vocabulary import AuthorityKind

_BEGUN = col(NoticeAuthority.starts_on)


def addressed_by(
    notice_id: int, on: date, kind: Any = Authority.kind, since: date | None = None
) -> ColumnElement[bool]:
    """The condition for a unit, of the `kind` it is that day, to be addressed by a notice on a day.

    With `since`, on that day or any later one until `on`.
    """
    first = since or on
    rows = select(NoticeAuthority.id).where(NoticeAuthority.notice_id == notice_id)
    named = or_(col(NoticeAuthority.authority_id) == Authority.id, col(NoticeAuthority.kind) == kind)
    return or_(~rows.where(first >= _BEGUN).exists(), rows.where(in_list(on, first), named).exists())


def in_list(on: date, since: date | None = None) -> ColumnElement[bool]:
    """The condition for a row of the list to hold on a day, or on one of the days from `since` on."""
    ends_on = col(NoticeAuthority.ends_on)
    return (on >= _BEGUN) & or_(ends_on.is_(None), ends_on >= (since or on))


def authorities_addressed(session: Session, notice_id: int, on: date) -> frozenset[int] | None:
    """The units that a notice addresses on a day, with all below them; None for everybody, where it has no list."""
    begun = select(NoticeAuthority.id).where(NoticeAuthority.notice_id == notice_id, on >= _BEGUN)
    if session.scalar(begun.limit(1)) is None:
        return None
    of_units = (col(Authority.kind).in_(UNIT_KINDS), addressed_by(notice_id, on))
    units = session.scalars(select(Authority.id).where(*of_units)).all()
    return frozenset[int]().union(*(authorities_under(session, unit_id, on=on) for unit_id in units))


def check_addressed(session: Session, notice_id: int, authority_id: int, on: date) -> None:
    """Raises `Refusal` for an authority that stands on a day neither in the list of a notice nor below one that does."""
    unit_id = unit_of(session, authority_id, on)
    rows = select(Authority.id).where(Authority.id == unit_id, addressed_by(notice_id, on))
    if session.scalar(rows) is None:
        told = {"name": session.get_one(Authority, authority_id).short_name}
        number = session.get_one(Notice, notice_id).number
        raise Refusal(Message("reference.not_addressed", number=number, **told))


def check_may_plan(session: Session, notice_id: int, authority_id: int, year: int, today: date) -> None:
    """Raises `Refusal` where an authority cannot take tasks of a notice for a year."""
    check_takes_tasks(session, authority_id, year, today)
    check_addressed(session, notice_id, authority_id, max(today, date(year, 1, 1)))


def list_of(store: Store, *, notice_id: int, on: date) -> list[tuple[AuthorityKind | None, int | None]]:
    """The kinds and the units of a notice's list on a day, one of each pair missing; none where it addresses every unit."""
    rows = select(NoticeAuthority.kind, NoticeAuthority.authority_id).where(
        NoticeAuthority.notice_id == notice_id, in_list(on)
    )
    return [(kind, authority_id) for kind, authority_id in rows_of(store, rows.order_by(NoticeAuthority.id))]


def planned(store: Store, *, notice_id: int) -> bool:
    """Whether anybody has begun a plan under a notice."""
    with store.read() as session:
        return is_planned(session, notice_id)


def is_planned(session: Session, notice_id: int) -> bool:
    """The same within a transaction."""
    return session.scalar(select(WorkPlan.id).where(WorkPlan.notice_id == notice_id).limit(1)) is not None
