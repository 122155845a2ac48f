"""Whom the fields of an entry may name: the reporting units, and the officers of the authority that keeps it."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col

from db.sql import select
from db.tables import Authority, Officer
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
    return Known(today, references)
