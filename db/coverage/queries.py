"""Reads what a year's tasks cover: counts per cell, and the tasks that lack something.

A cell is a unit and a measure, or a unit and an action of one measure. Which of its elements a cell has is a
rule of `tracking.coverage`.
"""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_
from sqlmodel import col

from db.frames import frame_of
from db.officers.queries import holds_on
from db.sql import Statement, select
from db.store import Store
from db.tables import Appointment, Indicator, IndicatorTerm, Measure, Target, Task, TaskRevision, WorkPlan
from db.tasks.queries import tasks_within
from tracking.catalogue import NO_ACTION
from tracking.permissions import Scope
from tracking.vocabulary import TaskStatus

# Written into the statement, for PostgreSQL takes two parameters for two groups.
_NO_ACTION: ColumnElement[int] = literal_column(str(NO_ACTION))


def measure_cells_frame(store: Store, scope: Scope, *, notice_id: int, year: int, on: date) -> pd.DataFrame:
    """One row per unit and measure with tasks in force that are not suspended.

    Columns: unit_id, line_id (the measure), tasks, open_tasks (not completed); of these overdue (due day before
    `on`) and vacant (no post, or nobody holds it on the day); targeted (tasks with an indicator's target).
    """
    return frame_of(store, _cells(scope, notice_id, year, on, Task.measure_id))


def action_cells_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, on: date, measure_id: int
) -> pd.DataFrame:
    """The same per unit and action of one measure; `line_id` is the action, `NO_ACTION` for tasks that name none."""
    action = func.coalesce(col(TaskRevision.measure_action_id), _NO_ACTION)
    rows = _cells(scope, notice_id, year, on, action)
    return frame_of(store, rows.where(Task.measure_id == measure_id))


def planned_units(store: Store, scope: Scope, *, notice_id: int, year: int) -> frozenset[int]:
    """The units for which a task of the year is filed, suspended ones included: every other is without a plan."""
    rows = select(Task.unit_id).join(WorkPlan, WorkPlan.id == Task.plan_id).distinct()
    filed = [WorkPlan.notice_id == notice_id, Task.year == year, Task.in_force, *tasks_within(scope)]
    with store.read() as session:
        return frozenset(session.scalars(rows.where(*filed)))


def incomplete_tasks_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, on: date, unit_id: int | None = None
) -> pd.DataFrame:
    """The tasks that are overdue, vacant or without a target, ordered by unit, measure and number.

    Columns: task_id, number, title, unit_id, measure_id, due_on, is_overdue, is_vacant, is_targeted.
    """
    overdue, vacant = and_(_open(), _overdue(on)), and_(_open(), _vacant(on))
    rows = (
        select(
            col(Task.id).label("task_id"),
            Task.number,
            TaskRevision.title,
            Task.unit_id,
            Task.measure_id,
            Task.due_on,
            _one(overdue).label("is_overdue"),
            _one(vacant).label("is_vacant"),
            _one(_targeted()).label("is_targeted"),
        )
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(Measure, Measure.id == Task.measure_id)
        .where(*_counted(scope, notice_id, year), or_(overdue, vacant, ~_targeted()))
        .order_by(Task.unit_id, Measure.number, Task.authority_id, Task.number)
    )
    frame = frame_of(store, rows if unit_id is None else rows.where(Task.unit_id == unit_id))
    return frame.astype({"is_overdue": bool, "is_vacant": bool, "is_targeted": bool})


def _cells(scope: Scope, notice_id: int, year: int, on: date, line: Any) -> Statement:
    """The counts per unit and line, as a statement."""
    return (
        select(
            Task.unit_id,
            line.label("line_id"),
            func.count().label("tasks"),
            _sum(_open()).label("open_tasks"),
            _sum(and_(_open(), _overdue(on))).label("overdue"),
            _sum(and_(_open(), _vacant(on))).label("vacant"),
            _sum(_targeted()).label("targeted"),
        )
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .where(*_counted(scope, notice_id, year))
        .group_by(Task.unit_id, line)
    )


def _counted(scope: Scope, notice_id: int, year: int) -> list[Any]:
    """The tasks that count: in force, not suspended."""
    alive = Task.status != TaskStatus.SUSPENDED
    return [WorkPlan.notice_id == notice_id, Task.year == year, Task.in_force, alive, *tasks_within(scope)]


def _open() -> ColumnElement[bool]:
    return col(Task.status) != TaskStatus.COMPLETED


def _overdue(on: date) -> ColumnElement[bool]:
    return col(Task.due_on) < on


def _vacant(on: date) -> ColumnElement[bool]:
    held = select(Appointment.post_id).where(*holds_on(on))
    return or_(col(TaskRevision.post_id).is_(None), col(TaskRevision.post_id).not_in(held))


def _targeted() -> ColumnElement[bool]:
    """Whether a task has a target, or says of every indicator of its measure that it does not apply."""
    found = select(Target.id).where(Target.task_revision_id == TaskRevision.id).exists()
    exempt = select(func.count(col(IndicatorTerm.id))).where(
        IndicatorTerm.task_revision_id == TaskRevision.id, col(IndicatorTerm.baseline).is_(None)
    )
    all_of_them = select(func.count(col(Indicator.id))).where(Indicator.measure_id == Task.measure_id)
    none_applies = exempt.scalar_subquery() >= all_of_them.scalar_subquery()
    return or_(found, and_(exempt.scalar_subquery() > 0, none_applies))


def _one(condition: ColumnElement[bool]) -> Any:
    return case((condition, 1), else_=0)


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.sum(_one(condition))
