"""Reads how much of a completion rests on which indicators, and what each counts as on a day."""

from datetime import date

import pandas as pd
from sqlalchemy import func
from sqlmodel import col

from db.frames import numbers_of, rows_of
from db.reference.queries import level_on
from db.sql import select
from db.store import Store
from db.tables import Indicator, Target, Task
from db.tasks.queries import tasks_chosen
from tracking.permissions import Scope
from tracking.vocabulary import ResultLevel, TaskStatus


def measured_weights_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """The weight of the tasks in force that are not suspended, by what their completion is counted against.

    Columns, whole numbers all: unit_id, measure_id, indicator_id, parts (among how many indicators a task's weight is
    shared) and weight_tenths (the sum of the whole weights). Tasks without a target are not in it.
    """
    asked = select(Target.task_revision_id, Target.indicator_id).distinct().subquery()
    parts = (
        select(asked.c.task_revision_id, func.count().label("parts"))
        .group_by(asked.c.task_revision_id)
        .subquery()
    )
    group = (Task.unit_id, Task.measure_id, asked.c.indicator_id, parts.c.parts)
    rows = (
        select(*group, func.sum(Task.weight_tenths).label("weight_tenths"))
        .join(asked, asked.c.task_revision_id == Task.baseline_revision_id)
        .join(parts, parts.c.task_revision_id == Task.baseline_revision_id)
        .where(
            Task.in_force,
            col(Task.status) != TaskStatus.SUSPENDED,
            *tasks_chosen(scope, notice_id=notice_id, year=year),
        )
        .group_by(*group)
    )
    return numbers_of(store, rows)


def levels_on(store: Store, *, on: date) -> dict[int, ResultLevel]:
    """Indicator → what it counts as on a day, of those that are labelled by then."""
    rows = rows_of(store, select(Indicator.id, level_on(on)))
    return {key: ResultLevel(level) for key, level in rows if level is not None}
