"""Approved maps: installed with their review number, replaced, taken away; and what is no map is refused in words."""

import json

import pytest

from db.reference.maps import approved_map, install_map, remove_map
from db.store import NotFound, Store
from tests.conftest import beginning
from tests.support.factories import people, small_country
from tests.support.map_cases import NUMBER, SQUARE, geojson
from tests.support.trail import last_event, refusal_of
from tracking.maps import MapLevel, read_areas
from tracking.messages import Refusal

store = beginning(small_country)


def test_a_map_of_countries_is_installed_replaced_and_taken_away(store: Store):
    by = people().administrator
    assert install_map(store, by=by, review_number=NUMBER, content=geojson("KZ")) is MapLevel.COUNTRIES
    install_map(store, by=by, review_number=f" {NUMBER} ", content=geojson("KZ", "CN"))
    kept = approved_map(store, level=MapLevel.COUNTRIES)
    assert kept is not None
    assert (kept.review_number, kept.areas) == (NUMBER, {"KZ": SQUARE, "CN": SQUARE})
    assert (last_event(store).action, last_event(store).detail["areas"]) == ("install_map", 2)
    remove_map(store, by=by, level=MapLevel.COUNTRIES)
    assert approved_map(store, level=MapLevel.COUNTRIES) is None
    with pytest.raises(NotFound):
        remove_map(store, by=by, level=MapLevel.COUNTRIES)


def test_a_map_of_units_goes_by_their_codes(store: Store):
    asked = {"by": people().administrator, "review_number": NUMBER}
    assert install_map(store, content=geojson("10000"), **asked) is MapLevel.UNITS
    refused = refusal_of(install_map, store, content=geojson("10000", "KZ", "ZZ"), **asked)
    assert refused.messages[0].key == "map.unknown_codes"


def test_no_map_is_installed_without_its_review_number(store: Store):
    asked = {"by": people().administrator, "review_number": " ", "content": geojson("KZ")}
    assert refusal_of(install_map, store, **asked).fields == ("review_number",)


def _with(**changed) -> bytes:
    return json.dumps(json.loads(geojson("KZ")) | changed).encode()


def _of(feature) -> bytes:
    return _with(features=[feature])


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"<svg/>", "map.no_geojson"),
        (b"[" * 100_000, "map.no_geojson"),
        (b"[]", "map.no_geojson"),
        (_with(type="Feature"), "map.no_geojson"),
        (_with(features=[]), "map.no_geojson"),
        (geojson(*(f"A{number}" for number in range(501))), "map.too_many_areas"),
        (geojson("KZ", "kz"), "map.code_twice"),
        (_of("KZ"), "map.no_code"),
        (_of({"properties": {}, "geometry": SQUARE}), "map.no_code"),
        (_of({"id": "KZ", "geometry": None}), "map.no_geometry"),
        (_of({"id": "KZ", "geometry": {"type": "Point", "coordinates": [1, 2]}}), "map.no_geometry"),
        (_of({"id": "KZ", "geometry": SQUARE | {"coordinates": [[["a", 2]]]}}), "map.no_geometry"),
        (_of({"id": "KZ", "geometry": SQUARE | {"coordinates": [[[1]]]}}), "map.no_geometry"),
        (
            _of({"id": "KZ", "geometry": SQUARE | {"coordinates": [[[1, 2]] * 200_001]}}),
            "map.too_many_points",
        ),
    ],
)
def test_what_is_no_map_is_refused(content, key):
    with pytest.raises(Refusal) as refused:
        read_areas(content)
    assert refused.value.messages[0].key == key


def test_outer_rings_run_clockwise_and_holes_the_other_way():
    outer, hole = [[0, 0], [9, 0], [9, 9], [0, 0]], [[2, 1], [4, 1], [4, 2], [2, 1]]
    drawn = SQUARE | {"coordinates": [outer, hole]}
    several = {"type": "MultiPolygon", "coordinates": [[outer], [outer[::-1]]]}
    areas = read_areas(_with(features=[{"id": "KZ", "geometry": drawn}, {"id": "UZ", "geometry": several}]))
    assert areas["KZ"]["coordinates"] == [outer[::-1], hole]
    assert areas["UZ"]["coordinates"] == [[outer[::-1]], [outer[::-1]]]
