"""Reads how units report, period by period, and who holds open items since when.

That a report lies with the signatory is told to whoever may see its unit; what it says stays inside the unit.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import and_, case, func, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.cases import band_of_age
from db.clock import end_of
from db.frames import frame_of_rows, rows_of
from db.officers.queries import holds_on
from db.sql import Statement, select
from db.store import Store
from db.tables import (
    Appointment,
    Authority,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    SummaryCell,
    Task,
    TaskRevision,
    WorkPlan,
)
from tracking.permissions import Scope
from tracking.submissions import BAND_COLUMNS, BANDS, COUNTS, HOLDING_COLUMNS, Stage
from tracking.vocabulary import TaskStatus, UpdateStatus

LONGEST_SHOWN = 20
HELD_COLUMNS = (
    *(
        "task_id",
        "unit_id",
        "unit_name",
        "number",
        "title",
        "officer_name",
        "period_id",
        "stage",
        "held_since_on",
    ),
    "days",
)
_OVER = (TaskStatus.COMPLETED, TaskStatus.SUSPENDED)
_STANDING = (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)


def submissions_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """How many of each unit's tasks are due in each period of a year, and how they were reported.

    Columns: unit_id, period_id, asked, reported (standing), late (first submitted after the window), returned
    (and not submitted again), handed (to the signatory for the first time, still in the unit). A task that
    begins after the period and has no report for it is not due.
    """
    periods = _periods(store, notice_id, year)
    found: dict[tuple[int, int], dict[str, int]] = {}
    for name, rows in (
        ("asked", _tasks(scope, periods)),
        ("reported", _reported(scope, periods)),
        ("later", _beginning_later(scope, notice_id, periods)),
        ("late", _late(scope, periods)),
        ("returned", _returned(scope, periods)),
        ("handed", _handed(scope, periods)),
    ):
        for unit_id, period_id, number in rows_of(store, rows) if periods else ():
            found.setdefault((unit_id, period_id), {})[name] = int(number)
    return frame_of_rows(map(_counts, found.items()), ("unit_id", "period_id", *COUNTS))


def _counts(item: tuple[tuple[int, int], Mapping[str, int]]) -> tuple[int, ...]:
    key, found = item
    asked = found.get("asked", 0) - found.get("later", 0)
    return (*key, asked, *(found.get(name, 0) for name in COUNTS[1:]))


def _periods(store: Store, notice_id: int, year: int) -> list[Any]:
    rows = select(ReportingPeriod.id, ReportingPeriod.ends_on, ReportingPeriod.closes_on)
    return list(
        rows_of(store, rows.where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.year == year))
    )


def _ids(periods: Iterable[Any]) -> list[int]:
    return [period.id for period in periods]


def _units(scope: Scope, column: Any) -> list[Any]:
    return [] if scope.authority_ids is None else [col(column).in_(sorted(scope.authority_ids))]


def _cells(scope: Scope, periods: list[Any], column: Any) -> Statement:
    return (
        select(SummaryCell.unit_id, SummaryCell.period_id, func.sum(column))
        .where(col(SummaryCell.period_id).in_(_ids(periods)), *_units(scope, SummaryCell.unit_id))
        .group_by(SummaryCell.unit_id, SummaryCell.period_id)
    )


def _tasks(scope: Scope, periods: list[Any]) -> Statement:
    return _cells(scope, periods, SummaryCell.tasks)


def _reported(scope: Scope, periods: list[Any]) -> Statement:
    return _cells(scope, periods, SummaryCell.reported)


def _counted(period_id: Any, scope: Scope) -> Statement:
    """A count by unit for a period, of tasks in force that are still due."""
    rows = select(Task.unit_id, col(period_id).label("period_id"), func.count())
    return rows.where(Task.in_force, *_units(scope, Task.unit_id)).group_by(Task.unit_id, period_id)


def _beginning_later(scope: Scope, notice_id: int, periods: list[Any]) -> Statement:
    """Tasks that begin after a period and have no report for it."""
    own = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == Task.id, ProgressUpdate.period_id == ReportingPeriod.id
    )
    return (
        _counted(ReportingPeriod.id, scope)
        .join(ReportingPeriod, ReportingPeriod.year == Task.year)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .where(col(ReportingPeriod.id).in_(_ids(periods)), WorkPlan.notice_id == notice_id)
        .where(col(Task.starts_on) > ReportingPeriod.ends_on, col(Task.status).not_in(_OVER), ~own.exists())
    )


def _late(scope: Scope, periods: list[Any]) -> Any:
    return union_all(*(_late_in(scope, period) for period in periods))


def _late_in(scope: Scope, period: Any) -> Statement:
    """Standing reports of a period whose first version was submitted after the window.

    A second version only ever follows a return, so the first submission is always version 1.
    """
    standing = aliased(ProgressUpdate)
    stands = select(standing.id).where(
        standing.task_id == ProgressUpdate.task_id,
        standing.period_id == ProgressUpdate.period_id,
        col(standing.status).in_(_STANDING),
    )
    return (
        _counted(ProgressUpdate.period_id, scope)
        .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
        .where(ProgressUpdate.period_id == period.id, ProgressUpdate.version == 1)
        .where(col(ProgressUpdate.submitted_at) > end_of(period.closes_on))
        .where(Task.status != TaskStatus.SUSPENDED, stands.exists())
    )


def _open_updates(scope: Scope, periods: list[Any], *conditions: Any) -> Statement:
    return (
        _counted(ProgressUpdate.period_id, scope)
        .join(ProgressUpdate, ProgressUpdate.task_id == Task.id)
        .where(col(ProgressUpdate.period_id).in_(_ids(periods)), col(Task.status).not_in(_OVER), *conditions)
    )


def _returned(scope: Scope, periods: list[Any]) -> Statement:
    at_the_unit = (UpdateStatus.HANDED_OVER, UpdateStatus.SIGNED_OFF)
    return _open_updates(scope, periods, *returned_unanswered(*at_the_unit))


def returned_unanswered(*short: UpdateStatus) -> tuple[Any, ...]:
    """The conditions for a returned update with no later version that has left its writer or passed `short`."""
    later = aliased(ProgressUpdate)
    newer = select(later.id).where(
        later.task_id == ProgressUpdate.task_id,
        later.period_id == ProgressUpdate.period_id,
        later.version > ProgressUpdate.version,
        col(later.status).not_in((UpdateStatus.DRAFT, *short)),
    )
    return ProgressUpdate.status == UpdateStatus.RETURNED, ~newer.exists()


def _handed(scope: Scope, periods: list[Any]) -> Statement:
    left_officer = col(ProgressUpdate.status).in_((UpdateStatus.HANDED_OVER, UpdateStatus.SIGNED_OFF))
    return _open_updates(scope, periods, left_officer, ProgressUpdate.version == 1)


# Where a report is that its officer need not write afresh, and since when.
_STAGES: Mapping[Stage, tuple[Any, tuple[Any, ...]]] = {
    Stage.RETURNED: (ProgressUpdate.returned_at, returned_unanswered()),
    Stage.SIGNING: (
        ProgressUpdate.sign_off_requested_at,
        (ProgressUpdate.status == UpdateStatus.HANDED_OVER,),
    ),
    Stage.SUBMITTING: (
        ProgressUpdate.signed_off_at,
        (ProgressUpdate.status == UpdateStatus.SIGNED_OFF,),
    ),
    Stage.REVIEWING: (ProgressUpdate.submitted_at, (ProgressUpdate.status == UpdateStatus.SUBMITTED,)),
}


def _in_hands(scope: Scope, notice_id: int, year: int, stage: Stage, *columns: Any) -> Statement:
    _, conditions = _STAGES[stage]
    return (
        select(*columns)
        .select_from(ProgressUpdate)
        .join(Task, Task.id == ProgressUpdate.task_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .where(WorkPlan.notice_id == notice_id, Task.year == year, Task.in_force)
        .where(col(Task.status).not_in(_OVER), *_units(scope, Task.unit_id), *conditions)
    )


def holdings_frame(store: Store, scope: Scope, *, notice_id: int, year: int) -> pd.DataFrame:
    """Reports of a year in progress, by unit and stage: how many in each ageing band, and the oldest day.

    Columns `HOLDING_COLUMNS`. Reports not handed over yet are not included; `tracking.submissions` adds them
    from the counts.
    """
    rows = union_all(*(_ageing_of(scope, notice_id, year, stage) for stage in _STAGES))
    return frame_of_rows(map(_aged, rows_of(store, rows)), HOLDING_COLUMNS)


def _ageing_of(scope: Scope, notice_id: int, year: int, stage: Stage) -> Statement:
    since, _ = _STAGES[stage]
    rows = _in_hands(
        scope, notice_id, year, stage, Task.unit_id, _word(stage), *_bands(since), func.min(since)
    )
    return rows.group_by(Task.unit_id)


def _word(stage: Stage) -> Any:
    return literal(stage.value).label("stage")


def _bands(since: Any) -> list[Any]:
    """How many are in each band."""
    band = band_of_age(since, [(place, last) for place, (_, last) in enumerate(BANDS)], clock.today())
    return [
        func.sum(case((band == place, 1), else_=0)).label(name) for place, name in enumerate(BAND_COLUMNS)
    ]


def _aged(row: Any) -> tuple[Any, ...]:
    unit_id, stage, *bands, oldest_at = row
    return (unit_id, Stage(stage), *map(int, bands), clock.day_of(oldest_at))


def longest_held_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    unit_ids: Collection[int] | None = None,
    stage: Stage | None = None,
) -> pd.DataFrame:
    """The reports held longest by one holder, oldest first; columns `HELD_COLUMNS`.

    At most `LONGEST_SHOWN`, of `unit_ids` if given. `officer_name` is today's holder of the responsible post,
    missing while vacant.
    """
    stages = [one for one in _STAGES if stage in {None, one}]
    found = [row for one in stages for row in rows_of(store, _held(scope, notice_id, year, one, unit_ids))]
    today = clock.today()
    days = [(*row[:-1], since := clock.day_of(row[-1]), (today - since).days) for row in found]
    oldest = sorted(days, key=lambda row: row[-2])[:LONGEST_SHOWN]
    return frame_of_rows(oldest, HELD_COLUMNS)


def _held(
    scope: Scope, notice_id: int, year: int, stage: Stage, unit_ids: Collection[int] | None
) -> Statement:
    since, unit = _STAGES[stage][0], aliased(Authority)
    holds = and_(col(Appointment.post_id) == TaskRevision.post_id, *holds_on(clock.today()))
    columns = (
        Task.id,
        Task.unit_id,
        unit.short_name,
        Task.number,
        TaskRevision.title,
        Officer.name,
        ProgressUpdate.period_id,
        _word(stage),
        since,
    )
    rows = (
        _in_hands(scope, notice_id, year, stage, *columns)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(unit, unit.id == Task.unit_id)
        .join(Appointment, holds, isouter=True)
        .join(Officer, Officer.id == Appointment.officer_id, isouter=True)
    )
    chosen = [] if unit_ids is None else [col(Task.unit_id).in_(sorted(unit_ids))]
    return rows.where(*chosen).order_by(since, ProgressUpdate.id).limit(LONGEST_SHOWN)
