"""Reads what authorities do for tasks of others: the tasks they take part in, what they added, what they contest."""

from typing import Any

import pandas as pd
from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from db import clock
from db.figures.lineage import asked_for
from db.frames import frame_of
from db.sql import Statement, select
from db.store import NotFound, Store
from db.support.parts import supporters_of, takes_part
from db.tables import (
    Authority,
    Contest,
    Contribution,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    Task,
    TaskRevision,
    TaskSupport,
    WorkPlan,
)
from db.tasks.queries import tasks_within
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.support import ContestStatus
from tracking.vocabulary import PeriodStatus, UpdateStatus

OPEN = (ContestStatus.RAISED, ContestStatus.ANSWERED, ContestStatus.MAINTAINED)
_LEFT = (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED)


def scope_as_supporter(store: Store, scope: Scope, *, task_id: int) -> Scope:
    """What may be read of one task by those of a scope who take part in it: nothing that has not been submitted.

    Raises `NotFound` where none of them does.
    """
    with store.read() as session:
        task = session.get(Task, task_id)
        if task is None or not supporters_of(session, task_id, scope.authority_ids):
            raise NotFound(Message("store.not_found"))
        return Scope(frozenset({task.authority_id}), frozenset(), frozenset())


def parts_frame(store: Store, scope: Scope, *, task_id: int | None = None) -> pd.DataFrame:
    """The tasks of others that the authorities of a scope take part in, one row for each open period, earliest due first.

    Columns: task_id, task_number, title, goal, authority_id, authority_name (whose task it is), supporter_id,
    supporter_name, role, due_on, period_id, year, number, cycle (missing where no period asks), words (what was added,
    missing before), submitted (whether the report has left its authority).
    """
    supporter = aliased(Authority)
    rows = (
        _parts(scope)
        .add_columns(
            col(Task.id).label("task_id"),
            col(Task.number).label("task_number"),
            TaskRevision.title,
            TaskRevision.goal,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            col(TaskSupport.authority_id).label("supporter_id"),
            supporter.short_name.label("supporter_name"),  # type: ignore[attr-defined]  # a column of the alias
            TaskSupport.role,
            Task.due_on,
            col(ReportingPeriod.id).label("period_id"),
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
            _newest_words().label("words"),
            _has_left().label("submitted"),
        )
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(supporter, supporter.id == TaskSupport.authority_id)
        .where(*([] if task_id is None else [Task.id == task_id]))
        .order_by(Task.due_on, Task.id, TaskSupport.id, ReportingPeriod.id)
    )
    return frame_of(store, rows, whole=("period_id", "year", "number"))


def parts_to_add(scope: Scope) -> Statement:
    """The parts of a scope's authorities that an open period asks about and nobody has written about, with `since`."""
    missing = _newest_words().is_(None)
    rows = _parts(scope).add_columns(col(TaskSupport.id), col(ReportingPeriod.opens_on).label("since"))
    return rows.where(col(ReportingPeriod.id).is_not(None), missing, ~_has_left())


def _parts(scope: Scope) -> Statement:
    today = clock.today()
    open_now: tuple[Any, ...] = (
        ReportingPeriod.status == PeriodStatus.OPEN,
        ReportingPeriod.opens_on <= today,
        ReportingPeriod.closes_on >= today,
    )
    return (
        select()
        .select_from(TaskSupport)
        .join(Task, Task.revision_id == TaskSupport.task_revision_id)
        .join(WorkPlan, WorkPlan.id == Task.plan_id)
        .join(ReportingPeriod, and_(*asked_for(), *open_now), isouter=True)
        .where(*takes_part(), *_supporting(scope))
    )


def _supporting(scope: Scope) -> list[Any]:
    """The condition on `TaskSupport` that keeps a read to those of a scope who take part."""
    ids = scope.authority_ids
    return [] if ids is None else [col(TaskSupport.authority_id).in_(sorted(ids))]


def _newest_words() -> Any:
    rows = select(Contribution.words).where(
        Contribution.task_id == Task.id,
        Contribution.period_id == ReportingPeriod.id,
        Contribution.authority_id == TaskSupport.authority_id,
    )
    return rows.order_by(col(Contribution.id).desc()).limit(1).scalar_subquery()


def _has_left() -> Any:
    left = select(ProgressUpdate.id).where(
        ProgressUpdate.task_id == Task.id,
        ProgressUpdate.period_id == ReportingPeriod.id,
        col(ProgressUpdate.status).in_(_LEFT),
    )
    return left.exists()


def contributions_frame(
    store: Store, scope: Scope, *, task_id: int, period_id: int | None = None
) -> pd.DataFrame:
    """What was added to a task in reach, the newest of each authority and period, newest period first.

    Columns: authority_id, authority_name, period_id, year, number, cycle, words, written_at, author.
    """
    later = aliased(Contribution)
    same = (
        getattr(later, name) == getattr(Contribution, name)
        for name in ("task_id", "period_id", "authority_id")
    )
    newer = select(later.id).where(*same, later.id > Contribution.id)
    rows = (
        select(
            Contribution.authority_id,
            col(Authority.short_name).label("authority_name"),
            Contribution.period_id,
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
            Contribution.words,
            Contribution.written_at,
            col(Officer.name).label("author"),
        )
        .join(Task, Task.id == Contribution.task_id)
        .join(Authority, Authority.id == Contribution.authority_id)
        .join(ReportingPeriod, ReportingPeriod.id == Contribution.period_id)
        .join(Officer, Officer.id == Contribution.written_by_id, isouter=True)
        .where(Task.id == task_id, ~newer.exists(), *tasks_within(scope))
        .order_by(col(ReportingPeriod.starts_on).desc(), Contribution.id)
    )
    return frame_of(store, rows if period_id is None else rows.where(Contribution.period_id == period_id))


def reported_periods_frame(store: Store, scope: Scope, *, task_id: int) -> pd.DataFrame:
    """The periods whose report of a task in reach has left its authority, newest first: period_id, year, number, cycle."""
    rows = (
        select(
            col(ReportingPeriod.id).label("period_id"),
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
        )
        .join(Task, Task.id == task_id)
        .where(_has_left(), *tasks_within(scope))
        .order_by(col(ReportingPeriod.starts_on).desc())
    )
    return frame_of(store, rows)


def contests_frame(
    store: Store, scope: Scope, *, task_id: int | None = None, still_open: bool = False
) -> pd.DataFrame:
    """What is contested about tasks in reach, or by an authority in reach, open ones first, then newest first.

    Columns: contest_id, task_id, task_number, title, authority_id, authority_name (whose task it is), supporter_id,
    supporter_name (who contests), subject, period_id, year, number, cycle (missing but for a report), status, reason, raised_at, answer, ruling.
    """
    supporter, ids = aliased(Authority), scope.authority_ids
    reach = (
        []
        if ids is None
        else [or_(*(col(one).in_(sorted(ids)) for one in (Task.authority_id, Contest.authority_id)))]
    )
    is_open = col(Contest.status).in_(OPEN)
    rows = (
        select(
            col(Contest.id).label("contest_id"),
            Contest.task_id,
            col(Task.number).label("task_number"),
            TaskRevision.title,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            col(Contest.authority_id).label("supporter_id"),
            supporter.short_name.label("supporter_name"),  # type: ignore[attr-defined]  # a column of the alias
            *(getattr(Contest, name) for name in ("subject", "period_id", "status", "reason", "raised_at")),
            Contest.answer,
            Contest.ruling,
            ReportingPeriod.year,
            ReportingPeriod.number,
            ReportingPeriod.cycle,
        )
        .join(Task, Task.id == Contest.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(supporter, supporter.id == Contest.authority_id)
        .join(ReportingPeriod, ReportingPeriod.id == Contest.period_id, isouter=True)
        .where(*reach, *([] if task_id is None else [Task.id == task_id]), *([is_open] if still_open else []))
        .order_by(is_open.desc(), col(Contest.id).desc())
    )
    return frame_of(store, rows, whole=("period_id", "year", "number"))
