"""Owns the tree of authorities by date: who reports through whom on a day."""

from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col

from db.sql import select
from db.tables import AuthorityParent
from tracking.words import Relation


def unit_of(session: Session, authority_id: int, on: date) -> int:
    """The reporting unit an authority counts into on a day: itself, or the top of what it is part of."""
    parent_id = session.execute(
        select(AuthorityParent.parent_id)
        .where(AuthorityParent.authority_id == authority_id, AuthorityParent.relation == Relation.PART_OF)
        .where(AuthorityParent.starts_on <= on)
        .where(or_(col(AuthorityParent.ends_on).is_(None), col(AuthorityParent.ends_on) >= on))
    ).scalar_one_or_none()
    return authority_id if parent_id is None else unit_of(session, parent_id, on)
