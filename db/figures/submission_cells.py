"""How reports stand, counted by unit, measure and period: what the page of submissions reads.

Counted anew from the reports themselves wherever a write has touched them, in its transaction; what comes out as it was is
not written, so that nothing falls that pages keep of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, case, delete, false, func, insert, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.clock import end_of
from db.figures.lineage import BY_KEY
from db.sql import Rows, Statement, among, bound, fetch, narrowed, select
from db.tables import ProgressUpdate, ReportingPeriod, SubmissionCell, Task, WorkPlan
from db.tables.types import Instant
from tracking.vocabulary import TaskStatus, UpdateStatus

COUNTS = ("later", "late", "returned", "handed")
OVER = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)
AT_THE_UNIT = (UpdateStatus.HANDED_OVER, UpdateStatus.SIGNED_OFF)
_STANDING = (UpdateStatus.CHECKING, UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)
_NONE = dict.fromkeys(COUNTS, 0)
# Another report of the same task and period.
_OTHER = aliased(ProgressUpdate)
_SAME = (_OTHER.task_id == ProgressUpdate.task_id, _OTHER.period_id == ProgressUpdate.period_id)
# Period, unit and measure → the counts that are not zero.
_Counts: TypeAlias = dict[tuple[int, int, int], dict[str, int]]


@dataclass(frozen=True)
class _Place:
    """The cells of these periods, of one unit and measure or of all."""

    period_ids: Collection[int]
    cell: tuple[int, int] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What is bound in `_Named`."""
        unit_id, measure_id = self.cell or (None, None)
        return {"period_ids": list(self.period_ids), "of_unit": unit_id, "of_measure": measure_id}

    def rows(self, session: Session, statement: Statement, named: "_Named", **values: Any) -> Rows:
        """The rows that a statement has of them, whose columns are named so."""
        return fetch(session, narrowed(statement, *named.conditions(self)), **self.values, **values)


class _Named:
    """The columns that name a cell in a statement, and the conditions on them, made once."""

    def __init__(self, period_id: Any, unit_id: Any, measure_id: Any) -> None:
        self.columns = (period_id, unit_id, measure_id)
        self._periods = (among(period_id, "period_ids"),)
        self._cell = (*self._periods, unit_id == bound("of_unit"), measure_id == bound("of_measure"))

    def conditions(self, place: _Place) -> tuple[ColumnElement[bool], ...]:
        """Those of a place."""
        return self._cell if place.cell else self._periods


_OF_CELLS = _Named(SubmissionCell.period_id, SubmissionCell.unit_id, SubmissionCell.measure_id)
_OF_PERIODS = _Named(ReportingPeriod.id, Task.unit_id, Task.measure_id)
_OF_REPORTS = _Named(ProgressUpdate.period_id, Task.unit_id, Task.measure_id)
_KEPT = select(*_OF_CELLS.columns, *(getattr(SubmissionCell, name) for name in COUNTS))
_REPORTED_IN = (
    select(Task.unit_id, Task.measure_id, ProgressUpdate.period_id)
    .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
    .where(among(ProgressUpdate.id, "update_ids"))
    .distinct()
)
_PLANNED_IN = (
    select(WorkPlan.notice_id, Task.year, Task.unit_id, Task.measure_id)
    .join(WorkPlan, WorkPlan.id == Task.plan_id)
    .where(BY_KEY)
    .distinct()
)
_FROM_YEAR = select(ReportingPeriod.id).where(
    ReportingPeriod.notice_id == bound("of_notice"), ReportingPeriod.year >= bound("of_year")
)
_CLOSES = select(ReportingPeriod.id, ReportingPeriod.closes_on).where(among(ReportingPeriod.id, "period_ids"))


def recount_reports(session: Session, updates: Iterable[ProgressUpdate]) -> None:
    """Count anew where these updates are counted: after every step that they take inside their authority."""
    session.flush()
    update_ids = [update.id for update in updates]
    if not update_ids:
        return
    for unit_id, measure_id, period_id in sorted(fetch(session, _REPORTED_IN, update_ids=update_ids)):
        _recount(session, _Place([period_id], (unit_id, measure_id)))


def recount_tasks(session: Session, task_ids: Collection[int]) -> None:
    """Count anew whatever these tasks are counted in: after a change of their status."""
    if not task_ids:
        return
    for notice_id, year, *cell in sorted(fetch(session, _PLANNED_IN, task_ids=task_ids)):
        recount_cell(session, notice_id=notice_id, year=year, cell=(cell[0], cell[1]))


def recount_cell(session: Session, *, notice_id: int, year: int, cell: tuple[int, int]) -> None:
    """Count a unit's tasks of a measure anew, for each period that may ask about those of a plan year."""
    period_ids = fetch(session, _FROM_YEAR, of_notice=notice_id, of_year=year).scalars().all()
    _recount(session, _Place(period_ids, cell))


def recount_periods(session: Session, period_ids: Collection[int]) -> None:
    """Count everybody's reports of these periods anew: after a change of their days."""
    session.flush()
    _recount(session, _Place(period_ids))


def recount_all(session: Session) -> None:
    """Count every period anew, once what is followed by a later version is known."""
    session.flush()
    newer = select(_OTHER.id).where(
        *_SAME,
        _OTHER.version > ProgressUpdate.version,
    )
    returned = update(ProgressUpdate).where(col(ProgressUpdate.status) == UpdateStatus.RETURNED)
    session.execute(returned.where(~col(ProgressUpdate.followed), newer.exists()).values(followed=True))
    recount_periods(session, session.execute(select(ReportingPeriod.id)).scalars().all())


def miscounted(session: Session) -> list[tuple[int, int, int]]:
    """The cells, by period, unit and measure, that differ from a new count."""
    everywhere = _Place(session.execute(select(ReportingPeriod.id)).scalars().all())
    kept, due = _kept(session, everywhere), _counted(session, everywhere)
    return sorted(key for key in kept.keys() | due.keys() if kept.get(key) != due.get(key))


def _recount(session: Session, place: _Place) -> None:
    due = _counted(session, place)
    if due == _kept(session, place):
        return
    session.execute(delete(SubmissionCell).where(*_OF_CELLS.conditions(place)), place.values)
    if due:
        session.execute(insert(SubmissionCell), [_row(key, counts) for key, counts in due.items()])


def _row(key: tuple[int, int, int], counts: Mapping[str, int]) -> dict[str, int]:
    return {**dict(zip(("period_id", "unit_id", "measure_id"), key, strict=True)), **counts}


def _kept(session: Session, place: _Place) -> _Counts:
    return _by_cell(place.rows(session, _KEPT, _OF_CELLS), COUNTS)


def _counted(session: Session, place: _Place) -> _Counts:
    """A task that is no longer in force counts nowhere."""
    closes = fetch(session, _CLOSES, period_ids=list(place.period_ids)).all()
    later = place.rows(session, _beginning_later(), _OF_PERIODS)
    stand = place.rows(session, _standing(len(closes)), _OF_REPORTS, **_windows(closes))
    found: _Counts = {}
    for rows, names in ((later, COUNTS[:1]), (stand, COUNTS[1:])):
        for key, counts in _by_cell(rows, names).items():
            found[key] = found.get(key, _NONE) | counts
    return found


def _windows(closes: Iterable[Any]) -> dict[str, Any]:
    """What `_late` is given of each period: its key, and the end of its window."""
    windows: dict[str, Any] = {}
    for number, (period_id, closes_on) in enumerate(closes):
        windows |= {f"period_{number}": period_id, f"closed_{number}": end_of(closes_on)}
    return windows


def _by_cell(rows: Iterable[Any], names: tuple[str, ...]) -> _Counts:
    return {tuple(row[:3]): dict(zip(names, map(int, row[3:]), strict=True)) for row in rows if any(row[3:])}


@cache
def _beginning_later() -> Statement:
    """Tasks that begin after a period and have no report for it."""
    own = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == Task.id, ProgressUpdate.period_id == ReportingPeriod.id
    )
    return (
        select(ReportingPeriod.id, Task.unit_id, Task.measure_id, func.count())
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(ReportingPeriod, ReportingPeriod.year == Task.year)
        .where(ReportingPeriod.notice_id == WorkPlan.notice_id, Task.in_force, col(Task.status).not_in(OVER))
        .where(col(Task.starts_on) > ReportingPeriod.ends_on, ~own.exists())
        .group_by(ReportingPeriod.id, Task.unit_id, Task.measure_id)
    )


@cache
def _standing(periods: int) -> Statement:
    """How many are late, returned and handed over in each cell of so many periods.

    The conditions are weighed row by row and not in the `where`, so that reports are found by their task.
    """
    running, first = col(Task.status).not_in(OVER), col(ProgressUpdate.version) == 1
    conditions = (
        and_(_late(periods), col(Task.status) != TaskStatus.SUSPENDED),
        and_(running, *returned_unanswered(*AT_THE_UNIT)),
        and_(running, col(ProgressUpdate.status).in_(AT_THE_UNIT), first),
    )
    return (
        select(
            ProgressUpdate.period_id,
            Task.unit_id,
            Task.measure_id,
            *(func.sum(case((condition, 1), else_=0)) for condition in conditions),
        )
        .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
        .where(Task.in_force)
        .group_by(ProgressUpdate.period_id, Task.unit_id, Task.measure_id)
    )


def _late(periods: int) -> ColumnElement[bool]:
    """Standing reports of one of so many periods whose first version was submitted after the window.

    A second version only ever follows a return, so the first submission is always version 1.
    """
    after = (
        and_(
            col(ProgressUpdate.period_id) == bound(f"period_{number}"),
            col(ProgressUpdate.submitted_at) > bound(f"closed_{number}", Instant),
        )
        for number in range(periods)
    )
    stands = select(_OTHER.id).where(
        *_SAME,
        col(_OTHER.status).in_(_STANDING),
    )
    return and_(col(ProgressUpdate.version) == 1, or_(false(), *after), stands.exists())


def returned_unanswered(*short: UpdateStatus) -> tuple[ColumnElement[bool], ...]:
    """The conditions for a returned update with no later version that has left its writer or passed `short`."""
    newer = select(_OTHER.id).where(
        *_SAME,
        _OTHER.version > ProgressUpdate.version,
        col(_OTHER.status).not_in((UpdateStatus.DRAFT, *short)),
    )
    return col(ProgressUpdate.status) == UpdateStatus.RETURNED, ~newer.exists()
