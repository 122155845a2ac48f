"""Reads the maintained summary cells: figures by unit, measure and period, for one vintage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, bindparam, type_coerce, union_all
from sqlalchemy.types import NullType
from sqlmodel import col

from db.figures.columns import DAY, ordinals
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
    asked = _asked(scope, vintage) | {"period_id": period_id}
    return _frame(store, _of_period(_Kind.of(scope, vintage)), asked, CELL_COLUMNS)


def day_of_cells(cells: pd.DataFrame) -> date | None:
    """The day that the cells of one period are as of; None for no cells."""
    return date.fromordinal(int(cells["as_of_day"].iloc[0])) if len(cells) else None


def trend_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, vintage: Vintage = NEWEST
) -> pd.DataFrame:
    """The cells of every period of a year that has begun: columns of `cells_frame`, and `number`."""
    asked = _asked(scope, vintage) | {"notice_id": notice_id, "year": year}
    return _frame(store, _of_year(_Kind.of(scope, vintage)), asked, (*CELL_COLUMNS, "number"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a statement depends on beside its values; to build it anew costs a third of reading its rows."""

    past: bool
    published: bool
    scoped: bool

    @classmethod
    def of(cls, scope: Scope, vintage: Vintage) -> "_Kind":
        return cls(vintage.known_on is not None, vintage.published, scope.authority_ids is not None)


def _asked(scope: Scope, vintage: Vintage) -> dict[str, Any]:
    """The values of a statement, of which its kind may need none."""
    return {"unit_ids": sorted(scope.authority_ids or ()), "known_on": vintage.known_on}


@cache
def _of_period(kind: _Kind) -> Any:
    return union_all(
        *(
            _cells(table).where(table.c.period_id == bindparam("period_id"), *conditions)
            for table, conditions in _sources(kind)
        )
    )


@cache
def _of_year(kind: _Kind) -> Any:
    parts = (
        _cells(table, col(ReportingPeriod.number))
        .join(ReportingPeriod, col(ReportingPeriod.id) == table.c.period_id)
        .where(ReportingPeriod.notice_id == bindparam("notice_id"), ReportingPeriod.year == bindparam("year"))
        .where(*conditions)
        for table, conditions in _sources(kind)
    )
    return union_all(*parts).order_by("number")


def _cells(table: Any, *more: Any) -> Statement:
    # The day as the driver gives it: read for each row anew it takes as long as all the numbers.
    own = (
        table.c[name] if name != "as_of_on" else type_coerce(table.c[name], NullType()) for name in _STORED
    )
    return select(*own, *more)


def _sources(kind: _Kind) -> list[tuple[Any, list[ColumnElement[bool]]]]:
    """The tables that hold a kind of vintage, each with the conditions on its rows."""
    newest, past, published = (_table(cells) for cells in (SummaryCell, PastCell, PublishedCell))
    if kind.past:
        return [(past, [past.c.known_on == bindparam("known_on"), *_within(past, kind)])]
    if kind.published:
        frozen = select(ReportingPeriod.id).where(col(ReportingPeriod.frozen_at).is_not(None))
        unfrozen = newest.c.period_id.not_in(frozen)
        return [(published, _within(published, kind)), (newest, [unfrozen, *_within(newest, kind)])]
    return [(newest, _within(newest, kind))]


def _table(cells: Any) -> Any:
    return cells.__table__


def _within(table: Any, kind: _Kind) -> list[ColumnElement[bool]]:
    return [table.c.unit_id.in_(bindparam("unit_ids", expanding=True))] if kind.scoped else []


def _frame(store: Store, rows: Any, asked: Mapping[str, Any], columns: tuple[str, ...]) -> pd.DataFrame:
    with store.engine.connect() as connection:
        found = connection.execute(rows, asked).all()
    values: list[Any] = list(chain.from_iterable(found))
    days = slice(columns.index("as_of_day"), None, len(columns))
    values[days] = ordinals(np.array(values[days], DAY)).tolist()
    # All numbers are one array: letting pandas infer the types costs ten times the read itself.
    numbers = np.array(values, np.int64).reshape(-1, len(columns))
    return pd.DataFrame(numbers, columns=_names(columns), copy=False)


@cache
def _names(columns: tuple[str, ...]) -> pd.Index:
    """Built once: an index costs as much as a small frame."""
    return pd.Index(columns)
