"""Reads reporting periods."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col

from db import clock
from db.frames import frame_of
from db.sql import select
from db.store import NotFound, Store, Transaction
from db.tables import ReportingPeriod
from tracking.messages import Message
from tracking.periods import check_open, taken_until


def periods_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The periods of a notice, newest first.

    Columns: period_id, year, number, cycle, starts_on, ends_on, opens_on, closes_on, status, frozen_at, closed_on.
    """
    rows = select(
        col(ReportingPeriod.id).label("period_id"),
        ReportingPeriod.year,
        ReportingPeriod.number,
        ReportingPeriod.cycle,
        ReportingPeriod.starts_on,
        ReportingPeriod.ends_on,
        ReportingPeriod.opens_on,
        ReportingPeriod.closes_on,
        ReportingPeriod.status,
        ReportingPeriod.frozen_at,
        ReportingPeriod.closed_on,
    )
    newest_first = (col(ReportingPeriod.year).desc(), col(ReportingPeriod.number).desc())
    return frame_of(store, rows.where(ReportingPeriod.notice_id == notice_id).order_by(*newest_first))


def current_period(store: Store, *, notice_id: int) -> ReportingPeriod | None:
    """The latest period that has begun, None if there is none yet."""
    with store.read() as session:
        return begun_period(session, notice_id)


def begun_period(session: Session, notice_id: int) -> ReportingPeriod | None:
    """The same within a transaction."""
    rows = (
        select(ReportingPeriod)
        .where(ReportingPeriod.notice_id == notice_id, ReportingPeriod.starts_on <= clock.today())
        .order_by(col(ReportingPeriod.starts_on).desc())
    )
    return session.scalars(rows).first()


def year_in_hand(store: Store, *, notice_id: int, on: date) -> int:
    """The plan year in hand on a day: that of the latest period begun by then, else the day's own year.

    So the old year stays in hand until the new one's first period begins.
    """
    with store.read() as session:
        return int(session.scalar(select(in_hand(on, notice_id))) or on.year)


def in_hand(on: date, notice_id: Any) -> ColumnElement[int]:
    """The same as a column, of a notice or of that which a column names."""
    begun = select(ReportingPeriod.year).where(
        ReportingPeriod.starts_on <= on, ReportingPeriod.notice_id == notice_id
    )
    latest = begun.order_by(col(ReportingPeriod.starts_on).desc()).limit(1)
    return func.coalesce(latest.scalar_subquery(), on.year)


def period_asked(store: Store, period_id: int | None, notice_id: int | None = None) -> ReportingPeriod:
    """The period with this key; by default, the latest of a notice or of any that has begun. Raises `NotFound`."""
    latest = (col(ReportingPeriod.starts_on).desc(), col(ReportingPeriod.id).desc())
    begun = select(ReportingPeriod).where(ReportingPeriod.starts_on <= clock.today()).order_by(*latest)
    if notice_id is not None:
        begun = begun.where(ReportingPeriod.notice_id == notice_id)
    with store.read() as session:
        found: ReportingPeriod | None = (
            session.scalars(begun).first() if period_id is None else session.get(ReportingPeriod, period_id)
        )
    if found is None:
        raise NotFound(Message("period.none_begun" if period_id is None else "store.not_found"))
    return found


def check_period(tx: Transaction, period: ReportingPeriod) -> None:
    """Refuse unless the period takes reports today. Raises `Refusal`."""
    until = taken_until(period.closes_on, period.closed_on)
    check_open(status=period.status, today=tx.today, opens_on=period.opens_on, closes_on=until)
