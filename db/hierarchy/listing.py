"""Where an authority is listed: no two under one code, at one place of the official order or on one tile."""

from datetime import date
from typing import Any

from sqlmodel import func

from db.authorities.standing import standing
from db.sql import select
from db.store import Transaction
from db.tables import Authority
from tracking.founding import NO_REGION, Founding, place_problems
from tracking.messages import Message, Refusal
from tracking.validation import refuse_all


def founding_of(authority: Authority) -> Founding:
    """What an authority is made of today."""
    return Founding(
        code=authority.code,
        name=authority.name,
        short_name=authority.short_name,
        kind=authority.kind,
        region_seven=authority.region_seven or NO_REGION,
        region_four=authority.region_four or NO_REGION,
        official_order=authority.official_order,
        tile_row=authority.tile_row,
        tile_col=authority.tile_col,
    )


def check_listing(tx: Transaction, founding: Founding, *, but: int = 0, on: date | None = None) -> None:
    """Raises `Refusal` for regions, an order or a tile that cannot be, or that another standing unit has."""
    refuse_all(list(place_problems(founding)))
    order, row, column = founding.official_order, founding.tile_row, founding.tile_col
    if order is not None and (other := _another(tx, but, Authority.official_order == order)):
        raise Refusal(Message("hierarchy.order_taken", name=other), fields=("official_order",))
    place = (Authority.tile_row == row, Authority.tile_col == column, *standing(on or tx.today))
    if row is not None and (other := _another(tx, but, *place)):
        raise Refusal(Message("hierarchy.tile_taken", name=other), fields=("tile_row",))


def check_code(tx: Transaction, code: str) -> None:
    """Raises `Refusal` for a code that an authority has, or had before it was dissolved."""
    if other := _another(tx, 0, func.lower(Authority.code) == code.lower()):
        raise Refusal(Message("hierarchy.code_taken", code=code, name=other), fields=("code",))


def check_name(tx: Transaction, name: str, on: date) -> None:
    """Raises `Refusal` for the name of a unit that stands: it would count twice."""
    if _another(tx, 0, Authority.name == name, *standing(on)):
        raise Refusal(Message("hierarchy.name_taken", name=name), fields=("name",))


def next_order(tx: Transaction) -> int:
    """The place after the last in the official order."""
    return int(tx.session.scalar(select(func.max(Authority.official_order))) or 0) + 1


def _another(tx: Transaction, but: int, *conditions: Any) -> str:
    rows = select(Authority.short_name).where(Authority.id != but, *conditions).limit(1)
    return str(tx.session.scalar(rows) or "")
