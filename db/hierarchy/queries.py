"""Reads the tree of authorities: who stands where, who has moved, and figures by the tree of another day."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.authorities.standing import standing
from db.authorities.tree import stands, tree_of
from db.figures.history import history_of
from db.figures.queries import cells_frame
from db.frames import frame_of, rows_of
from db.site.thresholds import read_light_rule
from db.sql import Statement, select
from db.store import Store
from db.tables import Authority, AuthorityName, AuthorityParent, ReportingPeriod, Task, WorkPlan
from tracking.figures.cells import COUNTS, cells_of
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.hierarchy import may_stand_under, may_take_over, rehomed
from tracking.permissions import Scope
from tracking.vocabulary import AuthorityKind, Relation

AUTHORITIES_SHOWN = 200
_LISTED = (
    *("region_seven", "region_four", "official_order", "tile_row", "tile_col"),
    *("founded_on", "dissolved_on"),
)


def authorities_frame(
    store: Store, *, on: date, text: str | None = None, kind: AuthorityKind | None = None, gone: bool = False
) -> pd.DataFrame:
    """Every authority that reports, filtered by name or code and by kind, at most `AUTHORITIES_SHOWN`.

    Those of a day and those to come, or the dissolved ones if `gone`; units in their order, then by code. Columns:
    authority_id, code, authority_name, short_name, kind, relation, parent_id and parent_name (missing for most),
    region_seven, region_four, official_order, tile_row, tile_col, founded_on, dissolved_on.
    """
    parent, later = aliased(Authority), aliased(AuthorityParent)
    newer = select(later.id).where(
        later.authority_id == AuthorityParent.authority_id, later.starts_on > AuthorityParent.starts_on
    )
    latest = and_(col(AuthorityParent.authority_id) == col(Authority.id), ~newer.exists())
    dissolved = col(Authority.dissolved_on)
    rows = (
        select(
            col(Authority.id).label("authority_id"),
            Authority.code,
            col(Authority.name).label("authority_name"),
            Authority.short_name,
            Authority.kind,
            AuthorityParent.relation,
            AuthorityParent.parent_id,
            parent.name.label("parent_name"),  # type: ignore[attr-defined]  # a column of the alias
            *(getattr(Authority, name) for name in _LISTED),
        )
        .select_from(Authority)
        .join(AuthorityParent, latest, isouter=True)
        .join(parent, parent.id == AuthorityParent.parent_id, isouter=True)
        .where(Authority.reports, dissolved <= on if gone else or_(dissolved.is_(None), dissolved > on))
        .order_by(col(Authority.official_order).nulls_last(), Authority.code)
        .limit(AUTHORITIES_SHOWN)
    )
    if kind is not None:
        rows = rows.where(Authority.kind == kind)
    if text:
        name, code = col(Authority.name), col(Authority.code)
        rows = rows.where(name.contains(text, autoescape=True) | code.startswith(text, autoescape=True))
    return frame_of(store, rows, whole=("parent_id", "official_order", "tile_row", "tile_col"))


def authority_counts(store: Store, *, on: date) -> dict[AuthorityKind, int]:
    """Kind → how many authorities of it stand on a day and report."""
    rows = select(Authority.kind, func.count()).where(Authority.reports, *standing(on))
    return dict(rows_of(store, rows.group_by(Authority.kind)))


def names_frame(store: Store, *, authority_id: int) -> pd.DataFrame:
    """What one authority was and will be called, newest first. Columns: name, short_name, kind, in_force_on."""
    rows = select(
        AuthorityName.name,
        AuthorityName.short_name,
        AuthorityName.kind,
        col(AuthorityName.starts_on).label("in_force_on"),
    ).where(AuthorityName.authority_id == authority_id)
    return frame_of(store, rows.order_by(col(AuthorityName.starts_on).desc()))


def children_frame(store: Store, *, authority_id: int, on: date) -> pd.DataFrame:
    """The standing authorities directly under or hosted by one. Columns: authority_id, name, relation; by code."""
    rows = (
        select(col(Authority.id).label("authority_id"), Authority.name, AuthorityParent.relation)
        .join(AuthorityParent, AuthorityParent.authority_id == Authority.id)
        .where(AuthorityParent.parent_id == authority_id, *standing(on))
    )
    either = or_(*(and_(*stands(relation, on)) for relation in Relation))
    return frame_of(store, rows.where(either).order_by(Authority.code))


def places_frame(store: Store, *, authority_id: int) -> pd.DataFrame:
    """The parents of one authority over time, newest first.

    Columns: authority_id, code, authority_name, kind, relation, parent_id, parent_name, in_force_on, ended_on.
    """
    rows = _spans(aliased(Authority)).where(AuthorityParent.authority_id == authority_id)
    return frame_of(store, rows.order_by(col(AuthorityParent.starts_on).desc()))


def moves_frame(store: Store, *, after: date, upto: date) -> pd.DataFrame:
    """The moves that took effect after one day and up to another, newest first.

    Columns: authority_name, from_name, to_name, moved_on.
    """
    parent, former, before = aliased(Authority), aliased(Authority), aliased(AuthorityParent)
    rows = (
        select(
            col(Authority.short_name).label("authority_name"),
            former.short_name.label("from_name"),  # type: ignore[attr-defined]  # a column of the alias
            parent.short_name.label("to_name"),  # type: ignore[attr-defined]  # as above
            col(AuthorityParent.starts_on).label("moved_on"),
        )
        .join(Authority, Authority.id == AuthorityParent.authority_id)
        .join(parent, parent.id == AuthorityParent.parent_id)
        .join(
            before,
            (before.authority_id == AuthorityParent.authority_id)
            & (before.relation == AuthorityParent.relation)
            & (before.ends_on < AuthorityParent.starts_on),  # type: ignore[operator]  # ends_on is a column here
        )
        .join(former, former.id == before.parent_id)
        .where(col(AuthorityParent.starts_on) > after, col(AuthorityParent.starts_on) <= upto)
        .order_by(col(AuthorityParent.starts_on).desc(), Authority.code, col(before.ends_on).desc())
    )
    return frame_of(store, rows).drop_duplicates(["authority_name", "moved_on"], ignore_index=True)


def cells_by_tree(
    store: Store, scope: Scope, *, period_id: int, on: date, vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of a period grouped by the tree of a different day; columns of `cells_frame`.

    Stored cells follow the tree of the period's day. For each authority that counts elsewhere on `on`, its
    sums are moved from one unit to the other, as rows that add up with the stored ones.
    """
    kept = cells_frame(store, scope, period_id=period_id, vintage=vintage)
    with store.read() as session:
        moved = _moved_cells(session, session.get_one(ReportingPeriod, period_id), on, vintage)
    if moved.empty:
        return kept
    reached = np.array([scope.covers(int(unit_id)) for unit_id in moved["unit_id"]], dtype=bool)
    days = [day.toordinal() for day in moved["as_of_on"]]
    within = moved.assign(period_id=period_id, as_of_day=days)[reached][list(kept)]
    return pd.concat([kept, within], ignore_index=True) if len(within) else kept


def _moved_cells(session: Session, period: ReportingPeriod, on: date, vintage: Vintage) -> pd.DataFrame:
    """What the tree of `on` subtracts from and adds to units; columns of `tracking.figures.cells`."""
    known_at = known_at_of(period, vintage)
    as_of_on = min(clock.day_of(known_at), period.ends_on)
    tree = tree_of(session)
    then, now = tree.units(as_of_on), tree.units(on)
    changed = {authority_id for authority_id, unit_id in then.items() if now[authority_id] != unit_id}
    if not changed:
        return pd.DataFrame()
    plans = select(WorkPlan.id).where(WorkPlan.notice_id == period.notice_id)
    chosen = [
        Task.year == period.year,
        col(Task.plan_id).in_(plans),
        col(Task.authority_id).in_(sorted(changed)),
    ]
    history = history_of(session, *chosen, known_at=known_at)  # type: ignore[arg-type]  # conditions on columns
    facts = facts_at(history, number=period.number, as_of_on=as_of_on, rule=read_light_rule(session))
    taken, given = (cells_of(rehomed(facts, units), as_of_on=as_of_on) for units in (then, now))
    taken[list(COUNTS)] = -taken[list(COUNTS)]
    return pd.concat([taken, given], ignore_index=True)


def known_at_of(period: ReportingPeriod, vintage: Vintage) -> datetime:
    """The instant as of which a vintage of a period is known."""
    if vintage.known_on is not None:
        return clock.end_of(vintage.known_on)
    return period.frozen_at if vintage.published and period.frozen_at else clock.end_of(clock.today())


def _spans(parent: Any) -> Statement:
    return (
        select(
            AuthorityParent.authority_id,
            Authority.code,
            col(Authority.name).label("authority_name"),
            Authority.kind,
            AuthorityParent.relation,
            AuthorityParent.parent_id,
            parent.name.label("parent_name"),
            col(AuthorityParent.starts_on).label("in_force_on"),
            col(AuthorityParent.ends_on).label("ended_on"),
        )
        .join(Authority, Authority.id == AuthorityParent.authority_id)
        .join(parent, parent.id == AuthorityParent.parent_id)
    )


def parents_frame(store: Store, *, kind: AuthorityKind, relation: Relation, on: date) -> pd.DataFrame:
    """The possible parents of an authority of a kind in a relation. Columns: authority_id, name; by order and code."""
    hosted = relation == Relation.HOSTED_BY
    fitting = [
        parent
        for parent in AuthorityKind
        if (parent is AuthorityKind.PROVINCE if hosted else may_stand_under(kind, parent))
    ]
    return frame_of(store, _named(on).where(col(Authority.kind).in_(fitting)))


def successors_frame(store: Store, *, authority_id: int, kind: AuthorityKind, on: date) -> pd.DataFrame:
    """The authorities that may go on with what one of a kind has. Columns: authority_id, name; by order and code."""
    fitting = [one for one in AuthorityKind if may_take_over(kind, one)]
    return frame_of(store, _named(on).where(col(Authority.kind).in_(fitting), Authority.id != authority_id))


def _named(on: date) -> Statement:
    rows = select(col(Authority.id).label("authority_id"), Authority.name).where(
        Authority.reports, *standing(on), col(Authority.dissolved_on).is_(None)
    )
    return rows.order_by(col(Authority.official_order).nulls_last(), Authority.code)
