"""Reads what an authority has put in place: mechanism, plan, registers, actions covered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import and_, func
from sqlmodel import col

from db import clock
from db.figures.history import said_at
from db.frames import frame_of
from db.registers.queries import of_registers, stands
from db.sql import select
from db.store import Store
from db.tables import (
    Authority,
    MeasureAction,
    RegisterEntry,
    Task,
    TaskRevision,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.obligations import REGISTERS, Obligation
from tracking.permissions import Scope

# What is told of a coordination mechanism besides its day.
_TOLD = ("document_number", "lead_leader", "member_units", "ccpit_partner")


def mechanisms_frame(
    store: Store, scope: Scope, *, notice_id: int, known_on: date | None = None
) -> pd.DataFrame:
    """One row per reporting authority, in official order, with its coordination mechanism, now or at a past day's end.

    Columns: authority_id, authority_name, established_on, document_number, lead_leader, member_units,
    ccpit_partner (all missing without a mechanism), cooperation_mechanisms and publicity_items (current
    entries).
    """
    known_at = None if known_on is None else clock.end_of(known_on)
    mechanism = of_registers(notice_id, *REGISTERS[Obligation.COORDINATION_MECHANISM])
    standing = select(RegisterEntry).where(mechanism, stands(known_at)).subquery()
    rows = (
        select(
            col(Authority.id).label("authority_id"),
            col(Authority.short_name).label("authority_name"),
            standing.c.happened_on.label("established_on"),
            standing.c.content,
            _count_of(Obligation.COOPERATION_MECHANISMS, notice_id, known_at).label("cooperation_mechanisms"),
            _count_of(Obligation.PUBLICITY, notice_id, known_at).label("publicity_items"),
        )
        .join(standing, standing.c.authority_id == Authority.id, isouter=True)
        .where(Authority.reports, *_within(scope))
        .order_by(col(Authority.official_order).nulls_last(), Authority.code)
    )
    frame = frame_of(store, rows)
    contents = [content or {} for content in frame.pop("content")]
    told = {name: pd.Series([_said(one, name) for one in contents], dtype=object) for name in _TOLD}
    return frame.assign(**told)


def _said(content: Mapping[str, Any], name: str) -> str | None:
    return content.get(name, "") if content else None


def action_coverage_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    measure_id: int,
    unit_ids: Sequence[int] | None = None,
    known_on: date | None = None,
) -> pd.DataFrame:
    """The concrete actions of a measure, in order, with how many units and tasks take up each; of some units, or all.

    As of now, or of the end of a past day. Columns: action_id, number, title, units, tasks.
    """
    said = (
        and_(col(TaskRevision.id) == Task.revision_id, col(Task.in_force))
        if known_on is None
        else said_at(clock.end_of(known_on))
    )
    of_units = [] if unit_ids is None else [col(Task.unit_id).in_(unit_ids)]
    tasks = (
        select(TaskRevision.measure_action_id, Task.unit_id, col(Task.id).label("task_id"))
        .select_from(Task)
        .join(TaskRevision, said)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .where(WorkPlan.notice_id == notice_id, Task.year == year, *of_units, *tasks_within(scope))
        .subquery()
    )
    rows = (
        select(
            col(MeasureAction.id).label("action_id"),
            MeasureAction.number,
            MeasureAction.title,
            func.count(tasks.c.unit_id.distinct()).label("units"),
            func.count(tasks.c.task_id).label("tasks"),
        )
        .join(tasks, tasks.c.measure_action_id == MeasureAction.id, isouter=True)
        .where(MeasureAction.measure_id == measure_id)
        .group_by(MeasureAction.id, MeasureAction.number, MeasureAction.title)
        .order_by(MeasureAction.number)
    )
    return frame_of(store, rows)


def _count_of(obligation: Obligation, notice_id: int, known_at: datetime | None) -> Any:
    rows = select(func.count(col(RegisterEntry.id))).where(
        RegisterEntry.authority_id == Authority.id,
        of_registers(notice_id, *REGISTERS[obligation]),
        stands(known_at),
    )
    return rows.scalar_subquery()


def _within(scope: Scope) -> list[Any]:
    return [] if scope.authority_ids is None else [col(Authority.id).in_(sorted(scope.authority_ids))]
