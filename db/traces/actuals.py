"""Reads the indicator values that count, those of each task's latest accepted update, and of whom they are asked."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, func, literal, type_coerce
from sqlmodel import col

from db import clock
from db.figures.chosen import MOST_PERIODS
from db.frames import numbers_of
from db.sql import Statement, select
from db.store import Store
from db.supplied.queries import supplied_counted
from db.tables import (
    IndicatorActual,
    IndicatorTerm,
    ProgressUpdate,
    ReportingPeriod,
    Target,
    Task,
    TaskRevision,
)
from db.tasks.past_tasks import facts_known
from db.tasks.queries import tasks_chosen
from tracking.figures.supplied import with_supplied
from tracking.figures.task_facts import LAST
from tracking.permissions import Scope


def actuals_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    measure_id: int,
    number: int | None = None,
    known_on: date | None = None,
) -> pd.DataFrame:
    """The indicator values that count under a measure, now or as known at the end of a past day.

    What the working group supplied for an authority stands in the place of its own (`with_supplied`). With `number` those that counted up to that period of the year. Columns, whole numbers all: indicator_id,
    authority_id, unit_id, task_id, period_number (counted on from `year`), and in hundredths the value and the two parts
    of a rate, 0 for anything else.
    """
    of_measure: dict[str, Any] = {"notice_id": notice_id, "year": year, "measure_id": measure_id}
    dated: dict[str, Any] = {"number": number, "known_on": known_on}
    reported = _reported(store, tasks_chosen(scope, **of_measure), year, **dated)
    return with_supplied(reported, supplied_counted(store, scope, **of_measure, **dated))


def _reported(
    store: Store, chosen: list[Any], year: int, *, number: int | None, known_on: date | None
) -> pd.DataFrame:
    """The values of tasks, with the columns of `actuals_frame`."""
    if known_on is None and number is None:
        return numbers_of(store, _standing(year).where(Task.in_force, *chosen))
    facts = facts_known(store, chosen, known_on=known_on or clock.today(), number=number or LAST)
    counted = facts[list(_COUNTED)]
    values = numbers_of(store, _values(counted["update_id"].tolist(), year))
    return values.merge(counted, on="update_id")[list(_COLUMNS)]


def asked_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    measure_id: int,
    known_on: date | None = None,
) -> pd.DataFrame:
    """Of whom the indicators of a measure are asked, now or as known at the end of a past day.

    Columns, whole numbers all: indicator_id, authority_id, unit_id, exempt (1 where a task says that it does not apply).
    """
    chosen = tasks_chosen(scope, notice_id=notice_id, year=year, measure_id=measure_id)
    if known_on is None:
        in_force: list[Any] = [Task.in_force, col(Task.revision_id) == TaskRevision.id, *chosen]
    else:
        revisions = facts_known(store, chosen, known_on=known_on)["revision_id"].tolist()
        in_force = [col(TaskRevision.id).in_(revisions)]
    asked = _asked(Target, exempt=False).where(*in_force)
    exempt = _asked(IndicatorTerm, exempt=True).where(*in_force, col(IndicatorTerm.baseline).is_(None))
    return numbers_of(store, asked.union(exempt))


def _asked(part: Any, *, exempt: bool) -> Statement:
    """The tasks that say something of an indicator."""
    return (
        select(part.indicator_id, Task.authority_id, Task.unit_id, literal(int(exempt)).label("exempt"))
        .select_from(part)
        .join(TaskRevision, col(TaskRevision.id) == part.task_revision_id)
        .join(Task, col(Task.id) == TaskRevision.task_id)
    )


_FIGURES = ("hundredths", "numerator", "denominator")
_COLUMNS = ("indicator_id", "authority_id", "unit_id", "task_id", "period_number", *_FIGURES)
_COUNTED = ("task_id", "authority_id", "unit_id", "update_id")


def _hundredths(column: Any, name: str) -> Any:
    """As it is stored: a decimal of each row takes longer than all else that is done with it."""
    return func.coalesce(type_coerce(column, BigInteger), 0).label(name)


def _figures() -> list[Any]:
    columns = (IndicatorActual.value, IndicatorActual.numerator, IndicatorActual.denominator)
    return [_hundredths(column, name) for column, name in zip(columns, _FIGURES, strict=True)]


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
            *_figures(),
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
            *_figures(),
        )
        .join(ProgressUpdate, ProgressUpdate.id == IndicatorActual.update_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
        .where(col(IndicatorActual.update_id).in_(update_ids))
    )
