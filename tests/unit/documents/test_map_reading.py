"""The areas of a map, read by a real limited process."""

import json

import pytest

from tests.support.map_cases import SQUARE, geojson
from tests.support.trail import refusal_of
from tracking.documents.limited import map_areas
from tracking.documents.workbook_process import DEEDS


def test_the_areas_of_a_map_are_read_by_their_codes():
    drawn, areas = geojson("KZ", "UZ"), {"KZ": SQUARE, "UZ": SQUARE}
    assert map_areas(drawn) == areas
    assert json.loads(DEEDS["areas"](drawn)) == areas


@pytest.mark.parametrize("content", [b"<svg/>", b"\0\1\2\3", b"{}"])
def test_what_is_no_map_is_refused_in_words(content):
    assert refusal_of(map_areas, content).messages[0].key == "map.no_geojson"
    assert refusal_of(DEEDS["areas"], content).messages[0].key == "map.no_geojson"
