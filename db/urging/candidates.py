"""Reads the tasks that call for an urging slip now, by the rule of `tracking.urging`."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import and_, case, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.figures.lights import is_red
from db.frames import frame_of_rows, rows_of
from db.sql import Statement, select
from db.store import Store
from db.tables import Authority, Measure, Task, TaskRevision, UrgingSlip, WorkPlan
from db.tasks.queries import tasks_within
from db.urging.queries import IS_OPEN, last_window
from tracking.figures.completion import FULL
from tracking.permissions import Scope
from tracking.urging import AFTER, LastWindow, check_can_issue
from tracking.vocabulary import SlipLevel, TaskStatus

CANDIDATE_COLUMNS = (
    "task_id",
    "task_number",
    "title",
    "authority_id",
    "authority_name",
    "measure_number",
    "measure_short_title",
    "completion_permille",
    "due_on",
    "since_on",
    "last_reported_on",
    "last_level",
    "last_answer_by",
    "level",
    "ground",
)
_OVERDUE, _BEHIND, _SILENT = range(3)


def candidates_frame(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    unit_id: int | None = None,
    level: SlipLevel | None = None,
    task_id: int | None = None,
    first: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """Tasks that may be urged now, worst first; columns `CANDIDATE_COLUMNS`.

    Ordered by the next level, then overdue, behind, silent, then by how long. `since_on` is the day it fell
    due, turned red, or was last reported; `last_level` and `last_answer_by` are those of the slip that went
    unmet.
    """
    window = _window(store, notice_id, year)
    rows = _chosen(scope, window, _narrowed(notice_id, year, unit_id, level, task_id)).offset(first)
    with store.read() as session:
        found = session.execute(rows if most is None else rows.limit(most)).all()
        return frame_of_rows([_worded(row, window) for row in found], CANDIDATE_COLUMNS)


def count_candidates(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    unit_id: int | None = None,
    level: SlipLevel | None = None,
) -> int:
    """How many there are."""
    window = _window(store, notice_id, year)
    rows = _chosen(scope, window, _narrowed(notice_id, year, unit_id, level, None)).order_by(None)
    return int(rows_of(store, select(func.count()).select_from(rows.subquery()))[0][0])


def _window(store: Store, notice_id: int, year: int) -> LastWindow | None:
    with store.read() as session:
        return last_window(session, notice_id, year, clock.today())


def _worded(row: Any, window: LastWindow | None) -> tuple[Any, ...]:
    """The row with the rule's result; `_chosen` only lets through what the rule allows."""
    task, slip = row.Task, row.UrgingSlip
    unmet = slip if row.unmet else None
    level, ground = check_can_issue(task, unmet, today=clock.today(), window=window)
    return (
        task.id,
        task.number,
        row.title,
        task.authority_id,
        row.authority_name,
        row.measure_number,
        row.measure_short_title,
        task.latest_permille,
        task.due_on,
        row.since_on,
        task.last_reported_on,
        unmet and unmet.level,
        unmet and unmet.answer_by,
        level,
        ground,
    )


def _narrowed(
    notice_id: int, year: int, unit_id: int | None, level: SlipLevel | None, task_id: int | None
) -> list[Any]:
    place = None if level is None else list(SlipLevel).index(level)
    asked = ((Task.unit_id, unit_id), (Task.id, task_id), (_step(), place))
    chosen = [column == value for column, value in asked if value is not None]
    return [WorkPlan.notice_id == notice_id, Task.year == year, *chosen]


def _chosen(scope: Scope, window: LastWindow | None, narrowed: Iterable[Any]) -> Statement:
    other = aliased(UrgingSlip)
    newest = select(func.max(other.id)).where(other.task_id == Task.id).scalar_subquery()
    rank = _rank(window)
    since = case(
        (rank == _OVERDUE, Task.due_on),
        (rank == _BEHIND, Task.red_on),
        else_=func.coalesce(Task.last_reported_on, Task.starts_on),
    )
    return (
        select(
            Task,
            UrgingSlip,
            TaskRevision.title,
            col(Authority.short_name).label("authority_name"),
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            since.label("since_on"),
            func.coalesce(IS_OPEN, False).label("unmet"),
        )
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(UrgingSlip, UrgingSlip.id == newest, isouter=True)
        .where(Task.in_force, *tasks_within(scope), *narrowed)
        .where(col(Task.status).not_in((TaskStatus.COMPLETED, TaskStatus.SUSPENDED)))
        .where(Task.latest_permille < FULL, rank.is_not(None), _may_follow())
        .order_by(_step().desc(), rank, since, Task.id)
    )


def _rank(window: LastWindow | None) -> Any:
    """The worst ground as a number, None without one."""
    today = clock.today()
    silent = _silent(window)
    return case(
        (col(Task.due_on) < today, _OVERDUE),
        (is_red(today), _BEHIND),
        *([] if silent is None else [(silent, _SILENT)]),
    )


def _silent(window: LastWindow | None) -> Any:
    if window is None:
        return None
    unreported = or_(col(Task.last_reported_on).is_(None), col(Task.last_reported_on) < window.awaited_from)
    return and_(col(Task.starts_on) <= window.ends_on, unreported)


def _may_follow() -> Any:
    """The condition that no slip is open, or the open one went unmet and is not at the highest level."""
    unmet = and_(col(UrgingSlip.answer_by) < clock.today(), col(UrgingSlip.level).in_(sorted(AFTER)))
    return or_(col(UrgingSlip.id).is_(None), ~IS_OPEN, unmet)


def _step() -> Any:
    """The index of the next level."""
    places = {str(word): place for place, word in enumerate(SlipLevel, start=1)}
    return case((IS_OPEN, case(places, value=UrgingSlip.level)), else_=0)
