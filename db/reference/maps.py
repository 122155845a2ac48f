"""Approved maps: installed by an administrator with their review number, drawn from then on, and taken away again."""

from dataclasses import dataclass
from typing import Any

from db.identity import SignedIn
from db.sql import select
from db.store import NotFound, Store
from db.tables import ApprovedMap, Authority
from db.texts import cleaned_texts
from db.turns import in_turn, waiting
from tracking import permissions
from tracking.documents.limited import map_areas
from tracking.maps import MapLevel, level_of
from tracking.messages import Message
from tracking.permissions import Right
from tracking.steps import OnStep, untold

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class KnownMap:
    """An approved map: the geometry of its areas by code, and its review number."""

    level: MapLevel
    review_number: str
    areas: dict[str, Any]


def approved_map(store: Store, *, level: MapLevel) -> KnownMap | None:
    """The map of a level, None where none is installed."""
    with store.read() as session:
        rows = select(ApprovedMap).where(ApprovedMap.level == level)
        found: ApprovedMap | None = session.scalars(rows).first()
        return None if found is None else KnownMap(found.level, found.review_number, found.areas)


def install_map(
    store: Store, *, by: SignedIn, review_number: str, content: bytes, on_step: OnStep = untold
) -> MapLevel:
    """Install a GeoJSON map in place of the one of its level, and return which level it is of.

    Raises `Refusal` without a review number, and for a file that is no map of countries or units.
    """
    permissions.check(by, Right.CHANGE_SETTINGS)
    texts = cleaned_texts({"review_number": review_number}, {"review_number": LONGEST_NUMBER})
    with in_turn(by.officer_id, waiting(on_step)):
        areas = map_areas(content)
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        level = level_of(areas, set(tx.session.scalars(select(Authority.code))))
        for before in tx.session.scalars(select(ApprovedMap).where(ApprovedMap.level == level)):
            tx.session.delete(before)
        tx.session.flush()
        kept = tx.add(
            ApprovedMap(level=level, areas=areas, installed_at=tx.now, installed_by_id=by.officer_id, **texts)
        )
        tx.audit("install_map", kept, level=str(level), areas=len(areas), **texts)
    return level


def remove_map(store: Store, *, by: SignedIn, level: MapLevel) -> None:
    """Take the map of a level away; from then on there are bars or tiles again. Raises `NotFound`."""
    with store.write(by) as tx:
        permissions.check(by, Right.CHANGE_SETTINGS)
        kept = tx.session.scalars(select(ApprovedMap).where(ApprovedMap.level == level)).first()
        if kept is None:
            raise NotFound(Message("store.not_found"))
        tx.audit("remove_map", kept, level=str(level), review_number=kept.review_number)
        tx.session.delete(kept)
