"""Reads what is beneath a unit, and the figures of a period authority by authority, by the tree of a day."""

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import func, or_
from sqlmodel import col

from db import clock
from db.authorities.standing import NAMED, named_on
from db.authorities.tree import whole_tree
from db.figures.history import history_of
from db.frames import frame_of
from db.hierarchy.queries import known_at_of
from db.site.thresholds import read_light_rule
from db.sql import select
from db.store import Store
from db.tables import Authority, ReportingPeriod, Task, WorkPlan
from tracking.figures.cells import CELL_COLUMNS, cells_of
from tracking.figures.task_facts import facts_at
from tracking.figures.vintages import NEWEST, Vintage
from tracking.hierarchy import rehomed
from tracking.permissions import Scope


def levels_frame(store: Store, *, unit_id: int, on: date) -> pd.DataFrame:
    """Who reports through a unit on a day, at any depth, by code: authority_id, parent_id, code, name, short_name, kind."""
    with store.read() as session:
        tree = whole_tree(session)
    beneath = tree.under(unit_id, on) - {unit_id}
    named, as_named = named_on(on)
    rows = (
        select(
            col(Authority.id).label("authority_id"),
            Authority.code,
            *(
                func.coalesce(
                    getattr(named, name), getattr(Authority, name), type_=getattr(Authority, name).type
                ).label(name)
                for name in NAMED
            ),
        )
        .join(named, as_named, isouter=True)
        .where(col(Authority.id).in_(sorted(beneath)))
        .order_by(Authority.code)
    )
    found = frame_of(store, rows)
    parents = [tree.parent_of(one, on) or unit_id for one in found["authority_id"].tolist()]
    return found.assign(parent_id=pd.array(parents, "int64"))


def parents_on(store: Store, *, on: date) -> dict[int, int]:
    """Authority → the one through which it reports on a day; units have none."""
    with store.read() as session:
        tree = whole_tree(session)
    above = ((span.authority_id, tree.parent_of(span.authority_id, on)) for span in tree.spans)
    return {one: parent for one, parent in above if parent is not None}


def level_cells(
    store: Store, scope: Scope, *, period_id: int, unit_id: int, on: date, vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of all that counts into a unit by the tree of a day, a row per authority and measure.

    Columns `CELL_COLUMNS`, in `unit_id` the authority whose tasks they are: they add up to the cells of the unit.
    """
    with store.read() as session:
        period, tree = session.get_one(ReportingPeriod, period_id), whole_tree(session)
        units = tree.units(on)
        moved = sorted(one for one, unit in units.items() if unit == unit_id)
        plans = select(WorkPlan.id).where(WorkPlan.notice_id == period.notice_id)
        chosen = [
            Task.year == period.year,
            col(Task.plan_id).in_(plans),
            or_(col(Task.unit_id) == unit_id, col(Task.authority_id).in_(moved)),
        ]
        known_at = known_at_of(period, vintage)
        history = history_of(session, *chosen, known_at=known_at)  # type: ignore[arg-type]  # conditions on columns
        as_of_on = min(clock.day_of(known_at), period.ends_on)
        facts = facts_at(history, number=period.number, as_of_on=as_of_on, rule=read_light_rule(session))
    facts = rehomed(facts, units)
    reached = np.array([scope.covers(one) for one in facts["authority_id"].tolist()], dtype=bool)
    facts = facts[reached & (facts["unit_id"] == unit_id)]
    if facts.empty:
        return pd.DataFrame(columns=list(CELL_COLUMNS))
    return cells_of(facts.assign(unit_id=facts["authority_id"]), as_of_on=as_of_on)
