"""Reads the audit trail and proves it whole."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session
from sqlmodel import col

from db import clock
from db.audit.anchor import anchors
from db.audit.chain import ChainReport, verify
from db.audit.key import check_key, key_of_chain
from db.frames import frame_of
from db.sql import select
from db.store import Store
from db.tables import AuditEvent, AuditHead, Authority, Officer, metadata

PAGE_SIZE = 50
READ_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events to read; None means any. Days are in office local time, both ends included."""

    number: int | None = None
    officer_id: int | None = None
    authority_id: int | None = None
    action: str | None = None
    subject: str | None = None
    subject_id: int | None = None
    since_on: date | None = None
    until_on: date | None = None


ANY = AuditFilter()


def audit_frame(
    store: Store, *, where: AuditFilter = ANY, page: int = 1, page_size: int = PAGE_SIZE
) -> pd.DataFrame:
    """One page of the trail, newest event first; pages count from 1.

    Columns: number, happened_at (aware UTC), officer_id and officer_name (missing for the command line),
    authority_id, authority_name, action, subject, subject_id, detail.
    """
    rows = (
        select(
            AuditEvent.number,
            AuditEvent.happened_at,
            AuditEvent.officer_id,
            col(Officer.name).label("officer_name"),
            AuditEvent.authority_id,
            col(Authority.name).label("authority_name"),
            AuditEvent.action,
            AuditEvent.subject,
            AuditEvent.subject_id,
            AuditEvent.detail,
        )
        .join(Officer, Officer.id == AuditEvent.officer_id, isouter=True)
        .join(Authority, Authority.id == AuditEvent.authority_id, isouter=True)
        .where(*_conditions(where))
        .order_by(col(AuditEvent.number).desc())
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    return frame_of(store, rows, whole=("officer_id", "authority_id", "subject_id"))


def count_audit_events(store: Store, *, where: AuditFilter = ANY) -> int:
    """How many events match the filter."""
    with store.read() as session:
        return int(
            session.scalar(select(func.count()).select_from(AuditEvent).where(*_conditions(where))) or 0
        )


def audited_actions(store: Store) -> list[str]:
    """Every action in the trail, to choose from."""
    with store.read() as session:
        return list(session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)))


def audited_subjects(store: Store) -> list[str]:
    """Every kind of subject in the trail, to choose from."""
    with store.read() as session:
        return list(session.scalars(select(AuditEvent.subject).distinct().order_by(AuditEvent.subject)))


def _conditions(where: AuditFilter) -> list[ColumnElement[bool]]:
    equal = ("number", "officer_id", "authority_id", "action", "subject", "subject_id")
    asked = {name: getattr(where, name) for name in equal}
    conditions = [getattr(AuditEvent, name) == value for name, value in asked.items() if value is not None]
    if where.since_on is not None:
        conditions.append(col(AuditEvent.happened_at) > clock.end_of(where.since_on - timedelta(1)))
    if where.until_on is not None:
        conditions.append(col(AuditEvent.happened_at) <= clock.end_of(where.until_on))
    return conditions


def check_chain_key(store: Store) -> None:
    """Refuse any key but the one that seals the chain; records nothing. Raises `Refusal`."""
    with store.read() as session:
        key_of_chain(session, session.scalars(select(AuditHead)).one(), store.settings)


def verify_chain(store: Store) -> ChainReport:
    """Check every event against its predecessor, the last against the head, and all against the anchors.

    Reads a consistent snapshot while others write. `broken_at` is the first bad number. Raises `Refusal` if
    the key is missing or not the recorded one.
    """
    with Session(snapshots(store)) as session:
        head, key = session.execute(select(AuditHead)).scalar_one(), store.settings.chain_key
        check_key(head, key)
        # Plain rows: mapped objects would take many times as long.
        table = metadata.tables["audit_event"]
        rows = select(table).order_by(table.c.number).execution_options(yield_per=READ_AT_ONCE)
        events: Any = session.execute(rows)
        report = verify(events, head, key)
        if not report.intact:
            return report
        return ChainReport(report.events, _unlike_its_anchor(session, anchors(store)))


def snapshots(store: Store) -> Any:
    """Snapshot reads: SQLite gives them within any transaction; PostgreSQL has to be asked."""
    if store.engine.dialect.name == "sqlite":
        return store.engine
    return store.engine.execution_options(isolation_level="REPEATABLE READ")


def _unlike_its_anchor(session: Session, noted: dict[int, str]) -> int | None:
    rows = session.execute(
        select(AuditEvent.number, AuditEvent.hash).where(col(AuditEvent.number).in_(noted))
    )
    kept = {row.number: row.hash for row in rows}
    return min((number for number, hash_ in noted.items() if kept.get(number) != hash_), default=None)
