"""Issuing the letter about coverage gaps: who may, and the audit record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from db.authorities.scope import scope_of
from db.coverage.queries import incomplete_tasks_frame, measure_cells_frame
from db.identity import SignedIn
from db.reference.queries import measures_frame, units_frame
from db.store import NotFound, Store
from db.tables import Notice
from tracking import permissions
from tracking.catalogue import offered
from tracking.coverage import coverage_cells
from tracking.messages import Message
from tracking.permissions import Right, Scope


@dataclass(frozen=True, slots=True)
class CoverageGaps:
    """The content of a letter about gaps.

    `cells` as returned by `coverage_cells`, for one unit or all in reach; `tasks` as by
    `incomplete_tasks_frame`. `unit` is the name of the one unit, empty for all.
    """

    notice: str
    unit: str
    year: int
    on: date
    cells: pd.DataFrame
    tasks: pd.DataFrame


def export_coverage_letter(
    store: Store, *, by: SignedIn, notice_id: int, unit_id: int | None = None
) -> CoverageGaps:
    """Today's gaps in this year's plans, for one unit or all that `by` may read; audited.

    Raises `Refusal`, `NotFound` for an unknown notice or a unit out of reach.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.EXPORT_LEDGER)
        scope, on = scope_of(store, by), tx.today
        notice = tx.load(Notice, notice_id)
        units = _units(store, scope, notice_id, unit_id)
        tx.audit("export_coverage_letter", notice, unit_id or by.authority_id, year=on.year)
        title = notice.title
    asked: dict[str, Any] = {"notice_id": notice_id, "year": on.year, "on": on}
    measures = offered(measures_frame(store, notice_id=notice_id), on)
    measures = measures.rename(columns={"measure_id": "line_id"})
    return CoverageGaps(
        notice=title,
        unit="" if unit_id is None else str(units["name"].iloc[0]),
        year=on.year,
        on=on,
        cells=coverage_cells(measure_cells_frame(store, scope, **asked), units, measures),
        tasks=incomplete_tasks_frame(store, scope, unit_id=unit_id, **asked),
    )


def _units(store: Store, scope: Scope, notice_id: int, unit_id: int | None) -> pd.DataFrame:
    """The reporting units in reach that a notice addresses, or the one requested. Raises `NotFound`."""
    units = units_frame(store, notice_id=notice_id)
    reach = [scope.covers(key) for key in units["unit_id"].tolist()]
    units = units[units["reports"].astype(bool) & np.array(reach, dtype=bool)]
    if unit_id is not None:
        units = units[units["unit_id"] == unit_id]
    if units.empty:
        raise NotFound(Message("store.not_found"))
    return units
