"""Thresholds to come, as the store knows them: who makes their figures, and which figures were written meanwhile.

Whoever makes them claims them under a name. A claim ends when other thresholds are set, when somebody else claims
them, or when all figures are made anew for another reason; what was made until then is worth nothing.
"""

from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import delete
from sqlmodel import Session

from db.site.thresholds import COMING, read_rule_to_come
from db.sql import select
from db.tables import AuditHead, ComingLight, Setting, TouchedCell
from tracking.figures.lights import LightRule

# Notice, year, unit and measure.
CellName: TypeAlias = tuple[int, int, int, int]
_NAME = ("notice_id", "year", "unit_id", "measure_id")
_CLAIM = "claimed_by"


class ClaimLost(RuntimeError):
    """These thresholds are no longer made by this claim."""


def note_touched(session: Session, cells: Iterable[CellName]) -> None:
    """Remember, while thresholds are to come, that these figures were written; else the cells are not even looked up."""
    if read_rule_to_come(session) is not None:
        for cell in cells:
            session.merge(TouchedCell(**dict(zip(_NAME, cell, strict=True))))


def claim(session: Session, name: str) -> LightRule | None:
    """Take the making of the figures to come upon oneself, from the beginning; None if there are none."""
    _alone(session)
    coming = session.get(Setting, COMING)
    if coming is None:
        return None
    _empty(session)
    coming.value = {**coming.value, _CLAIM: name}
    return read_rule_to_come(session)


def keep_claim(session: Session, name: str) -> None:
    """Let nobody else have it until the end of the transaction. Raises `ClaimLost`."""
    _alone(session)
    coming = session.get(Setting, COMING)
    if coming is None or coming.value.get(_CLAIM) != name:
        raise ClaimLost


def take_touched(session: Session, name: str) -> list[CellName]:
    """The figures written since the claim, or since they were last taken. Raises `ClaimLost`."""
    keep_claim(session, name)
    cells = session.execute(select(*(getattr(TouchedCell, name) for name in _NAME))).all()
    session.execute(delete(TouchedCell))
    return [tuple(cell) for cell in cells]


def start_over(session: Session) -> None:
    """End the claim there may be: all figures were made anew."""
    if (coming := session.get(Setting, COMING)) is not None:
        coming.value = {**coming.value, _CLAIM: None}


def unclaimed(session: Session) -> bool:
    """Whether thresholds are to come that nobody makes."""
    coming = session.get(Setting, COMING)
    return coming is not None and coming.value.get(_CLAIM) is None


def forget(session: Session) -> None:
    """Nothing is to come any more."""
    _empty(session)
    session.execute(delete(Setting).where(Setting.key == COMING))  # type: ignore[arg-type]  # SQLModel types columns as values


def _empty(session: Session) -> None:
    for table in (ComingLight, TouchedCell):
        session.execute(delete(table))


def _alone(session: Session) -> None:
    session.execute(select(AuditHead).with_for_update())  # never alongside a write
