"""Reads which of the notice's obligations each reporting unit has met, and since when.

Which of them that amounts to is a rule of `tracking.obligations`. Registers and plan are the unit's own; tasks
are those of all that report through it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import and_, func
from sqlmodel import col

from db import clock
from db.coverage.queries import measure_cells_frame
from db.frames import frame_of
from db.officers.queries import holds_on
from db.reference.queries import units_frame
from db.registers.queries import of_registers, stands
from db.sql import Statement, select
from db.store import Store
from db.tables import Appointment, PlanRevision, RegisterEntry, Task, TaskRevision, WorkPlan
from db.tasks.queries import tasks_within
from tracking.obligations import REGISTERS, Obligation
from tracking.permissions import Scope
from tracking.vocabulary import PlanStatus, TaskStatus

_MET_BY = {"cooperation": Obligation.COOPERATION_MECHANISMS, "publicity": Obligation.PUBLICITY}
_COUNTS = ("tasks", "open_tasks", "held_tasks", "cooperation", "publicity")


def obligation_facts_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, on: date
) -> pd.DataFrame:
    """One row per reporting unit in reach, in official order; columns as in `tracking.obligations.obligation_cells`.

    Also region_seven, and revision_id of the filed plan (missing without one). `on` is the day for which
    posts count as held; registers and plans stand as they do now.
    """
    units = units_frame(store, notice_id=notice_id)
    units = units[units["reports"].astype(bool)]
    units = units[[scope.covers(key) for key in units["unit_id"].tolist()]]
    facts = units[["unit_id", "short_name", "region_seven"]]
    for found in _found(store, scope, notice_id, year, on):
        facts = facts.merge(found, on="unit_id", how="left")
    facts = facts.fillna(dict.fromkeys(_COUNTS, 0)).astype(dict.fromkeys(_COUNTS, "int64"))
    facts = facts.astype({"revision_id": "Int64"})
    return facts.assign(mechanism_recorded=facts["mechanism_recorded"].notna())


def _found(store: Store, scope: Scope, notice_id: int, year: int, on: date) -> Iterable[pd.DataFrame]:
    yield _mechanisms(frame_of(store, _coordination(notice_id)))
    yield _dated(frame_of(store, _plans(notice_id, year)), "plan_filed_on")
    yield _dated(frame_of(store, _goals(notice_id, year)), "goals_filed_on")
    yield _held(measure_cells_frame(store, scope, notice_id=notice_id, year=year, on=on))
    yield frame_of(store, _held_since(scope, notice_id, year, on))
    for name in ("cooperation", "publicity"):
        yield frame_of(store, _entries(name, notice_id))


def _coordination(notice_id: int) -> Statement:
    return select(
        col(RegisterEntry.authority_id).label("unit_id"),
        col(RegisterEntry.id).label("mechanism_recorded"),
        col(RegisterEntry.happened_on).label("mechanism_on"),
        RegisterEntry.content,
    ).where(of_registers(notice_id, *REGISTERS[Obligation.COORDINATION_MECHANISM]), stands())


def _mechanisms(found: pd.DataFrame) -> pd.DataFrame:
    contents = found.pop("content")
    return found.assign(mechanism_number=[content.get("document_number", "") for content in contents])


def _filed(notice_id: int, year: int) -> list[Any]:
    return [
        WorkPlan.notice_id == notice_id,
        WorkPlan.year == year,
        PlanRevision.status == PlanStatus.FILED,
    ]


def _plans(notice_id: int, year: int) -> Statement:
    """When the year's plan was first filed, and its newest filed revision."""
    rows = select(
        col(WorkPlan.authority_id).label("unit_id"),
        func.min(PlanRevision.filed_at).label("plan_filed_on"),
        func.max(PlanRevision.id).label("revision_id"),
    ).join(PlanRevision, PlanRevision.plan_id == WorkPlan.id)
    return rows.where(*_filed(notice_id, year)).group_by(WorkPlan.authority_id)


def _goals(notice_id: int, year: int) -> Statement:
    """When the current revision was filed, for plans whose current revision states goals."""
    newest = (
        select(func.max(PlanRevision.number))
        .where(PlanRevision.plan_id == WorkPlan.id, PlanRevision.status == PlanStatus.FILED)
        .correlate(WorkPlan)
        .scalar_subquery()
    )
    rows = select(
        col(WorkPlan.authority_id).label("unit_id"), col(PlanRevision.filed_at).label("goals_filed_on")
    ).join(PlanRevision, PlanRevision.plan_id == WorkPlan.id)
    return rows.where(*_filed(notice_id, year), PlanRevision.number == newest, PlanRevision.goals != "")


def _held(cells: pd.DataFrame) -> pd.DataFrame:
    """The tasks of a unit over all measures, and how many of the open ones have a responsible officer."""
    summed = cells.groupby("unit_id")[["tasks", "open_tasks", "vacant"]].sum().reset_index()
    return summed.assign(held_tasks=summed["open_tasks"] - summed["vacant"]).drop(columns="vacant")


def _held_since(scope: Scope, notice_id: int, year: int, on: date) -> Statement:
    """The day since which all current holders of open tasks have held their posts."""
    holds = and_(col(Appointment.post_id) == TaskRevision.post_id, *holds_on(on))
    open_task = col(Task.status).not_in([TaskStatus.COMPLETED, TaskStatus.SUSPENDED])
    return (
        select(Task.unit_id, func.max(Appointment.starts_on).label("held_since_on"))
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Appointment, holds)
        .where(WorkPlan.notice_id == notice_id, Task.year == year, Task.in_force, open_task)
        .where(*tasks_within(scope))
        .group_by(Task.unit_id)
    )


def _entries(name: str, notice_id: int) -> Statement:
    """The number of current entries that meet an obligation, and the earliest day among them."""
    keys = REGISTERS[_MET_BY[name]]
    rows = select(
        col(RegisterEntry.authority_id).label("unit_id"),
        func.count().label(name),
        func.min(RegisterEntry.happened_on).label(f"{name}_since_on"),
    )
    own = col(RegisterEntry.authority_id).is_not(None)
    return rows.where(of_registers(notice_id, *keys), own, stands()).group_by(RegisterEntry.authority_id)


def _dated(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Instants as the days they fall on in the offices."""
    return frame.assign(**{column: pd.Series([_day(at) for at in frame[column]], dtype=object)})


def _day(at: datetime) -> date:
    return clock.day_of(at)
