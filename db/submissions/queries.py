"""Reads how units report, period by period."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import func
from sqlmodel import col

from db.figures.submission_cells import COUNTS as COUNTED
from db.frames import frame_of_rows, rows_of
from db.sql import Statement, select
from db.store import Store
from db.tables import ReportingPeriod, SubmissionCell, SummaryCell
from tracking.permissions import Scope
from tracking.submissions import COUNTS


def submissions_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """How many of each unit's tasks are due in each period of a year, and how they were reported.

    Columns: unit_id, period_id, asked, reported (standing), late (first submitted after the window), returned
    (and not submitted again), handed (to the signatory for the first time, still in the unit). A task that
    begins after the period and has no report for it is not due.
    """
    periods = select(ReportingPeriod.id).where(
        ReportingPeriod.notice_id == notice_id, ReportingPeriod.year == year
    )
    found: dict[tuple[int, int], dict[str, int]] = {}
    for table, names in ((SummaryCell, ("tasks", "reported")), (SubmissionCell, COUNTED)):
        for unit_id, period_id, *numbers in rows_of(store, _by_unit(scope, table, names, periods)):
            found.setdefault((unit_id, period_id), {}).update(zip(names, map(int, numbers), strict=True))
    return frame_of_rows(map(_counts, found.items()), ("unit_id", "period_id", *COUNTS))


def _counts(item: tuple[tuple[int, int], Mapping[str, int]]) -> tuple[int, ...]:
    key, found = item
    asked = found.get("tasks", 0) - found.get("later", 0)
    return (*key, asked, *(found.get(name, 0) for name in COUNTS[1:]))


def _by_unit(scope: Scope, cells: Any, names: Iterable[str], periods: Any) -> Statement:
    """Some figures of maintained cells, added up by unit and period."""
    return (
        select(cells.unit_id, cells.period_id, *(func.sum(getattr(cells, name)) for name in names))
        .where(col(cells.period_id).in_(periods), *_units(scope, cells.unit_id))
        .group_by(cells.unit_id, cells.period_id)
    )


def _units(scope: Scope, column: Any) -> list[Any]:
    return [] if scope.authority_ids is None else [col(column).in_(sorted(scope.authority_ids))]
