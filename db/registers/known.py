"""What the fields of an entry may name: the reporting units, and the officers and files of who keeps it."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col

from db.sql import select
from db.tables import Authority, Officer, RegisterFile
from tracking.registers.contents import Known
from tracking.registers.definitions import Register
from tracking.vocabulary import FieldKind


def known_to(session: Session, register: Register, authority_id: int | None, today: date) -> Known:
    """What a field of the register may refer to, in an entry of this authority."""
    references: dict[FieldKind, Mapping[int, str]] = {}
    if register.of_kind(FieldKind.UNIT):
        units = select(Authority.id, Authority.short_name).where(Authority.reports)
        references[FieldKind.UNIT] = dict(session.execute(units).all())
    if register.of_kind(FieldKind.OFFICER) and authority_id is not None:
        officers = select(Officer.id, Officer.name).where(col(Officer.authority_id) == authority_id)
        references[FieldKind.OFFICER] = dict(session.execute(officers).all())
    if register.of_kind(FieldKind.FILES):
        kept = col(RegisterFile.authority_id)
        files = select(RegisterFile.id, RegisterFile.name).where(
            RegisterFile.register_id == register.register_id,
            kept.is_(None) if authority_id is None else kept == authority_id,
        )
        references[FieldKind.FILES] = dict(session.execute(files).all())
    return Known(today, references)
