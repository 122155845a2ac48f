"""The stored tree of authorities: who reports through whom, from when to when."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, false, func, or_
from sqlmodel import Session, col

from db.sql import fetch, select
from db.tables import Authority, AuthorityParent
from tracking.hierarchy import Span, Tree
from tracking.vocabulary import Relation

NOBODY_MOVED = Tree(())
# A span that begins on the day its authority is dissolved is where that one was merged into.
_MERGED = func.coalesce(col(Authority.dissolved_on) == AuthorityParent.starts_on, false())
_PART_OF = AuthorityParent.relation == Relation.PART_OF
_ENDED = select(AuthorityParent.id).where(_PART_OF, col(AuthorityParent.ends_on).is_not(None))
_INTO_ANOTHER = (
    select(AuthorityParent.id)
    .join(Authority, Authority.id == AuthorityParent.authority_id)
    .where(_PART_OF, _MERGED, col(Authority.dissolved_on).is_not(None))
)
_ANY_MOVED = select(or_(_ENDED.exists(), _INTO_ANOTHER.exists()))


def tree_of(session: Session) -> Tree:
    """The tree over time; `NOBODY_MOVED`, after a single check, if nothing ever moved."""
    return whole_tree(session) if fetch(session, _ANY_MOVED).scalar_one() else NOBODY_MOVED


def whole_tree(session: Session) -> Tree:
    """The tree over time, built even if nothing ever moved."""
    columns = ("authority_id", "parent_id", "starts_on", "ends_on")
    rows = select(*(getattr(AuthorityParent, name) for name in columns), _MERGED)
    part_of = rows.join(Authority, Authority.id == AuthorityParent.authority_id).where(_PART_OF)
    return Tree(tuple(Span(*row) for row in session.execute(part_of)))


def unit_of(session: Session, authority_id: int, on: date) -> int:
    """The reporting unit an authority counts towards on a day: itself, or its topmost parent."""
    return (authority_id, *authorities_above(session, authority_id, on))[-1]


def authorities_above(session: Session, authority_id: int, on: date) -> list[int]:
    """The authorities through which one reports on a day, nearest first; empty for a reporting unit."""
    found = [authority_id]
    while True:
        parents = select(AuthorityParent.parent_id).where(
            AuthorityParent.authority_id == found[-1], *stands(Relation.PART_OF, on)
        )
        parent_id = session.execute(parents).scalar_one_or_none()
        if parent_id is None or parent_id in found:
            return found[1:]
        found.append(parent_id)


def authorities_beneath(
    session: Session, authority_id: int, on: date, *, but: Collection[int] = ()
) -> frozenset[int]:
    """All that report through an authority on a day, at any depth; excludes itself and those it hosts.

    Excludes `but`, and whatever reports through those.
    """
    # Level by level rather than one recursive statement, for which SQLite reads the whole table at every level.
    found, level = {authority_id}, {authority_id}
    while level:
        children = select(AuthorityParent.authority_id).where(
            *stands(Relation.PART_OF, on), col(AuthorityParent.parent_id).in_(sorted(level))
        )
        level = set(session.scalars(children)) - found - set(but)
        found |= level
    return frozenset(found - {authority_id})


def merged_into(session: Session, authority_id: int, on: date) -> frozenset[int]:
    """The authorities that were merged into one by a day, and those merged into them before."""
    found, level = set[int](), {authority_id}
    while level:
        merged = _INTO_ANOTHER.with_only_columns(AuthorityParent.authority_id).where(
            col(AuthorityParent.parent_id).in_(sorted(level)), *stands(Relation.PART_OF, on)
        )
        level = set(session.scalars(merged)) - found
        found |= level
    return frozenset(found)


def is_merged(session: Session, authority_id: int) -> bool:
    """Whether another authority goes on, or will go on, with what this one had."""
    return session.execute(_INTO_ANOTHER.where(Authority.id == authority_id)).first() is not None


def stands(relation: Relation, on: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions for an `AuthorityParent` to apply on a day."""
    return (
        col(AuthorityParent.relation) == relation,
        col(AuthorityParent.starts_on) <= on,
        or_(col(AuthorityParent.ends_on).is_(None), col(AuthorityParent.ends_on) >= on),
    )
