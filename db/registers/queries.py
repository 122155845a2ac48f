"""Reads an authority's registers: current entries, withdrawn ones, and the versions of one entry.

Of a cooperation mechanism or a piece of publicity the version that no other corrects stands; of a coordination
mechanism the newest row. Neither stands once it is withdrawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.frames import frame_of, frame_of_rows, rows_of
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Authority, CooperationMechanism, CoordinationMechanism, Officer, PublicityItem
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.vocabulary import Register

TABLES: Mapping[Register, Any] = {
    Register.COORDINATION: CoordinationMechanism,
    Register.COOPERATION: CooperationMechanism,
    Register.PUBLICITY: PublicityItem,
}
# The fields of an entry, in form order.
FIELDS: Mapping[Register, tuple[str, ...]] = {
    Register.COORDINATION: (
        "established_on",
        "document_number",
        "lead_leader",
        "member_units",
        "ccpit_partner",
        "liaison_officer_id",
    ),
    Register.COOPERATION: (
        "partner_place",
        "partner_body",
        "multilateral",
        "established_on",
        "standing",
        "results",
    ),
    Register.PUBLICITY: ("published_on", "channel", "title", "link"),
}
VERSION = ("recorded_at", "recorded_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason")


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which entries of a register to read; None means any. `withdrawn` selects withdrawn ones instead."""

    region: str | None = None
    authority_id: int | None = None
    text: str | None = None
    withdrawn: bool = False


def register_frame(
    store: Store,
    scope: Scope,
    *,
    register: Register,
    notice_id: int,
    where: RegisterFilter,
    first: int | None = None,
    skipped: int = 0,
) -> pd.DataFrame:
    """The newest version of each entry, latest first; `first` of them after `skipped`.

    Columns: entry_id, authority_id, authority_name, `FIELDS` of the register, liaison_name if it has one, and
    `VERSION`.
    """
    rows = _rows(register).where(*_chosen(scope, register, notice_id, where))
    table = TABLES[register]
    rows = rows.order_by(col(table.recorded_at).desc(), col(table.id).desc()).offset(skipped)
    return frame_of(store, rows if first is None else rows.limit(first), whole=_whole(register))


def count_entries(
    store: Store, scope: Scope, *, register: Register, notice_id: int, where: RegisterFilter
) -> tuple[int, int]:
    """How many entries `register_frame` would return in all, and from how many authorities."""
    table = TABLES[register]
    rows = select(func.count(), func.count(col(table.authority_id).distinct())).select_from(table)
    rows = rows.join(Authority, Authority.id == table.authority_id)
    found = rows_of(store, rows.where(*_chosen(scope, register, notice_id, where)))[0]
    return int(found[0]), int(found[1])


def versions_frame(store: Store, scope: Scope, *, register: Register, entry_id: int) -> pd.DataFrame:
    """Every version of an entry, newest first; columns as `register_frame`.

    For a coordination mechanism, every row of its authority. Raises `NotFound` if out of reach.
    """
    table = TABLES[register]
    with store.read() as session:
        entry = session.get(table, entry_id)
        if entry is None or not scope.covers(entry.authority_id):
            raise NotFound(Message("store.not_found"))
        if register is Register.COORDINATION:
            chosen = and_(table.authority_id == entry.authority_id, table.notice_id == entry.notice_id)
        else:
            chosen = col(table.id).in_(_chain(session, table, entry_id))
        found = session.execute(_rows(register).where(chosen).order_by(col(table.id).desc()))
        return frame_of_rows(found.all(), tuple(found.keys()), whole=_whole(register))


def newest_mechanism(session: Session, authority_id: int, notice_id: int) -> int | None:
    """The key of an authority's current coordination mechanism, or None."""
    rows = select(CoordinationMechanism.id).where(
        CoordinationMechanism.authority_id == authority_id,
        CoordinationMechanism.notice_id == notice_id,
        stands(Register.COORDINATION),
    )
    found: int | None = session.scalar(rows)
    return found


def stands(register: Register, known_at: datetime | None = None) -> ColumnElement[bool]:
    """The condition on a register's table that selects the current versions, now or at an instant."""
    table = TABLES[register]
    if known_at is None:
        return and_(_newest(register), col(table.withdrawn_at).is_(None))
    kept = or_(col(table.withdrawn_at).is_(None), col(table.withdrawn_at) > known_at)
    recorded = col(table.recorded_at) <= known_at
    return and_(_newest(register, known_at), recorded, kept)


def _newest(register: Register, known_at: datetime | None = None) -> ColumnElement[bool]:
    table = TABLES[register]
    later = aliased(table)
    known = [] if known_at is None else [col(later.recorded_at) <= known_at]
    if register is Register.COORDINATION:
        same = and_(later.authority_id == table.authority_id, later.notice_id == table.notice_id)
        after = select(later.id).where(same, later.id > table.id, *known).exists()
    else:
        after = select(later.id).where(later.corrects_id == table.id, *known).exists()
    condition: ColumnElement[bool] = ~after
    return condition


def _rows(register: Register) -> Statement:
    table, writer, remover, liaison = TABLES[register], aliased(Officer), aliased(Officer), aliased(Officer)
    columns = [
        col(table.id).label("entry_id"),
        table.authority_id,
        col(Authority.short_name).label("authority_name"),
        *(getattr(table, name) for name in FIELDS[register]),
        table.recorded_at,
        writer.name.label("recorded_by"),  # type: ignore[attr-defined]  # a column of the alias
        table.withdrawn_at,
        remover.name.label("withdrawn_by"),  # type: ignore[attr-defined]  # a column of the alias
        table.withdrawal_reason,
    ]
    has_liaison = register is Register.COORDINATION
    if has_liaison:
        columns.append(liaison.name.label("liaison_name"))  # type: ignore[attr-defined]  # a column of the alias
    rows = (
        select(*columns)
        .select_from(table)
        .join(Authority, Authority.id == table.authority_id)
        .join(writer, writer.id == table.recorded_by_id, isouter=True)
        .join(remover, remover.id == table.withdrawn_by_id, isouter=True)
    )
    return rows.join(liaison, liaison.id == table.liaison_officer_id, isouter=True) if has_liaison else rows


def _whole(register: Register) -> tuple[str, ...]:
    return ("liaison_officer_id",) if register is Register.COORDINATION else ()


def _chosen(scope: Scope, register: Register, notice_id: int, where: RegisterFilter) -> list[Any]:
    table = TABLES[register]
    chosen = [table.notice_id == notice_id, _newest(register)]
    chosen.append(
        col(table.withdrawn_at).is_not(None) if where.withdrawn else col(table.withdrawn_at).is_(None)
    )
    if scope.authority_ids is not None:
        chosen.append(col(table.authority_id).in_(sorted(scope.authority_ids)))
    if where.region is not None:
        chosen.append(Authority.region_seven == where.region)
    if where.authority_id is not None:
        chosen.append(table.authority_id == where.authority_id)
    if where.text:
        texts = [getattr(table, name) for name in FIELDS[register] if _is_text(table, name)]
        chosen.append(or_(*(col(column).contains(where.text, autoescape=True) for column in texts)))
    return chosen


def _is_text(table: Any, name: str) -> bool:
    return table.model_fields[name].annotation is str


def _chain(session: Session, table: Any, entry_id: int) -> list[int]:
    """The versions before and after one, found step by step, since entries are rarely corrected often."""
    found, before = [entry_id], session.get_one(table, entry_id).corrects_id
    while before is not None:
        found.append(before)
        before = session.get_one(table, before).corrects_id
    after: int | None = entry_id
    while (after := session.scalar(select(table.id).where(table.corrects_id == after))) is not None:
        found.append(after)
    return found
