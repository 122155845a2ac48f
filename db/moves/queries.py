"""Reads the register of moved dates: its lines, its totals, and how much each unit moves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import and_, case, distinct, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.frames import frame_of, rows_of
from db.sql import select
from db.store import Store
from db.tables import (
    Authority,
    DateMove,
    Measure,
    Officer,
    PlanRevision,
    Review,
    Task,
    TaskRequest,
    TaskRevision,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.figures.cells import light_column
from tracking.figures.completion import FULL
from tracking.moves.comparison import changes_light, effective_delay, median_of
from tracking.permissions import Scope
from tracking.vocabulary import Decision, MoveCause, MoveKind, TaskStatus

ON_A_PAGE = 200
_EXTENDED = col(DateMove.request_id).is_not(None)


@dataclass(frozen=True, slots=True)
class MoveFilter:
    """Which moves to read; None means any. `repeated` keeps tasks moved more than once.

    `after` (exclusive) and `until` (inclusive) bound the instant of the move.
    """

    unit_id: int | None = None
    measure_id: int | None = None
    kind: MoveKind | None = None
    cause: MoveCause | None = None
    repeated: bool = False
    after: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class MoveTotals:
    """The number of moves, of tasks moved and of tasks moved repeatedly, and the median days moved."""

    moves: int
    extensions: int
    tasks: int
    repeated: int
    units: int
    median_days: float | None

    @property
    def amendments(self) -> int:
        """The moves that do not affect a light."""
        return self.moves - self.extensions


def moves_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    where: MoveFilter = MoveFilter(),
    page: int | None = None,
) -> pd.DataFrame:
    """The moves of a plan year, newest first; `page` of a long register, with `ON_A_PAGE` lines each.

    Columns: move_id, task_id, unit_id, unit_name, authority_name, measure_number, task_number, title, kind,
    part, from_on, to_on, days, moved_at, moved_on, cause, changes_light, reason, asked_by, decided_by, times
    (rulings and amendments that moved this task), baseline_due_on, due_on (in force), delay_days (effective),
    light.
    """
    rows = _lines(_chosen(scope, notice_id, year, where))
    if page is not None:
        rows = rows.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)
    return _figured(frame_of(store, rows), clock.today())


def task_moves_frame(
    store: Store, scope: Scope, *, task_id: int, known_on: date | None = None
) -> pd.DataFrame:
    """The moves of one task, up to the end of `known_on` if given, newest first; columns as above."""
    chosen = [DateMove.task_id == task_id, *tasks_within(scope)]
    if known_on is not None:
        chosen.append(col(DateMove.moved_at) <= clock.end_of(known_on))
    return _figured(frame_of(store, _lines(chosen)), known_on or clock.today())


def move_totals(
    store: Store, scope: Scope, *, notice_id: int, year: int, where: MoveFilter = MoveFilter()
) -> MoveTotals:
    """The totals of the moves, over all pages."""
    chosen = _chosen(scope, notice_id, year, where)
    tasks = _joined(
        select(
            DateMove.task_id,
            Task.unit_id,
            func.count().label("moves"),
            func.sum(case((_EXTENDED, 1), else_=0)).label("extensions"),
            _times(DateMove).label("times"),
        )
    )
    by_task = tasks.where(*chosen).group_by(col(DateMove.task_id), col(Task.unit_id)).subquery()
    sums = select(
        func.coalesce(func.sum(by_task.c.moves), 0),
        func.coalesce(func.sum(by_task.c.extensions), 0),
        func.count(),
        func.coalesce(func.sum(case((by_task.c.times > 1, 1), else_=0)), 0),
        func.count(distinct(by_task.c.unit_id)),
    )
    dated = [*chosen, col(DateMove.days).is_not(None)]
    days = _joined(select(DateMove.days, func.count())).where(*dated).group_by(col(DateMove.days))
    median = median_of({row[0]: row[1] for row in rows_of(store, days)})
    found = rows_of(store, sums.select_from(by_task))[0]
    moves, extensions, number_of_tasks, repeated, units = (int(value) for value in found)
    return MoveTotals(moves, extensions, number_of_tasks, repeated, units, median)


def moves_by_unit_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, where: MoveFilter = MoveFilter()
) -> pd.DataFrame:
    """The units that moved dates, most moves first. Columns: key (of the unit), name, extensions, amendments."""
    unit = aliased(Authority)
    rows = _counted(unit.id, unit.short_name).join(unit, unit.id == Task.unit_id)
    return _ranked(store, rows.where(*_chosen(scope, notice_id, year, where)), unit.id, unit.short_name)


def moves_by_measure_frame(
    store: Store, scope: Scope, *, notice_id: int, year: int, where: MoveFilter = MoveFilter()
) -> pd.DataFrame:
    """The same by measure, for a reader of one unit; `key` is the measure's."""
    rows = _counted(Measure.id, Measure.short_title).join(Measure, Measure.id == Task.measure_id)
    chosen = _chosen(scope, notice_id, year, where)
    return _ranked(store, rows.where(*chosen), Measure.id, Measure.short_title)


def _joined(rows: Any) -> Any:
    return rows.join(Task, Task.id == DateMove.task_id).join(WorkPlan, WorkPlan.id == Task.plan_id)


def _counted(key: Any, name: Any) -> Any:
    return _joined(
        select(
            col(key).label("key"),
            col(name).label("name"),
            func.sum(case((_EXTENDED, 1), else_=0)).label("extensions"),
            func.sum(case((_EXTENDED, 0), else_=1)).label("amendments"),
        ).select_from(DateMove)
    )


def _ranked(store: Store, rows: Any, key: Any, name: Any) -> pd.DataFrame:
    frame = frame_of(store, rows.group_by(col(key), col(name)).order_by(func.count().desc(), col(key)))
    return frame.astype({"extensions": "int64", "amendments": "int64"})


def _times(moves: Any) -> Any:
    """How many rulings and amendments caused these moves."""
    return func.count(distinct(moves.plan_revision_id)) + func.count(distinct(moves.request_id))


def _chosen(scope: Scope, notice_id: int, year: int, where: MoveFilter) -> list[Any]:
    chosen = [WorkPlan.notice_id == notice_id, WorkPlan.year == year, *tasks_within(scope)]
    for column, value in (
        (Task.unit_id, where.unit_id),
        (Task.measure_id, where.measure_id),
        (DateMove.kind, where.kind),
    ):
        if value is not None:
            chosen.append(column == value)
    if where.cause is not None:
        chosen.append(_EXTENDED if where.cause is MoveCause.EXTENSION else ~_EXTENDED)
    if where.after is not None:
        chosen.append(col(DateMove.moved_at) > where.after)
    if where.until is not None:
        chosen.append(col(DateMove.moved_at) <= where.until)
    if where.repeated:
        other = aliased(DateMove)
        often = select(other.task_id).group_by(other.task_id).having(_times(other) > 1)
        chosen.append(col(DateMove.task_id).in_(often))
    return chosen


def _lines(chosen: list[Any]) -> Any:
    unit, asked, decided, other = (aliased(table) for table in (Authority, Officer, Officer, DateMove))
    times = select(_times(other)).where(other.task_id == DateMove.task_id)  # type: ignore[attr-defined]  # of the alias
    ruled = func.coalesce(TaskRequest.ruled_by_id, Review.reviewed_by_id)
    wrote = func.coalesce(TaskRequest.written_by_id, PlanRevision.created_by_id)
    filed = and_(
        col(Review.plan_revision_id) == DateMove.plan_revision_id, col(Review.decision) == Decision.FILED
    )
    return (
        _joined(select(*_columns(unit, asked, decided), times.scalar_subquery().label("times")))
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(unit, unit.id == Task.unit_id)  # type: ignore[attr-defined]  # as above
        .join(PlanRevision, PlanRevision.id == DateMove.plan_revision_id, isouter=True)
        .join(TaskRequest, TaskRequest.id == DateMove.request_id, isouter=True)
        .join(Review, filed, isouter=True)
        .join(asked, asked.id == wrote, isouter=True)  # type: ignore[attr-defined]  # as above
        .join(decided, decided.id == ruled, isouter=True)  # type: ignore[attr-defined]  # as above
        .where(*chosen)
        .order_by(col(DateMove.moved_at).desc(), col(DateMove.id).desc())
    )


def _columns(unit: Any, asked: Any, decided: Any) -> list[Any]:
    return [
        col(DateMove.id).label("move_id"),
        DateMove.task_id,
        Task.unit_id,
        unit.short_name.label("unit_name"),
        col(Authority.short_name).label("authority_name"),
        col(Measure.number).label("measure_number"),
        col(Task.number).label("task_number"),
        TaskRevision.title,
        DateMove.kind,
        DateMove.part,
        DateMove.from_on,
        DateMove.to_on,
        DateMove.days,
        DateMove.moved_at,
        DateMove.request_id,
        PlanRevision.reductions_granted,
        func.coalesce(TaskRequest.reason, PlanRevision.reason).label("reason"),
        asked.name.label("asked_by"),
        decided.name.label("decided_by"),
        Task.baseline_due_on,
        Task.due_on,
        col(TaskRevision.due_on).label("planned_due_on"),
        Task.in_force,
        Task.status,
        Task.starts_on,
        Task.amber_on,
        Task.red_on,
        Task.latest_permille,
        Task.last_reported_on,
    ]


def _figured(frame: pd.DataFrame, today: date) -> pd.DataFrame:
    """The lines with their cause, and with the task's delay and light as of today."""
    causes = [MoveCause.AMENDMENT if pd.isna(key) else MoveCause.EXTENSION for key in frame["request_id"]]
    light = light_column(
        status=frame["status"],
        today=today,
        starts_on=frame["starts_on"].to_numpy(),
        amber_on=frame["amber_on"].to_numpy(),
        red_on=frame["red_on"].to_numpy(),
        completion_permille=frame["latest_permille"].to_numpy(),
    )
    return frame.assign(
        moved_on=[clock.day_of(moved_at) for moved_at in frame["moved_at"]],
        cause=causes,
        changes_light=[
            changes_light(cause, kind, granted=bool(granted))
            for cause, kind, granted in zip(causes, frame["kind"], frame["reductions_granted"], strict=True)
        ],
        delay_days=[_delay(row, today) for row in frame.itertuples()],
        light=light,
    )


def _delay(row: Any, today: date) -> int:
    finished = row.status == TaskStatus.COMPLETED or row.latest_permille >= FULL
    return effective_delay(
        row.baseline_due_on,
        carried_due_on=max(row.due_on, row.planned_due_on),
        today=today,
        finished_on=row.last_reported_on if finished else None,
    )
