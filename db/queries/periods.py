"""Owns reading reporting periods."""

import pandas as pd
from sqlmodel import Session, col

from db import clock
from db.queries.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import ReportingPeriod


def periods_frame(store: Store, *, notice_id: int) -> pd.DataFrame:
    """The periods of a notice, newest first.

    Columns: period_id, year, number, cycle, starts_on, ends_on, opens_on, closes_on, status, frozen_at.
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
    )
    newest_first = (col(ReportingPeriod.year).desc(), col(ReportingPeriod.number).desc())
    return frame_of(store, rows.where(ReportingPeriod.notice_id == notice_id).order_by(*newest_first))


def current_period(store: Store, *, notice_id: int) -> ReportingPeriod | None:
    """The latest period that has begun, None before the first."""
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
