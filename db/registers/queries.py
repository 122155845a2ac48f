"""Reads the entries of a register: current ones, withdrawn ones, and the versions of one entry.

The version that no other corrects stands until it is withdrawn. What the working group enters everybody may read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db import clock
from db.frames import frame_of_rows, rows_of
from db.listed import names_country
from db.registers.definitions import register_in
from db.registers.known import known_to
from db.sql import Statement, select
from db.store import NotFound, Store
from db.tables import Authority, Officer, Register as RegisterRow, RegisterEntry, RegisterFile
from tracking.messages import Message
from tracking.permissions import Scope
from tracking.registers.contents import value_of
from tracking.registers.definitions import NAMED, Register
from tracking.vocabulary import Body, FieldKind, Keeper

VERSION = ("recorded_at", "recorded_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason")


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which entries of a register to read; None means any. `withdrawn` selects withdrawn ones instead.

    `country` is a code, or `tracking.countries.ALONG`.
    """

    region: str | None = None
    authority_id: int | None = None
    text: str | None = None
    withdrawn: bool = False
    country: str | None = None
    body: Body | None = None


def register_frame(
    store: Store,
    scope: Scope,
    *,
    register_id: int,
    where: RegisterFilter,
    first: int | None = None,
    skipped: int = 0,
) -> pd.DataFrame:
    """The newest version of each entry, latest first; `first` of them after `skipped`.

    Columns: entry_id, authority_id and authority_name (missing for the working group), body (missing for units),
    content, `VERSION`, a column for each field by its key, and the name of a unit or officer as `<key>_name`, of files all
    of theirs.
    """
    with store.read() as session:
        register = register_in(session, register_id)
        rows = _rows().where(*_chosen(scope, register_id, where))
        rows = rows.order_by(col(RegisterEntry.recorded_at).desc(), col(RegisterEntry.id).desc()).offset(
            skipped
        )
        return _framed(session, register, rows if first is None else rows.limit(first))


def count_entries(store: Store, scope: Scope, *, register_id: int, where: RegisterFilter) -> tuple[int, int]:
    """How many entries `register_frame` would return in all, and from how many units and bodies."""
    keepers = [func.count(col(kept).distinct()) for kept in (RegisterEntry.authority_id, RegisterEntry.body)]
    rows = select(func.count(), *keepers).select_from(RegisterEntry)
    rows = rows.join(Authority, Authority.id == RegisterEntry.authority_id, isouter=True)
    entries, units, bodies = rows_of(store, rows.where(*_chosen(scope, register_id, where)))[0]
    return int(entries), int(units + bodies)


def versions_frame(store: Store, scope: Scope, *, register_id: int, entry_id: int) -> pd.DataFrame:
    """Every version of an entry, newest first; columns as `register_frame`.

    Raises `NotFound` if it is out of reach, or in another register.
    """
    with store.read() as session:
        entry = session.get(RegisterEntry, entry_id)
        if entry is None or entry.register_id != register_id or not _reaches(scope, entry):
            raise NotFound(Message("store.not_found"))
        rows = _rows().where(col(RegisterEntry.id).in_(_chain(session, entry)))
        register = register_in(session, register_id)
        return _framed(session, register, rows.order_by(col(RegisterEntry.id).desc()))


def register_file(store: Store, scope: Scope, *, file_id: int) -> RegisterFile:
    """A file of an entry for whoever may read the entries of its keeper. Raises `NotFound`, also if it is out of reach."""
    with store.read() as session:
        found = session.get(RegisterFile, file_id)
    if found is None or not _reaches(scope, found):
        raise NotFound(Message("store.not_found"))
    return found


def _reaches(scope: Scope, entry: RegisterEntry | RegisterFile) -> bool:
    return entry.authority_id is None or scope.covers(entry.authority_id)


def references_of(
    store: Store, scope: Scope, *, register_id: int, authority_id: int | None
) -> Mapping[FieldKind, Mapping[int, str]]:
    """Whom the fields of an entry of this authority may name: kind → key → name."""
    with store.read() as session:
        register = register_in(session, register_id)
        reached = authority_id if authority_id is None or scope.covers(authority_id) else None
        return known_to(session, register, reached, clock.today()).references


def standing_entry(
    session: Session, register_id: int, authority_id: int | None, body: Body | None
) -> int | None:
    """The key of an entry of a keeper that stands in a register, or None."""
    kept = [col(RegisterEntry.authority_id) == authority_id, col(RegisterEntry.body) == body]
    rows = select(RegisterEntry.id).where(
        RegisterEntry.register_id == register_id, kept[1] if authority_id is None else kept[0], stands()
    )
    found: int | None = session.scalar(rows)
    return found


def of_keeper(session: Session, register_id: int, keeper: Keeper) -> int:
    """How many entries of units, or of the working group, stand in a register."""
    group = col(RegisterEntry.authority_id).is_(None)
    kept = group if keeper is Keeper.GROUP else ~group
    rows = select(func.count()).select_from(RegisterEntry)
    return int(session.scalar(rows.where(RegisterEntry.register_id == register_id, kept, stands())) or 0)


def most_of_a_keeper(session: Session, register_id: int) -> int:
    """How many entries stand of the keeper in a register that has most."""
    rows = select(func.count()).where(RegisterEntry.register_id == register_id, stands())
    counts = session.scalars(rows.group_by(RegisterEntry.authority_id, RegisterEntry.body))
    return max(counts, default=0)


def of_registers(notice_id: int, *keys: str) -> ColumnElement[bool]:
    """The condition that an entry is in one of the registers with these keys."""
    rows = select(RegisterRow.id).where(RegisterRow.notice_id == notice_id, col(RegisterRow.key).in_(keys))
    return col(RegisterEntry.register_id).in_(rows)


def stands(known_at: datetime | None = None) -> ColumnElement[bool]:
    """The condition that an entry is the current version, now or at an instant."""
    if known_at is None:
        return and_(_newest(), col(RegisterEntry.withdrawn_at).is_(None))
    kept = or_(col(RegisterEntry.withdrawn_at).is_(None), col(RegisterEntry.withdrawn_at) > known_at)
    return and_(_newest(known_at), col(RegisterEntry.recorded_at) <= known_at, kept)


def _newest(known_at: datetime | None = None) -> ColumnElement[bool]:
    later = aliased(RegisterEntry)
    known = [] if known_at is None else [col(later.recorded_at) <= known_at]
    condition: ColumnElement[bool] = (
        ~select(later.id).where(later.corrects_id == RegisterEntry.id, *known).exists()
    )
    return condition


def _rows() -> Statement:
    writer, remover = aliased(Officer), aliased(Officer)
    return (
        select(
            col(RegisterEntry.id).label("entry_id"),
            RegisterEntry.authority_id,
            col(Authority.short_name).label("authority_name"),
            RegisterEntry.body,
            RegisterEntry.content,
            RegisterEntry.recorded_at,
            writer.name.label("recorded_by"),  # type: ignore[attr-defined]  # a column of the alias
            RegisterEntry.withdrawn_at,
            remover.name.label("withdrawn_by"),  # type: ignore[attr-defined]  # a column of the alias
            RegisterEntry.withdrawal_reason,
        )
        .select_from(RegisterEntry)
        .join(Authority, Authority.id == RegisterEntry.authority_id, isouter=True)
        .join(writer, writer.id == RegisterEntry.recorded_by_id, isouter=True)
        .join(remover, remover.id == RegisterEntry.withdrawn_by_id, isouter=True)
    )


def _framed(session: Session, register: Register, rows: Statement) -> pd.DataFrame:
    """The rows with a column for each field of their content."""
    found = session.execute(rows)
    frame = frame_of_rows(found.all(), tuple(found.keys()), whole=("authority_id",))
    contents = frame["content"]
    bodies = [Body(body) if isinstance(body, str) else None for body in frame["body"]]
    columns = {"body": pd.Series(bodies, dtype=object)} | {
        one.key: pd.Series([value_of(one, content) for content in contents], dtype=object)
        for one in register.fields
    }
    for one in register.of_kind(*NAMED):
        names = _names(session, one.kind, columns[one.key])
        columns[f"{one.key}_name"] = pd.Series(
            [_named(names, held) for held in columns[one.key]], dtype=object
        )
    return frame.assign(**columns)


def _names(session: Session, kind: FieldKind, keys: Iterable[Any]) -> Mapping[int, str]:
    table, name = _NAMES[kind]
    asked = {key for held in keys for key in _keys(held)}
    return dict(session.execute(select(table.id, name).where(table.id.in_(asked))).all())


def _keys(held: Any) -> tuple[Any, ...]:
    """What a field refers to: nothing, one row or several files."""
    return held if isinstance(held, tuple) else () if held is None else (held,)


def _named(names: Mapping[int, str], held: Any) -> Any:
    """The name of what is referred to, a tuple of names of several, None of nothing."""
    return tuple(names.get(key, "") for key in held) if isinstance(held, tuple) else names.get(held)


_NAMES: Mapping[FieldKind, tuple[Any, Any]] = {
    FieldKind.UNIT: (Authority, Authority.short_name),
    FieldKind.OFFICER: (Officer, Officer.name),
    FieldKind.FILES: (RegisterFile, RegisterFile.name),
}


def _chosen(scope: Scope, register_id: int, where: RegisterFilter) -> list[Any]:
    entry = RegisterEntry
    chosen = [entry.register_id == register_id, _newest()]
    chosen.append(
        col(entry.withdrawn_at).is_not(None) if where.withdrawn else col(entry.withdrawn_at).is_(None)
    )
    if scope.authority_ids is not None:
        own = col(entry.authority_id).in_(sorted(scope.authority_ids))
        chosen.append(or_(col(entry.authority_id).is_(None), own))
    if where.region is not None:
        chosen.append(Authority.region_seven == where.region)
    if where.authority_id is not None:
        chosen.append(entry.authority_id == where.authority_id)
    if where.body is not None:
        chosen.append(entry.body == where.body)
    if where.country is not None:
        of_notice = select(RegisterRow.notice_id).where(RegisterRow.id == register_id).scalar_subquery()
        chosen.append(names_country(entry.countries, where.country, notice_id=of_notice, day=clock.today()))
    if where.text:
        chosen.append(col(entry.words).contains(where.text, autoescape=True))
    return chosen


def _chain(session: Session, entry: RegisterEntry) -> list[int]:
    """The versions before and after one, found step by step, since entries are rarely corrected often."""
    found, before = [entry.id], entry.corrects_id
    while before is not None:
        found.append(before)
        before = session.get_one(RegisterEntry, before).corrects_id
    after: int | None = entry.id
    while (
        after := session.scalar(select(RegisterEntry.id).where(RegisterEntry.corrects_id == after))
    ) is not None:
        found.append(after)
    return found
