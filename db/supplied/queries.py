"""Reads the figures that the working group supplied: one by one, and as they count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import BigInteger, func, or_, type_coerce
from sqlmodel import col

from db import clock
from db.authorities.tree import NOBODY_MOVED, whole_tree
from db.figures.chosen import MOST_PERIODS
from db.frames import frame_of, numbers_of
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import (
    Authority,
    Indicator,
    IndicatorActual,
    Measure,
    Officer,
    ReportingPeriod,
    SuppliedFigure,
    Task,
)
from tracking.figures.actuals import indicator_totals
from tracking.figures.supplied import NO_TASK
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.scales import value_of
from tracking.supplied import SuppliedStatus

_PARTS = ("value", "numerator", "denominator")
_AS_COUNTED = ("hundredths", "numerator", "denominator")
_OWN = ("indicator_id", "authority_id", "task_id", "period_number", *_AS_COUNTED)


@dataclass(frozen=True, slots=True)
class Proof:
    """The file that a contest carries."""

    name: str
    media_type: str
    sha256: str


def supplied_counted(
    store: Store,
    scope: Scope,
    *,
    notice_id: int,
    year: int,
    measure_id: int,
    number: int | None = None,
    known_on: date | None = None,
) -> pd.DataFrame:
    """The supplied figures of a year that stand under a measure, now or as at the end of a past day.

    With `number` those up to that period. Columns as those of `actuals_frame`, `task_id` being `NO_TASK`.
    """
    day = known_on or clock.today()
    known_at = clock.end_of(day)
    rows = _within(scope).where(
        Measure.id == measure_id,
        ReportingPeriod.notice_id == notice_id,
        ReportingPeriod.year == year,
        SuppliedFigure.supplied_at <= known_at,
        or_(col(SuppliedFigure.ended_at).is_(None), col(SuppliedFigure.ended_at) > known_at),
        *([] if number is None else [ReportingPeriod.number <= number]),
    )
    found = numbers_of(
        store,
        rows.add_columns(
            SuppliedFigure.indicator_id,
            SuppliedFigure.authority_id,
            col(ReportingPeriod.number).label("period_number"),
            *_hundredths(SuppliedFigure),
        ),
    )
    return found.assign(unit_id=_units(store, found, day), task_id=NO_TASK)


def supplied_frame(
    store: Store, scope: Scope, *, measure_id: int | None = None, known_on: date | None = None
) -> pd.DataFrame:
    """What was supplied for authorities in reach, what is contested first, then newest first.

    Columns: figure_id, indicator_id, authority_id, period_id, value with its parts numerator and denominator, source,
    status, supplied_at, reason, proof_name, contested_at, ruling, ruled_at, ended_at, measure_id, name, unit, kind,
    additive, notice_id, year, number, cycle, authority_name, author, own (what the authority's own tasks come to today,
    missing before any report), unit_id (that it counts towards). With `known_on` only those supplied
    by the end of that day.
    """
    rows = (
        _within(scope)
        .add_columns(*_told())
        .where(*([] if measure_id is None else [Measure.id == measure_id]))
        .where(*([] if known_on is None else [SuppliedFigure.supplied_at <= clock.end_of(known_on)]))
        .order_by(
            (col(SuppliedFigure.status) == SuppliedStatus.CONTESTED).desc(), col(SuppliedFigure.id).desc()
        )
    )
    found = frame_of(store, rows)
    values = [value_of(*said) for said in zip(*(found[name] for name in _PARTS), strict=True)]
    own = pd.Series(list(_own(store, found)), index=found.index, dtype=object)
    units = _units(store, found, known_on or clock.today())
    return found.assign(value=pd.Series(values, index=found.index, dtype=object), own=own, unit_id=units)


def _units(store: Store, found: pd.DataFrame, day: date) -> Any:
    """The unit that each row's authority counts towards on a day."""
    authorities = found["authority_id"].tolist()
    with store.read() as session:
        tree = whole_tree(session) if authorities else NOBODY_MOVED
    return pd.array([tree.unit_of(one, day) for one in authorities], "int64")


def proof_of(store: Store, scope: Scope, *, figure_id: int) -> Proof:
    """The file a contest in reach carries. Raises `NotFound` alike where there is none."""
    with store.read() as session:
        found = session.get(SuppliedFigure, figure_id)
        if found is None or not found.proof_sha256 or not scope.covers(found.authority_id):
            raise NotFound(Message("store.not_found"))
        return Proof(found.proof_name, found.proof_type, found.proof_sha256)


def to_answer(authority_ids: frozenset[int]) -> Statement:
    """What was supplied for these authorities and they have said nothing about, with `since`."""
    mine = col(SuppliedFigure.authority_id).in_(sorted(authority_ids))
    return _waiting(SuppliedFigure.supplied_at, SuppliedStatus.SUPPLIED).where(mine)


def to_rule(scope: Scope) -> Statement:
    """What is contested and nobody has ruled on, with `since`."""
    return _waiting(SuppliedFigure.contested_at, SuppliedStatus.CONTESTED).where(*_reached(scope))


def _waiting(since: Any, status: SuppliedStatus) -> Statement:
    rows = select(SuppliedFigure.id, ReportingPeriod.notice_id, col(since).label("since"))
    return rows.join(ReportingPeriod, ReportingPeriod.id == SuppliedFigure.period_id).where(
        SuppliedFigure.status == status
    )


def _reached(scope: Scope) -> list[Any]:
    ids = scope.authority_ids
    return [] if ids is None else [col(SuppliedFigure.authority_id).in_(sorted(ids))]


def _within(scope: Scope) -> Statement:
    return (
        select()
        .select_from(SuppliedFigure)
        .join(Indicator, Indicator.id == SuppliedFigure.indicator_id)
        .join(Measure, Measure.id == Indicator.measure_id)
        .join(ReportingPeriod, ReportingPeriod.id == SuppliedFigure.period_id)
        .join(Authority, Authority.id == SuppliedFigure.authority_id)
        .join(Officer, Officer.id == SuppliedFigure.supplied_by_id, isouter=True)
        .where(*_reached(scope))
    )


def _told() -> Iterator[Any]:
    yield col(SuppliedFigure.id).label("figure_id")
    for name in ("indicator_id", "authority_id", "period_id", *_PARTS, "source", "status", "supplied_at"):
        yield getattr(SuppliedFigure, name)
    for name in ("reason", "proof_name", "contested_at", "ruling", "ruled_at", "ended_at"):
        yield getattr(SuppliedFigure, name)
    yield from (Indicator.measure_id, Indicator.name, Indicator.unit, Indicator.kind)
    yield from (Indicator.additive, Measure.notice_id)
    yield from (ReportingPeriod.year, ReportingPeriod.number, ReportingPeriod.cycle)
    yield from (col(Authority.short_name).label("authority_name"), col(Officer.name).label("author"))


def _hundredths(table: Any) -> list[Any]:
    """As they are stored: whole numbers, 0 for the parts of anything but a rate."""
    return [
        func.coalesce(type_coerce(getattr(table, name), BigInteger), 0).label(told)
        for name, told in zip(_PARTS, _AS_COUNTED, strict=True)
    ]


def _own(store: Store, found: pd.DataFrame) -> Iterator[Any]:
    """Of each figure what the tasks of its authority come to today."""
    told = numbers_of(store, _reported(found["authority_id"].unique(), found["indicator_id"].unique()))
    for row in found.itertuples():
        mine = told[(told["authority_id"] == row.authority_id) & (told["indicator_id"] == row.indicator_id)]
        indicator = found.loc[[row.Index], ["indicator_id", "kind", "additive"]]
        yield indicator_totals(mine, indicator)["value"].iloc[0]


def _reported(authority_ids: Any, indicator_ids: Any) -> Statement:
    number: Any = ReportingPeriod.year * MOST_PERIODS + ReportingPeriod.number
    return (
        select(
            IndicatorActual.indicator_id,
            Task.authority_id,
            col(Task.id).label("task_id"),
            number.label("period_number"),
            *_hundredths(IndicatorActual),
        )
        .select_from(Task)
        .join(IndicatorActual, IndicatorActual.update_id == Task.latest_update_id)
        .join(ReportingPeriod, ReportingPeriod.id == Task.latest_period_id)
        .where(
            Task.in_force,
            col(Task.authority_id).in_(authority_ids.tolist()),
            col(IndicatorActual.indicator_id).in_(indicator_ids.tolist()),
        )
    )
