"""Reads what the registers of a notice are: their fields in order, as `tracking.registers` knows them."""

from collections import defaultdict
from typing import Any

from sqlmodel import Session, col

from db.sql import select
from db.store import NotFound, Store
from db.tables import Register as RegisterRow, RegisterField as FieldRow
from tracking.messages import Message
from tracking.registers.definitions import Option, Register, RegisterField


def registers_of(store: Store, *, notice_id: int) -> tuple[Register, ...]:
    """The registers of a notice that are in use, in order."""
    with store.read() as session:
        return registers_in(session, notice_id)


def registers_in(session: Session, notice_id: int) -> tuple[Register, ...]:
    """The same within a transaction."""
    in_use = col(RegisterRow.retired_on).is_(None)
    return tuple(_registers(session, RegisterRow.notice_id == notice_id, in_use))


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
    for field in session.scalars(select(FieldRow).where(of_these).order_by(FieldRow.number, FieldRow.id)):
        fields[field.register_id].append(_field(field))
    return [_register(row, tuple(fields[row.id])) for row in rows]


def _register(row: RegisterRow, fields: tuple[RegisterField, ...]) -> Register:
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
        register_id=row.id,
        notice_id=row.notice_id,
    )


def _field(row: FieldRow) -> RegisterField:
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
        retired=row.retired_on is not None,
        indicator_id=row.indicator_id,
        field_id=row.id,
    )
