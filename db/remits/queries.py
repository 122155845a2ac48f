"""Reads what members of the working group look after, and narrows a read to it.

What nobody looks after everybody does. Reading stays open: a narrowed scope is asked for, and never the only one.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from db import clock
from db.authorities.scope import authorities_under
from db.frames import frame_of, rows_of
from db.identity import SignedIn
from db.sql import Statement, select
from db.store import Store
from db.tables import Account, Authority, Measure, Officer, Remit, RoleGrant, Task, WorkPlan
from tracking.permissions import Right, Scope, may
from tracking.vocabulary import Body, Role


def remits_frame(store: Store, *, officer_id: int) -> pd.DataFrame:
    """What a member looks after today or will, earliest first; names are missing where all measures or units are meant.

    Columns: remit_id, measure_number, measure_name, unit_name, starts_on, ends_on.
    """
    rows = (
        select(
            col(Remit.id).label("remit_id"),
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_name"),
            col(Authority.short_name).label("unit_name"),
            Remit.starts_on,
            Remit.ends_on,
        )
        .join(Measure, Measure.id == Remit.measure_id, isouter=True)
        .join(Authority, Authority.id == Remit.authority_id, isouter=True)
        .where(Remit.officer_id == officer_id, _not_over(clock.today()))
    )
    return frame_of(store, rows.order_by(Remit.starts_on, Remit.id), whole=("measure_number",))


def body_of(store: Store, *, officer_id: int) -> Body | None:
    """The body of the working group that an officer belongs to; None where nobody said."""
    rows = rows_of(store, select(Officer.body).where(Officer.id == officer_id))
    return rows[0].body if rows else None


def minding(store: Store, by: SignedIn, scope: Scope) -> Scope:
    """A scope narrowed to what this member looks after; the same where nobody has a remit, or for anybody else."""
    if not may(by, Right.REVIEW) or not rows_of(store, _standing().limit(1)):
        return scope
    return replace(scope, minding=by.officer_id)


def authorities_minded(session: Session, officer_id: int) -> frozenset[int] | None:
    """The authorities of which a member looks after anything; None for all, where no whole unit is left to others."""
    keys = (Remit.officer_id, Remit.measure_id, Remit.authority_id)
    found = session.execute(_standing().with_only_columns(*keys)).all()
    mine = {row.authority_id for row in found if row.officer_id == officer_id}
    others = {row.authority_id for row in found if row.measure_id is None and row.authority_id} - mine
    if None in mine or not others:
        return None
    left = _under(session, others) - _under(session, mine)
    return frozenset(session.scalars(select(Authority.id))) - left


def _under(session: Session, authority_ids: Collection[int]) -> frozenset[int]:
    under = (authorities_under(session, key, on=clock.today()) for key in authority_ids)
    return frozenset[int]().union(*under)


def tasks_minded(officer_id: int) -> ColumnElement[bool]:
    """The condition on `Task` that a member looks after it, or nobody does."""
    of_measure = or_(col(Remit.measure_id).is_(None), col(Remit.measure_id) == Task.measure_id)
    of_unit = or_(
        col(Remit.authority_id).is_(None), col(Remit.authority_id).in_((Task.unit_id, Task.authority_id))
    )
    return _mine_or_nobodys(officer_id, of_measure, of_unit)


def plans_minded(officer_id: int) -> ColumnElement[bool]:
    """The same on `WorkPlan`, which holds every measure: only remits of its unit count."""
    of_unit = select(Task.id).where(Task.plan_id == WorkPlan.id, Task.unit_id == Remit.authority_id)
    return _mine_or_nobodys(
        officer_id, or_(col(Remit.authority_id) == WorkPlan.authority_id, of_unit.exists())
    )


def _mine_or_nobodys(officer_id: int, *covers: Any) -> ColumnElement[bool]:
    covered = _standing().where(*covers)
    return or_(covered.where(Remit.officer_id == officer_id).exists(), ~covered.exists())


def _standing() -> Statement:
    """The remits of today whose member is one and can sign in."""
    today = clock.today()
    member = (RoleGrant.role == Role.MEMBER, col(RoleGrant.revoked_at).is_(None), col(Account.active))
    return (
        select(Remit.id)
        .join(RoleGrant, RoleGrant.officer_id == Remit.officer_id)
        .join(Account, Account.officer_id == Remit.officer_id)
        .where(Remit.starts_on <= today, _not_over(today), *member)
    )


def _not_over(today: date) -> ColumnElement[bool]:
    return or_(col(Remit.ends_on).is_(None), col(Remit.ends_on) >= today)
