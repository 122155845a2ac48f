"""Reads the maintained summary cells: figures by unit, measure and period, for one vintage."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, union_all
from sqlmodel import col

from db.sql import Statement, select
from db.store import Store
from db.tables import PastCell, PublishedCell, ReportingPeriod, SummaryCell
from db.tables.record import CellFigures
from tracking.figures.vintages import NEWEST, Vintage
from tracking.permissions import Scope

_STORED = tuple(CellFigures.model_fields)
# In a frame of cells the day is a number as all others are.
CELL_COLUMNS = tuple("as_of_day" if name == "as_of_on" else name for name in _STORED)


def cells_frame(store: Store, scope: Scope, *, period_id: int, vintage: Vintage = NEWEST) -> pd.DataFrame:
    """The cells of one period.

    Columns: period_id, unit_id, measure_id, as_of_day (ordinal), tasks, weight_tenths, done, expected, reported,
    accepted, suspended, red, amber, green, blue, grey. `done` and `expected` are sums of weight (tenths) ×
    permille; divide by `weight_tenths` for permille. A past day has only cells kept by
    `db.figures.past.keep_past_day`.
    """
    parts = [
        _cells(table).where(table.c.period_id == period_id, *conditions, *_within(table, scope))
        for table, conditions in _sources(vintage)
    ]
    return _frame(store, parts[0] if len(parts) == 1 else union_all(*parts), CELL_COLUMNS)


def day_of_cells(cells: pd.DataFrame) -> date | None:
    """The day that the cells of one period are as of; None for no cells."""
    return date.fromordinal(int(cells["as_of_day"].iloc[0])) if len(cells) else None


def trend_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of every period of a year that has begun: columns of `cells_frame`, and `number`."""
    parts = [
        _cells(table, col(ReportingPeriod.number))
        .join(ReportingPeriod, col(ReportingPeriod.id) == table.c.period_id)
        .where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.year == year)
        .where(*conditions, *_within(table, scope))
        for table, conditions in _sources(vintage)
    ]
    return _frame(store, union_all(*parts).order_by("number"), (*CELL_COLUMNS, "number"))


def _cells(table: Any, *more: Any) -> Statement:
    return select(*(table.c[name] for name in _STORED), *more)


def _sources(vintage: Vintage) -> list[tuple[Any, list[ColumnElement[bool]]]]:
    """The tables that hold a vintage, each with the condition on its rows."""
    newest, past, published = (_table(cells) for cells in (SummaryCell, PastCell, PublishedCell))
    if vintage.known_on is not None:
        return [(past, [past.c.known_on == vintage.known_on])]
    if vintage.published:
        frozen = select(ReportingPeriod.id).where(col(ReportingPeriod.frozen_at).is_not(None))
        return [(published, []), (newest, [newest.c.period_id.not_in(frozen)])]
    return [(newest, [])]


def _table(cells: Any) -> Any:
    return cells.__table__


def _within(table: Any, scope: Scope) -> list[ColumnElement[bool]]:
    return [] if scope.authority_ids is None else [table.c.unit_id.in_(sorted(scope.authority_ids))]


def _frame(store: Store, rows: object, columns: tuple[str, ...]) -> pd.DataFrame:
    with store.engine.connect() as connection:
        found = connection.execute(rows).all()  # type: ignore[call-overload]  # any select
    values: list[Any] = list(zip(*found, strict=True)) if found else [()] * len(columns)
    day = columns.index("as_of_day")
    values[day] = [one.toordinal() for one in values[day]]
    # All numbers are one array: letting pandas infer the types costs ten times the read itself.
    return pd.DataFrame(np.array(values, np.int64).T, columns=_names(columns), copy=False)


@cache
def _names(columns: tuple[str, ...]) -> pd.Index:
    """Built once: an index costs as much as a small frame."""
    return pd.Index(columns)
