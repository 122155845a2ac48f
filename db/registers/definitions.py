"""Reads what the registers of a notice are: their fields in order, as `tracking.registers` knows them."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col

from db import clock
from db.sql import select
from db.store import NotFound, Store
from db.tables import Register as RegisterRow, RegisterField as FieldRow
from tracking.messages import Message
from tracking.registers.definitions import Option, Register, RegisterField


def registers_of(store: Store, *, notice_id: int, retired: bool = False) -> tuple[Register, ...]:
    """The registers of a notice that are in use today, in order; with `retired` also those that were."""
    with store.read() as session:
        return registers_in(session, notice_id, retired=retired)


def registers_in(session: Session, notice_id: int, *, retired: bool = False) -> tuple[Register, ...]:
    """The same within a transaction."""
    in_use = _begun(RegisterRow, clock.today()) if retired else in_force(RegisterRow, clock.today())
    return tuple(_registers(session, RegisterRow.notice_id == notice_id, in_use))


def in_force(table: Any, day: date) -> ColumnElement[bool]:
    """The condition that a register or a field is in use on a day."""
    return and_(_begun(table, day), or_(table.retired_on.is_(None), table.retired_on > day))


def _begun(table: Any, day: date) -> ColumnElement[bool]:
    return or_(table.starts_on.is_(None), table.starts_on <= day)


def register_in(session: Session, register_id: int) -> Register:
    """One register, retired or not. Raises `NotFound`."""
    found = _registers(session, RegisterRow.id == register_id)
    if not found:
        raise NotFound(Message("store.not_found"))
    return found[0]


def _registers(session: Session, *chosen: Any) -> list[Register]:
    rows = session.scalars(
        select(RegisterRow).where(*chosen).order_by(RegisterRow.number, RegisterRow.id)
    ).all()
    fields: dict[int, list[RegisterField]] = defaultdict(list)
    of_these = col(FieldRow.register_id).in_([row.id for row in rows])
    found = session.scalars(select(FieldRow).where(of_these).order_by(FieldRow.number, FieldRow.id)).all()
    today, keys = clock.today(), {field.id: field.key for field in found}
    for field in found:
        fields[field.register_id].append(_field(field, today, keys.get(field.denominator_id or 0)))
    return [_register(row, tuple(fields[row.id]), today) for row in rows]


def _used(row: RegisterRow | FieldRow, day: date) -> bool:
    """Whether it is in use on a day."""
    begun = row.starts_on is None or row.starts_on <= day
    return begun and (row.retired_on is None or day < row.retired_on)


def _register(row: RegisterRow, fields: tuple[RegisterField, ...], today: date) -> Register:
    return Register(
        key=row.key,
        title=row.title,
        keeper=row.keeper,
        fields=fields,
        title_en=row.title_en,
        single=row.single,
        measure_id=row.measure_id,
        safeguard_id=row.safeguard_id,
        indicator_id=row.indicator_id,
        retired=not _used(row, today),
        register_id=row.id,
        notice_id=row.notice_id,
    )


def _field(row: FieldRow, today: date, denominator: str | None) -> RegisterField:
    return RegisterField(
        key=row.key,
        title=row.title,
        kind=row.kind,
        title_en=row.title_en,
        required=row.required,
        longest=row.longest,
        unit=row.unit,
        options=tuple(Option(**option) for option in row.options),
        listed=row.listed,
        retired=not _used(row, today),
        indicator_id=row.indicator_id,
        denominator=denominator,
        field_id=row.id,
    )
