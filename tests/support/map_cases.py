"""The actions on approved maps, with a call that succeeds in the planted store."""

import json

from db.reference import maps
from db.store import Transaction
from db.tables import ApprovedMap
from tests.support.cases import Case, of
from tracking.maps import MapLevel
from tracking.permissions import Right

SQUARE = {"type": "Polygon", "coordinates": [[[70, 40], [80, 50], [80, 40], [70, 40]]]}
NUMBER = "GS（2026）0001号"


def geojson(*codes: str) -> bytes:
    """A map with an area for each code."""
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": SQUARE} for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def plant_map(tx: Transaction) -> None:
    """A map of one unit, to be taken away."""
    tx.add(
        ApprovedMap(level=MapLevel.UNITS, review_number=NUMBER, areas={"10000": SQUARE}, installed_at=tx.now)
    )


MAPS: list[Case] = [
    *of(
        Right.CHANGE_SETTINGS,
        (maps.install_map, {"review_number": NUMBER, "content": geojson("KZ", "UZ")}),
        (maps.remove_map, {"level": MapLevel.UNITS}),
        bound=False,
    )
]
