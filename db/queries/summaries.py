"""Owns reading the maintained cells: figures by unit, measure and period."""

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement
from sqlmodel import col

from db.sql import select
from db.store import Store
from db.tables import ReportingPeriod, SummaryCell
from tracking.permissions import Scope

_TABLE = SummaryCell.__table__  # type: ignore[attr-defined]  # SQLModel hides the table from type checkers
_DTYPES = {"as_of_on": object}
CELL_COLUMNS = tuple(column.name for column in _TABLE.columns)


def cells_frame(store: Store, scope: Scope, *, period_id: int) -> pd.DataFrame:
    """The cells of one period: period_id, unit_id, measure_id, as_of_on, tasks, weight_tenths, done, expected,
    reported, accepted, suspended, red, amber, green, blue, grey.

    `done` and `expected` are sums of weight (tenths) × permille; divide by `weight_tenths` for permille.
    """
    return _frame(store, select(_TABLE).where(_TABLE.c.period_id == period_id, *_within(scope)), CELL_COLUMNS)


def trend_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """The cells of every period of a year that has begun: the columns of `cells_frame`, and `number`."""
    rows = (
        select(*_TABLE.columns, ReportingPeriod.number)
        .join(ReportingPeriod, col(ReportingPeriod.id) == _TABLE.c.period_id)
        .where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.year == year, *_within(scope))
        .order_by(col(ReportingPeriod.number))
    )
    return _frame(store, rows, (*CELL_COLUMNS, "number"))


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    return [] if scope.authority_ids is None else [_TABLE.c.unit_id.in_(sorted(scope.authority_ids))]


def _frame(store: Store, rows: object, columns: tuple[str, ...]) -> pd.DataFrame:
    with store.engine.connect() as connection:
        found = connection.execute(rows).all()  # type: ignore[call-overload]  # any select
    # Column by column and with its type told: letting pandas find out costs ten times the read itself.
    values = zip(*found, strict=True) if found else ((),) * len(columns)
    return pd.DataFrame(
        {
            name: np.array(column, dtype=_DTYPES.get(name, np.int64))
            for name, column in zip(columns, values, strict=True)
        },
        copy=False,
    )
