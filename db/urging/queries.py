"""Reads urging slips: the list, how many there are, and one slip with all that was said on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import and_, case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.frames import frame_of, rows_of
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    Measure,
    Officer,
    ReportingPeriod,
    Task,
    TaskRevision,
    UrgingSlip,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.urging import OPEN, LastWindow
from tracking.vocabulary import SlipLevel, SlipStatus

IS_OPEN = col(UrgingSlip.status).in_(sorted(OPEN))


class SlipFilter(StrEnum):
    """How to filter slips: open ones, the unsigned or unmet among them, closed ones, all."""

    OPEN = "open"
    UNSIGNED = "unsigned"
    UNMET = "unmet"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class Urging:
    """What `tracking.urging` needs before the next slip: the task, its newest slip, the last closed window."""

    task: Task
    last: UrgingSlip | None
    window: LastWindow | None


def last_slip(session: Session, task_id: int) -> UrgingSlip | None:
    """The newest slip of a task, in whatever state."""
    rows = select(UrgingSlip).where(UrgingSlip.task_id == task_id).order_by(col(UrgingSlip.id).desc())
    return session.scalars(rows).first()


def last_window(session: Session, notice_id: int, year: int, today: date) -> LastWindow | None:
    """The latest closed submission window of a plan year."""
    rows = (
        select(ReportingPeriod)
        .where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.year == year)
        .where(ReportingPeriod.closes_on < today)
        .order_by(col(ReportingPeriod.closes_on).desc())
        .limit(2)
    )
    over = session.scalars(rows).all()
    if not over:
        return None
    before = [period.closes_on + timedelta(1) for period in over[1:]]
    return LastWindow(max([over[0].opens_on, *before]), over[0].ends_on)


def urging_of(store: Store, scope: Scope, *, task_id: int) -> Urging:
    """The state of a task with regard to the next slip. Raises `NotFound`, also if outside the scope."""
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        plan = session.get_one(WorkPlan, task.plan_id)
        window = last_window(session, plan.notice_id, task.year, clock.today())
        return Urging(task, last_slip(session, task_id), window)


def slips_frame(
    store: Store,
    scope: Scope,
    *,
    standing: SlipFilter = SlipFilter.ALL,
    level: SlipLevel | None = None,
    unit_id: int | None = None,
    task_id: int | None = None,
    first: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """Urging slips, open ones first, by highest level and earliest answer date.

    Columns: slip_id, task_id, task_number, title, authority_id, authority_name, unit_id, unit_name,
    notice_id, measure_number, measure_short_title, level, status, ground, issued_at, answer_by, acknowledged_at,
    answered_at, closed_at.
    """
    rows = (
        _slips(scope)
        .where(*_standing(standing), *_narrowed(level, unit_id, task_id))
        .order_by(
            case((IS_OPEN, 0), else_=1),
            case({str(word): rank for rank, word in enumerate(SlipLevel)}, value=UrgingSlip.level).desc(),
            UrgingSlip.answer_by,
            UrgingSlip.id,
        )
        .offset(first)
    )
    return frame_of(store, rows if most is None else rows.limit(most))


def count_slips(
    store: Store,
    scope: Scope,
    *,
    standing: SlipFilter = SlipFilter.ALL,
    level: SlipLevel | None = None,
    unit_id: int | None = None,
) -> int:
    """How many there are."""
    rows = select(func.count(col(UrgingSlip.id))).join(Task, Task.id == UrgingSlip.task_id)
    rows = rows.where(*tasks_within(scope), *_standing(standing), *_narrowed(level, unit_id, None))
    return int(rows_of(store, rows)[0][0])


def open_slips_frame(store: Store, scope: Scope, *, by_measure: bool = False) -> pd.DataFrame:
    """Open slips counted by reporting unit and level, in the official order; or by measure and level.

    Columns: key (unit_id or measure_id), name, level, slips, unsigned (not signed for), unmet (past the
    answer date), unanswered (unmet without an answer).
    """
    over = col(UrgingSlip.answer_by) < clock.today()
    key, name, order, table, joined = _rows_by_measure() if by_measure else _rows_by_unit()
    rows = (
        select(
            key.label("key"),
            name.label("name"),
            UrgingSlip.level,
            func.count(col(UrgingSlip.id)).label("slips"),
            _counted(col(UrgingSlip.status) == SlipStatus.ISSUED, "unsigned"),
            _counted(over, "unmet"),
            _counted(and_(over, col(UrgingSlip.status) != SlipStatus.ANSWERED), "unanswered"),
        )
        .join(Task, Task.id == UrgingSlip.task_id)
        .join(table, joined)
        .where(IS_OPEN, *tasks_within(scope))
        .group_by(key, name, order, UrgingSlip.level)
        .order_by(order)
    )
    return frame_of(store, rows)


def _rows_by_unit() -> tuple[Any, ...]:
    unit = Authority
    return col(unit.id), col(unit.short_name), col(unit.official_order), unit, unit.id == Task.unit_id


def _rows_by_measure() -> tuple[Any, ...]:
    name = col(Measure.short_title)
    return col(Measure.id), name, col(Measure.number), Measure, Measure.id == Task.measure_id


def slip_sheet(store: Store, scope: Scope, *, slip_id: int) -> dict[str, Any]:
    """One slip.

    The columns of `slips_frame`, demand, answer, closing, authority_full_name, due_on, completion_permille,
    and the names issued_by, acknowledged_by, answered_by and closed_by. Raises `NotFound`, also if outside
    the scope.
    """
    with store.read() as session:
        return slip_details(session, scope, slip_id=slip_id)


def slip_details(session: Session, scope: Scope, *, slip_id: int) -> dict[str, Any]:
    """The same within a transaction."""
    people = {name: aliased(Officer) for name in ("issued_by", "acknowledged_by", "answered_by", "closed_by")}
    rows = _slips(scope).add_columns(
        col(UrgingSlip.demand),
        col(UrgingSlip.answer),
        col(UrgingSlip.closing),
        col(Authority.name).label("authority_full_name"),
        col(Task.due_on),
        col(Task.latest_permille).label("completion_permille"),
        *(person.name.label(name) for name, person in people.items()),  # type: ignore[attr-defined]  # a column of the alias
    )
    for name, person in people.items():
        rows = rows.join(person, person.id == getattr(UrgingSlip, f"{name}_id"), isouter=True)
    found = session.execute(rows.where(UrgingSlip.id == slip_id)).first()
    if found is None:
        raise NotFound(Message("store.not_found"))
    return dict(found._mapping)


def _slips(scope: Scope) -> Statement:
    unit = aliased(Authority)
    return (
        select(
            col(UrgingSlip.id).label("slip_id"),
            UrgingSlip.task_id,
            col(Task.number).label("task_number"),
            TaskRevision.title,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            Task.unit_id,
            unit.short_name.label("unit_name"),  # type: ignore[attr-defined]  # a column of the alias
            Measure.notice_id,
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            UrgingSlip.level,
            UrgingSlip.status,
            UrgingSlip.ground,
            UrgingSlip.issued_at,
            UrgingSlip.answer_by,
            UrgingSlip.acknowledged_at,
            UrgingSlip.answered_at,
            UrgingSlip.closed_at,
        )
        .join(Task, Task.id == UrgingSlip.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(unit, unit.id == Task.unit_id)
        .where(*tasks_within(scope))
    )


def _standing(standing: SlipFilter) -> list[Any]:
    conditions: dict[SlipFilter, list[Any]] = {
        SlipFilter.OPEN: [IS_OPEN],
        SlipFilter.UNSIGNED: [UrgingSlip.status == SlipStatus.ISSUED],
        SlipFilter.UNMET: [IS_OPEN, col(UrgingSlip.answer_by) < clock.today()],
        SlipFilter.CLOSED: [~IS_OPEN],
        SlipFilter.ALL: [],
    }
    return conditions[standing]


def _narrowed(level: SlipLevel | None, unit_id: int | None, task_id: int | None) -> list[Any]:
    asked = ((UrgingSlip.level, level), (Task.unit_id, unit_id), (UrgingSlip.task_id, task_id))
    return [column == value for column, value in asked if value is not None]


def _counted(condition: Any, name: str) -> Any:
    return func.sum(case((condition, 1), else_=0)).label(name)
