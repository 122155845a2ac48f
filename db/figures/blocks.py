"""Blocks of tasks that are figured together: their history, the periods that have begun, and the cells they make up."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from db import clock
from db.figures.chosen import Chosen, chosen_tasks
from db.figures.history import histories_of
from db.figures.lineage import BY_KEY
from db.figures.to_come import CellName
from db.sql import among, bound, fetch, select
from db.tables import ReportingPeriod, Task, WorkPlan
from tracking.figures.cells import cell_columns, those
from tracking.figures.lights import LightRule
from tracking.figures.task_facts import History, facts_in_columns
from tracking.hierarchy import Tree, units_of

_PLANS = select(WorkPlan.id).where(
    WorkPlan.notice_id == bound("of_notice"), WorkPlan.year == bound("of_year")
)
_OF_YEAR = (col(Task.year) == bound("of_year"), col(Task.plan_id).in_(_PLANS))
_OF_MEASURE = col(Task.measure_id) == bound("of_measure")
_OF_UNIT = col(Task.unit_id) == bound("of_unit")
# While authorities have moved, a cell may have tasks that count towards another unit today.
_EVER_OF_UNIT = or_(_OF_UNIT, among(Task.authority_id, "moved"))
_CELLS = (
    select(WorkPlan.notice_id, Task.year, Task.measure_id, Task.unit_id, Task.authority_id)
    .join(WorkPlan, col(WorkPlan.id) == Task.plan_id)
    .where(BY_KEY)
    .distinct()
)
_PERIODS = (
    select(
        ReportingPeriod.id,
        ReportingPeriod.number,
        ReportingPeriod.starts_on,
        ReportingPeriod.ends_on,
        ReportingPeriod.frozen_at,
    )
    .where(ReportingPeriod.notice_id == bound("of_notice"), ReportingPeriod.year == bound("of_year"))
    .order_by(col(ReportingPeriod.number))
)


@dataclass(frozen=True)
class Block:
    """Tasks of one plan year that are recomputed together, and the moment they are computed for.

    `cell` is the (unit_id, measure_id) they make up, None for every cell of the year; `task_ids` are those of some
    tasks of the year whose share is meant. `tree` determines the unit a task counts towards, for each period as of its day.
    """

    notice_id: int
    year: int
    known_at: datetime
    rule: LightRule
    tree: Tree
    cell: tuple[int, int] | None = None
    task_ids: Collection[int] | None = None

    @property
    def today(self) -> date:
        """The day it is computed for."""
        return clock.day_of(self.known_at)

    def tasks(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on `Task`, in which `values` are bound."""
        if self.task_ids is not None:
            return (BY_KEY,)
        if self.cell is None:
            return _OF_YEAR
        return (*_OF_YEAR, _EVER_OF_UNIT if self.tree.moved else _OF_UNIT, _OF_MEASURE)

    @property
    def values(self) -> Mapping[str, Any]:
        """What is bound in the conditions."""
        if self.task_ids is not None:
            return {"task_ids": self.task_ids}
        values: dict[str, Any] = {"of_notice": self.notice_id, "of_year": self.year}
        if self.cell is not None:
            values |= {"of_unit": self.cell[0], "of_measure": self.cell[1], "moved": sorted(self.tree.moved)}
        return values


def cells_of_tasks(session: Session, tree: Tree, task_ids: Collection[int]) -> Iterator[CellName]:
    """The cells these tasks are in, in any unit on any day; some may be named twice."""
    for row in fetch(session, _CELLS, task_ids=task_ids):
        for unit_id in {row.unit_id, *tree.units_ever(row.authority_id)}:
            yield row.notice_id, row.year, unit_id, row.measure_id


def tasks_of(session: Session, block: Block) -> Chosen:
    """Its tasks, and those they go on for."""
    return chosen_tasks(session, *block.tasks(), **block.values)


def block_history(session: Session, block: Block) -> History:
    """What is known of its tasks."""
    (history,) = histories_of(session, tasks_of(session, block), [block.known_at])
    return history


def begun_periods(session: Session, block: Block) -> Sequence[Any]:
    """The periods of the block's year that have begun, in order."""
    periods = periods_of_year(session, block.notice_id, block.year)
    return [period for period in periods if period.starts_on <= block.today]


def periods_of_year(session: Session, notice_id: int, year: int) -> Sequence[Any]:
    """The periods of a year, in order."""
    return fetch(session, _PERIODS, of_notice=notice_id, of_year=year).all()


def cell_frames(block: Block, history: History, periods: Iterable[Any]) -> Iterable[pd.DataFrame]:
    """The cells of each period, as of its last day, or today while it runs."""
    return map(pd.DataFrame, columns_of_cells(block, history, periods))


def columns_of_cells(block: Block, history: History, periods: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """The same as columns."""
    for period in periods:
        as_of_on = min(block.today, period.ends_on)
        facts = facts_in_columns(history, number=period.number, as_of_on=as_of_on, rule=block.rule)
        facts["unit_id"] = units_of(facts, block.tree.units(as_of_on))
        if block.cell is not None:
            facts = those(facts, facts["unit_id"] == block.cell[0])
        cells = cell_columns(facts, as_of_on=as_of_on)
        yield cells | {"period_id": [period.id] * len(cells["as_of_on"])}


def rows_of(columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Columns as one dict a row, of plain values."""
    values = (np.asarray(column, dtype=object).tolist() for column in columns.values())
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
