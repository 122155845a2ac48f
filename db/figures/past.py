"""Kept past figures: those published when a period was frozen, and those known on a past day.

History is only ever added to, so what was known at the end of a past day never changes: it is read from
history once, when somebody first asks for the day, and kept.
"""

from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from db import clock
from db.figures.summaries import known_at_instant, known_when_frozen
from db.site.thresholds import read_light_rule
from db.sql import select
from db.store import Store
from db.tables import AuditHead, PastCell, PastDay, PastRed, PublishedCell, ReportingPeriod, SummaryCell
from db.tables.record import CellFigures

_FIGURES = list(CellFigures.model_fields)


def keep_published(session: Session, period_id: int) -> None:
    """Store a period's current figures as the official ones from now on."""
    session.flush()
    figures = select(*(getattr(SummaryCell, name) for name in _FIGURES))
    known = figures.where(SummaryCell.period_id == period_id)
    session.execute(insert(PublishedCell).from_select(_FIGURES, known))


def publish_from_history(session: Session) -> None:
    """Store the figures of every frozen period as known when it was frozen, some time ago."""
    session.flush()
    years = select(ReportingPeriod.notice_id, ReportingPeriod.year).distinct().order_by(ReportingPeriod.year)
    for notice_id, year in session.execute(years).all():
        known = known_when_frozen(session, notice_id=notice_id, year=year)
        if rows := [row for cells in known for row in cells.to_dict("records")]:
            session.execute(insert(PublishedCell), rows)  # type: ignore[arg-type]  # column names are str


def keep_past_day(store: Store, *, notice_id: int, year: int, known_on: date) -> None:
    """Store a plan year's figures as known at the end of a past day, unless already stored.

    Raises `ValueError` for a day that is not over, since more may become known.
    """
    if known_on >= clock.today():
        raise ValueError("the day is not over")
    while not is_kept(store, notice_id=notice_id, year=year, known_on=known_on):
        _keep(store, PastDay(known_on=known_on, notice_id=notice_id, year=year))


def _keep(store: Store, day: PastDay) -> None:
    """Read a past day and store it, unless other thresholds have come into force meanwhile."""
    known_on, known_at = day.known_on, clock.end_of(day.known_on)
    with store.read() as session:
        rule = read_light_rule(session)
        known = known_at_instant(session, notice_id=day.notice_id, year=day.year, known_at=known_at)
    rows: list[Any] = [row for frame in known.cells for row in frame.to_dict("records")]
    with store.upkeep() as session:
        session.execute(select(AuditHead).with_for_update())  # one at a time
        if not _is_kept(session, day) and read_light_rule(session) == rule:
            session.add(day)
            session.add_all(PastCell(known_on=known_on, **row) for row in rows)
            session.add_all(PastRed(known_on=known_on, task_id=task_id) for task_id in known.red_tasks)


def is_kept(store: Store, *, notice_id: int, year: int, known_on: date) -> bool:
    """Whether a plan year's figures of a past day are stored."""
    with store.read() as session:
        return _is_kept(session, PastDay(known_on=known_on, notice_id=notice_id, year=year))


def _is_kept(session: Session, day: PastDay) -> bool:
    return session.get(PastDay, (day.known_on, day.notice_id, day.year)) is not None
