"""Reads difficulties raised to the working group: the list, how many are open by measure, and one thread."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict, Unpack

import pandas as pd
from sqlalchemy import case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.cases import band_of_age
from db.frames import frame_of, rows_of
from db.listed import names_country
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    Difficulty,
    DifficultyEvent,
    Measure,
    Officer,
    ProgressUpdate,
    ReportingPeriod,
    RoleGrant,
    Task,
    TaskRevision,
)
from db.tasks.queries import tasks_within
from tracking.difficulties import DifficultyCause
from tracking.messages import Message
from tracking.oversight import AGE_BANDS, AgeBand
from tracking.permissions import Scope
from tracking.vocabulary import DifficultyStatus, Role

IS_OPEN = col(Difficulty.status) != DifficultyStatus.CLOSED


class DifficultyFilter(StrEnum):
    """How to filter difficulties: open ones, one open state, closed ones, all."""

    OPEN = "open"
    RAISED = "raised"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"


class DifficultyWhere(TypedDict, total=False):
    """Which difficulties to read; None means any. `country` is a code, or `tracking.countries.ALONG`."""

    standing: DifficultyFilter
    measure_id: int | None
    unit_id: int | None
    task_id: int | None
    band: AgeBand | None
    cause: DifficultyCause | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Raised:
    """Whether a task has an open difficulty, whether this very update was raised, and the newest id, if any."""

    open_already: bool
    raised_before: bool
    difficulty_id: int | None


def standing_of(session: Session, update: ProgressUpdate) -> Raised:
    """What has been raised for an update's task."""
    rows = select(Difficulty).where(Difficulty.task_id == update.task_id).order_by(col(Difficulty.id).desc())
    raised = session.scalars(rows).all()
    own = [one for one in raised if one.update_id == update.id]
    still_open = [one for one in raised if one.status is not DifficultyStatus.CLOSED]
    newest = next(iter(own or still_open or raised), None)
    return Raised(bool(still_open), bool(own), newest.id if newest else None)


def raised_of(store: Store, scope: Scope, *, update_id: int) -> Raised:
    """The same for a reader of the update. Raises `NotFound`, also outside the scope."""
    with store.read() as session:
        update = session.get(ProgressUpdate, update_id)
        task = session.get(Task, update.task_id) if update else None
        if update is None or task is None or not scope.covers(task.authority_id):
            raise NotFound(Message("store.not_found"))
        return standing_of(session, update)


def countries_of_task(store: Store, scope: Scope, *, task_id: int) -> tuple[str, ...]:
    """The countries that the plan names for a task; what a difficulty of it is about, until somebody says otherwise."""
    rows = select(TaskRevision.countries).join(Task, Task.revision_id == TaskRevision.id)
    found = rows_of(store, rows.where(Task.id == task_id, *tasks_within(scope)))
    return found[0][0] if found else ()


def is_member(session: Session, officer_id: int) -> bool:
    """Whether somebody belongs to the working group today."""
    return session.scalar(_members().where(Officer.id == officer_id)) is not None


def members_frame(store: Store) -> pd.DataFrame:
    """The members of the working group, by name. Columns: officer_id, name, body (missing where nobody said)."""
    return frame_of(store, _members().add_columns(Officer.name, Officer.body).order_by(Officer.name))


def _members() -> Statement:
    granted = (RoleGrant.officer_id == Officer.id, RoleGrant.role == Role.MEMBER)
    standing = select(RoleGrant.id).where(*granted, col(RoleGrant.revoked_at).is_(None))
    return select(col(Officer.id).label("officer_id")).where(standing.exists())


def difficulties_frame(
    store: Store,
    scope: Scope,
    *,
    first: int = 0,
    most: int | None = None,
    **where: Unpack[DifficultyWhere],
) -> pd.DataFrame:
    """Raised difficulties, open ones first, oldest first.

    Columns: difficulty_id, task_id, task_number, title, authority_id, authority_name, notice_id, measure_number,
    measure_short_title, description, status, handler, raised_at, closed_at, cause, countries.
    """
    rows = (
        _difficulties(scope)
        .where(*_narrowed(where))
        .order_by(case((IS_OPEN, 0), else_=1), Difficulty.raised_at, Difficulty.id)
        .offset(first)
    )
    return frame_of(store, rows if most is None else rows.limit(most))


def count_difficulties(store: Store, scope: Scope, **where: Unpack[DifficultyWhere]) -> int:
    """How many there are."""
    rows = select(func.count(col(Difficulty.id))).join(Task, Task.id == Difficulty.task_id)
    rows = rows.join(Measure, Measure.id == Task.measure_id).where(*tasks_within(scope), *_narrowed(where))
    return int(rows_of(store, rows)[0][0])


def causes_frame(store: Store, scope: Scope, **where: Unpack[DifficultyWhere]) -> pd.DataFrame:
    """Difficulties counted by cause. Columns: cause (None for those raised before it was asked for), difficulties."""
    rows = select(Difficulty.cause, func.count(col(Difficulty.id)).label("difficulties"))
    rows = rows.join(Task, Task.id == Difficulty.task_id).join(Measure, Measure.id == Task.measure_id)
    rows = rows.where(*tasks_within(scope), *_narrowed(where)).group_by(Difficulty.cause)
    return frame_of(store, rows.order_by(func.count(col(Difficulty.id)).desc(), Difficulty.cause))


def _band() -> Any:
    """How long a difficulty has been open, as a band of `tracking.oversight.AGE_BANDS`."""
    bands = [(str(band), last) for band, last in AGE_BANDS]
    return band_of_age(Difficulty.raised_at, bands, clock.today())


def _aged(band: AgeBand | None) -> list[Any]:
    return [] if band is None else [_band() == str(band)]


def open_difficulties_frame(store: Store, scope: Scope) -> pd.DataFrame:
    """Open difficulties counted by measure, age band and state, in measure order.

    Columns: key (measure_id), name, band (of `tracking.oversight.AGE_BANDS`), status, difficulties,
    oldest_at.
    """
    band = _band()
    rows = (
        select(
            col(Measure.id).label("key"),
            col(Measure.short_title).label("name"),
            band.label("band"),
            Difficulty.status,
            func.count(col(Difficulty.id)).label("difficulties"),
            func.min(Difficulty.raised_at).label("oldest_at"),
        )
        .join(Task, Task.id == Difficulty.task_id)
        .join(Measure, Measure.id == Task.measure_id)
        .where(IS_OPEN, *tasks_within(scope))
        .group_by(Measure.id, Measure.number, Measure.short_title, band, Difficulty.status)
        .order_by(Measure.number)
    )
    return frame_of(store, rows)


def difficulty_sheet(store: Store, scope: Scope, *, difficulty_id: int) -> dict[str, Any]:
    """One difficulty.

    The columns of `difficulties_frame`, update_id, handler_id, unit_id, and the year, number and cycle of the
    period it was reported in.

    Raises `NotFound`, also outside the scope.
    """
    rows = (
        _difficulties(scope)
        .add_columns(
            col(Difficulty.update_id),
            col(Difficulty.handler_id),
            col(Task.unit_id),
            col(ReportingPeriod.year),
            col(ReportingPeriod.number),
            col(ReportingPeriod.cycle),
        )
        .join(ProgressUpdate, ProgressUpdate.id == Difficulty.update_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressUpdate.period_id)
    )
    found = rows_of(store, rows.where(Difficulty.id == difficulty_id))
    if not found:
        raise NotFound(Message("store.not_found"))
    return dict(found[0]._mapping)


def difficulty_events_frame(store: Store, scope: Scope, *, difficulty_id: int) -> pd.DataFrame:
    """What happened to a difficulty, earliest first.

    Columns: step, happened_at, officer_name, body (of a member, missing where nobody said), handler_name, words.
    """
    handler = aliased(Officer)
    rows = (
        select(
            DifficultyEvent.step,
            DifficultyEvent.happened_at,
            col(Officer.name).label("officer_name"),
            Officer.body,
            handler.name.label("handler_name"),  # type: ignore[attr-defined]  # a column of the alias
            DifficultyEvent.words,
        )
        .join(Difficulty, Difficulty.id == DifficultyEvent.difficulty_id)
        .join(Task, Task.id == Difficulty.task_id)
        .join(Officer, Officer.id == DifficultyEvent.officer_id, isouter=True)
        .join(handler, handler.id == DifficultyEvent.handler_id, isouter=True)
        .where(DifficultyEvent.difficulty_id == difficulty_id, *tasks_within(scope))
        .order_by(DifficultyEvent.id)
    )
    return frame_of(store, rows)


def _difficulties(scope: Scope) -> Statement:
    handler = aliased(Officer)
    return (
        select(
            col(Difficulty.id).label("difficulty_id"),
            Difficulty.task_id,
            col(Task.number).label("task_number"),
            TaskRevision.title,
            Task.authority_id,
            col(Authority.short_name).label("authority_name"),
            Measure.notice_id,
            col(Measure.number).label("measure_number"),
            col(Measure.short_title).label("measure_short_title"),
            Difficulty.description,
            Difficulty.status,
            handler.name.label("handler"),  # type: ignore[attr-defined]  # a column of the alias
            Difficulty.raised_at,
            Difficulty.closed_at,
            Difficulty.cause,
            Difficulty.countries,
        )
        .join(Task, Task.id == Difficulty.task_id)
        .join(TaskRevision, TaskRevision.id == Task.revision_id)
        .join(Measure, Measure.id == Task.measure_id)
        .join(Authority, Authority.id == Task.authority_id)
        .join(handler, handler.id == Difficulty.handler_id, isouter=True)
        .where(*tasks_within(scope))
    )


def _standing(standing: DifficultyFilter) -> list[Any]:
    if standing is DifficultyFilter.ALL:
        return []
    return [IS_OPEN if standing is DifficultyFilter.OPEN else Difficulty.status == DifficultyStatus(standing)]


def _narrowed(where: DifficultyWhere) -> list[Any]:
    """The conditions on `Difficulty`, its `Task` and the `Measure` of it."""
    asked: tuple[tuple[Any, Any], ...] = (
        (Task.measure_id, where.get("measure_id")),
        (Task.unit_id, where.get("unit_id")),
        (Difficulty.task_id, where.get("task_id")),
        (Difficulty.cause, where.get("cause")),
    )
    chosen = [column == value for column, value in asked if value is not None]
    standing = _standing(where.get("standing", DifficultyFilter.ALL))
    return [*standing, *chosen, *_aged(where.get("band")), *_about(where.get("country"))]


def _about(country: str | None) -> list[Any]:
    if country is None:
        return []
    of_notice = col(Measure.notice_id)
    return [names_country(Difficulty.countries, country, notice_id=of_notice, day=clock.today())]
