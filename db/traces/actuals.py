"""Reads the indicator values that count: those of each task's latest accepted update."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, type_coerce
from sqlmodel import col

from db.figures.chosen import MOST_PERIODS
from db.frames import numbers_of
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

    Columns, whole numbers all: indicator_id, authority_id, unit_id, task_id, period_number (counted on from `year`), and the
    value in `hundredths`.
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, measure_id=measure_id)
    if known_on is None:
        return numbers_of(store, _standing(year).where(Task.in_force, *chosen))
    counted = facts_known(store, chosen, known_on=known_on)[list(_COUNTED)]
    values = numbers_of(store, _values(counted["update_id"].tolist(), year))
    return values.merge(counted, on="update_id")[list(_COLUMNS)]


_COLUMNS = ("indicator_id", "authority_id", "unit_id", "task_id", "period_number", "hundredths")
_COUNTED = ("task_id", "authority_id", "unit_id", "update_id")
# As it is stored: a decimal of each row takes longer than all else that is done with it.
_HUNDREDTHS: Any = type_coerce(IndicatorActual.value, BigInteger).label("hundredths")


def _number(year: int) -> Any:
    number: Any = (ReportingPeriod.year - year) * MOST_PERIODS + ReportingPeriod.number
    return number.label("period_number")


def _standing(year: int) -> Statement:
    """What the update says that counts now; its period is known without it."""
    return (
        select(
            IndicatorActual.indicator_id,
            Task.authority_id,
            Task.unit_id,
            col(Task.id).label("task_id"),
            _number(year),
            _HUNDREDTHS,
        )
        .select_from(Task)
        .join(IndicatorActual, IndicatorActual.update_id == Task.latest_update_id)
        .join(ReportingPeriod, ReportingPeriod.id == Task.latest_period_id)
    )


def _values(update_ids: Any, year: int) -> Statement:
    """What updates say, whichever task of a line they were of."""
    return (
        select(
            IndicatorActual.update_id,
            IndicatorActual.indicator_id,
            _number(year),
            _HUNDREDTHS,
        )
        .join(ProgressUpdate, ProgressUpdate.id == IndicatorActual.update_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .where(col(IndicatorActual.update_id).in_(update_ids))
    )
