"""Reads peer groups as they stood on a day, and the figures of their members."""

from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from db import clock
from db.authorities.scope import NATION
from db.figures.queries import cells_frame
from db.frames import frame_of, rows_of
from db.sql import Statement, select
from db.store import Store
from db.tables import Authority, PeerGroup, PeerGroupMember
from tracking.figures.vintages import NEWEST, Vintage
from tracking.peer_groups import without_names
from tracking.permissions import Scope


def peer_groups_frame(store: Store, scope: Scope, *, on: date) -> pd.DataFrame:
    """The groups in use on a day with a member in the scope, by original name.

    Columns: group_id, name, likeness, row_version, units (how many belonged on that day).
    """
    members = select(PeerGroupMember.group_id, PeerGroupMember.authority_id).where(*_belongs(on))
    of_group: dict[int, set[int]] = {}
    for group_id, unit_id in rows_of(store, members):
        of_group.setdefault(group_id, set()).add(unit_id)
    groups = frame_of(store, _groups(on))
    units = [of_group.get(group_id, set()) for group_id in groups["group_id"]]
    reached = [any(map(scope.covers, unit_ids)) for unit_ids in units]
    return groups.assign(units=list(map(len, units)))[reached].reset_index(drop=True)


def _groups(on: date) -> Statement:
    asked = clock.end_of(on)
    return (
        select(col(PeerGroup.id).label("group_id"), PeerGroup.name, PeerGroup.likeness, PeerGroup.row_version)
        .where(or_(col(PeerGroup.retired_at).is_(None), col(PeerGroup.retired_at) > asked))
        .order_by(PeerGroup.id)
    )


def peer_unit_ids(store: Store, *, group_id: int, on: date) -> list[int]:
    """The units that belonged to a group on a day, in official order."""
    rows = (
        select(PeerGroupMember.authority_id)
        .join(Authority, Authority.id == PeerGroupMember.authority_id)
        .where(PeerGroupMember.group_id == group_id, *_belongs(on))
        .order_by(col(Authority.official_order))
    )
    return [row.authority_id for row in rows_of(store, rows)]


def memberships_frame(store: Store, *, group_id: int) -> pd.DataFrame:
    """Who belonged to a group from when to when, newest first. Columns: unit, in_force_on, ended_on."""
    rows = (
        select(
            col(Authority.short_name).label("unit"),
            col(PeerGroupMember.starts_on).label("in_force_on"),
            col(PeerGroupMember.ends_on).label("ended_on"),
        )
        .join(Authority, Authority.id == PeerGroupMember.authority_id)
        .where(PeerGroupMember.group_id == group_id)
        .order_by(col(PeerGroupMember.starts_on).desc(), col(Authority.official_order))
    )
    return frame_of(store, rows)


def peer_cells_frame(
    store: Store, scope: Scope, *, period_id: int, unit_ids: tuple[int, ...], vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of these units; columns of `cells_frame`.

    Units outside the scope are anonymous: their negative ids follow their figures and so reveal nothing.
    """
    cells = cells_frame(store, NATION, period_id=period_id, vintage=vintage)
    cells = cells[cells["unit_id"].isin(unit_ids)]
    known = frozenset(filter(scope.covers, unit_ids))
    return cells if len(known) == len(unit_ids) else without_names(cells, known)


def standing_members(session: Session, group_id: int, on: date) -> dict[int, PeerGroupMember]:
    """Unit → its membership of the group on a day."""
    rows = select(PeerGroupMember).where(PeerGroupMember.group_id == group_id, *_belongs(on))
    return {member.authority_id: member for member in session.scalars(rows)}


def _belongs(on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PeerGroupMember.starts_on) <= on,
        or_(col(PeerGroupMember.ends_on).is_(None), col(PeerGroupMember.ends_on) >= on),
    )
