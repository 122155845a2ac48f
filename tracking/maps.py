"""An approved map: what its areas are, and its geometry by their codes.

A map is drawn only where an administrator installed one with its review number (审图号); nothing is fetched for it.
"""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from math import isfinite
from typing import Any

from tracking.countries import is_country
from tracking.messages import Message, Refusal

# In the properties of an area, where its code is looked for.
CODES = ("code", "iso_a2", "ISO_A2", "iso", "adcode", "id")
MOST_AREAS, MOST_POINTS = 500, 200_000
_DEPTHS = {"Polygon": 3, "MultiPolygon": 4}
Areas = dict[str, dict[str, Any]]


class MapLevel(StrEnum):
    """What the areas of an approved map are: countries, or units of our own."""

    COUNTRIES = "countries"
    UNITS = "units"


def read_areas(content: bytes) -> Areas:
    """Code → geometry of each area of a GeoJSON file. Raises `Refusal` for anything else, saying what is wrong."""
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(Message("map.no_geojson"), fields=("file",)) from None
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(features, list) or given.get("type") != "FeatureCollection" or not features:
        raise Refusal(Message("map.no_geojson"), fields=("file",))
    if len(features) > MOST_AREAS:
        raise Refusal(Message("map.too_many_areas", most=MOST_AREAS), fields=("file",))
    areas: Areas = {}
    for place, feature in enumerate(features, start=1):
        code, geometry = _area(feature, place)
        if code in areas:
            raise Refusal(Message("map.code_twice", code=code), fields=("file",))
        areas[code] = geometry
    if sum(_points(one["coordinates"]) for one in areas.values()) > MOST_POINTS:
        raise Refusal(Message("map.too_many_points", most=f"{MOST_POINTS:,}"), fields=("file",))
    return areas


def level_of(areas: Mapping[str, Any], units: set[str]) -> MapLevel:
    """What the areas are: all of them countries, or all of them our own units. Raises `Refusal` naming the others."""
    known: dict[MapLevel, Callable[[str], bool]] = {
        MapLevel.COUNTRIES: lambda code: code == "CN" or is_country(code),
        MapLevel.UNITS: units.__contains__,
    }
    unknown = {level: [code for code in areas if not is_known(code)] for level, is_known in known.items()}
    level = min(unknown, key=lambda level: len(unknown[level]))
    if unknown[level]:
        named = "、".join(code[:20] for code in unknown[level][:5])
        raise Refusal(Message("map.unknown_codes", codes=named), fields=("file",))
    return level


def _area(feature: Any, place: int) -> tuple[str, dict[str, Any]]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    named: Any = properties if isinstance(properties, dict) else {}
    code = next((str(named[key]).strip() for key in CODES if named.get(key)), "")
    code = code or str(feature.get("id") or "").strip() if isinstance(feature, dict) else ""
    if not code:
        raise Refusal(Message("map.no_code", place=place), fields=("file",))
    geometry = feature.get("geometry")
    depth = _DEPTHS.get(str(geometry.get("type"))) if isinstance(geometry, dict) else None
    if depth is None or not _is_nested(geometry.get("coordinates"), depth):
        raise Refusal(Message("map.no_geometry", place=place), fields=("file",))
    return code.upper(), {"type": geometry["type"], "coordinates": _wound(geometry["coordinates"], depth)}


def _wound(given: Any, depth: int) -> Any:
    """The same with outer rings clockwise and holes the other way: else all but the area would be filled."""
    if depth > _DEPTHS["Polygon"]:
        return [_wound(part, depth - 1) for part in given]
    return [ring if (_turn(ring) <= 0) == (place == 0) else ring[::-1] for place, ring in enumerate(given)]


def _turn(ring: Any) -> float:
    """Twice the area of a ring, positive where it runs counter-clockwise."""
    following = [*ring[1:], ring[0]]
    return float(sum(one[0] * two[1] - two[0] * one[1] for one, two in zip(ring, following, strict=True)))


def _is_nested(given: Any, depth: int) -> bool:
    """Whether these are positions, in lists of lists this deep."""
    if depth == 0:
        return isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given)
    if not isinstance(given, list) or not given or (depth == 1 and len(given) not in {2, 3}):
        return False
    return all(_is_nested(part, depth - 1) for part in given)


def _points(coordinates: Any) -> int:
    """How many positions there are."""
    if not isinstance(coordinates[0], list):
        return 1
    return sum(map(_points, coordinates))
