"""Reads the reports of tasks, once for several instants: each stands from one instant on and may be returned at another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, func, literal, or_
from sqlmodel import Session, col

from db.figures.chosen import Chosen
from db.figures.columns import INSTANT, WHOLE, YES_OR_NO, Ints, as_plain, columns_of, office_days, plain
from db.sql import bound, select
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.tables.types import Instant
from tracking.figures.cells import Columns

UPDATE_COLUMNS = (
    "task_id",
    "number",
    "update_id",
    "period_id",
    "completion_permille",
    "completion_requested",
    "accepted",
    "reported_on",
)
_READ = {
    "task_id": WHOLE,
    "task_year": WHOLE,
    "year": WHOLE,
    "number": WHOLE,
    "update_id": WHOLE,
    "period_id": WHOLE,
    "completion_permille": WHOLE,
    "completion_requested": YES_OR_NO,
    "submitted_at": INSTANT,
    "accepted_at": INSTANT,
    "returned_at": INSTANT,
    "reported_at": INSTANT,
}
_NEVER = literal(datetime(9999, 1, 1, tzinfo=UTC), Instant)


def reported_at() -> ColumnElement[datetime]:
    """When what a `ProgressUpdate` speaks of was reported; to correct is not to report."""
    return func.coalesce(ProgressUpdate.reported_at, ProgressUpdate.submitted_at)


def stood_at(known_at: Any, *, until: Any = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a `ProgressUpdate` to have left its authority by an instant and not been returned.

    With `until`, for it to have stood at one of the instants from then until that one, or for all we know.
    """
    return (
        # No range scan over an index: a task's reports are found by task.
        func.coalesce(col(ProgressUpdate.submitted_at), _NEVER) <= (known_at if until is None else until),
        or_(col(ProgressUpdate.returned_at).is_(None), col(ProgressUpdate.returned_at) > known_at),
    )


@dataclass(frozen=True)
class Reports:
    """Reports by ascending task and period, with the instants they were submitted, accepted and returned at."""

    columns: dict[str, Any]

    def standing(self, known_at: datetime, in_force: Ints) -> Columns:
        """Those of the tasks in force that stood at an instant, as `History.updates`."""
        read, at = self.columns, as_plain(known_at)
        # a comparison with NaT never holds
        stood = (read["submitted_at"] <= at) & ~(read["returned_at"] <= at)
        stood &= np.isin(read["task_id"], in_force)
        known = {**read, "accepted": read["accepted_at"] <= at}
        return {name: known[name][stood] for name in UPDATE_COLUMNS}


def reports_of(session: Session, chosen: Chosen, known_at: Sequence[datetime]) -> Reports:
    """Every report of the chosen tasks that stood at one of these instants."""
    rows = chosen.rows(session, _REPORTS, known_at=min(known_at), until=max(known_at))
    read = columns_of(rows, _READ)
    read["task_id"] = chosen.heirs_of(read["task_id"])
    read["number"] = chosen.places(read["task_id"], read["task_year"], read["year"], read["number"])
    reported_at = np.where(np.isnat(read["reported_at"]), read["submitted_at"], read["reported_at"])
    read["reported_on"] = office_days(reported_at)
    if chosen.heirs:
        # Of two reports for one period the later task's counts: the order of the keys is kept.
        order = np.lexsort((read["number"], read["task_id"]))
        read = {name: column[order] for name, column in read.items()}
    return Reports(read)


_REPORTS = (
    select(
        ProgressUpdate.task_id,
        Task.year,
        ReportingPeriod.year,
        ReportingPeriod.number,
        ProgressUpdate.id,
        ProgressUpdate.period_id,
        ProgressUpdate.completion_permille,
        ProgressUpdate.completion_requested,
        plain(ProgressUpdate.submitted_at),
        plain(ProgressUpdate.accepted_at),
        plain(ProgressUpdate.returned_at),
        plain(ProgressUpdate.reported_at),
    )
    .join(ReportingPeriod, col(ReportingPeriod.id) == ProgressUpdate.period_id)
    .join(Task, col(Task.id) == ProgressUpdate.task_id)
    .where(*stood_at(bound("known_at", Instant), until=bound("until", Instant)))
    .order_by(ProgressUpdate.task_id, ReportingPeriod.year, ReportingPeriod.number)
)
