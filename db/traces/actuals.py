"""Reads the indicator values that count: those of each task's latest accepted update."""

from datetime import date

import pandas as pd
from sqlmodel import col

from db.frames import frame_of
from db.sql import Statement, select
from db.store import Store
from db.tables import IndicatorActual, ProgressUpdate, ReportingPeriod, Task
from db.tasks.past_tasks import facts_known
from db.tasks.queries import tasks_chosen
from tracking.permissions import Scope


def actuals_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, measure_id: int, known_on: date | None = None
) -> pd.DataFrame:
    """The indicator values that count under a measure, now or as known at the end of a past day.

    Columns: indicator_id, authority_id, unit_id, task_id, period_number, value.
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, measure_id=measure_id)
    if known_on is None:
        return frame_of(
            store, _values().where(Task.latest_update_id == ProgressUpdate.id, Task.in_force, *chosen)
        )
    facts = facts_known(store, chosen, known_on=known_on)
    return frame_of(store, _values().where(col(ProgressUpdate.id).in_(facts["update_id"].tolist())))


def _values() -> Statement:
    return (
        select(
            IndicatorActual.indicator_id,
            Task.authority_id,
            Task.unit_id,
            col(Task.id).label("task_id"),
            col(ReportingPeriod.number).label("period_number"),
            IndicatorActual.value,
        )
        .join(ProgressUpdate, ProgressUpdate.id == IndicatorActual.update_id)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
    )
