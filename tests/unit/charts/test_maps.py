"""A map of an approved base: what is coloured, what is pale, and what stands below."""

from datetime import date

from tests.support.map_cases import NUMBER, SQUARE
from tests.unit.charts import frames
from tracking import charts
from tracking.vocabulary import Language

AREAS = dict.fromkeys(("KZ", "UZ", "TJ"), SQUARE)


def _drawn(**look):
    return charts.area_map(
        frames.areas(), AREAS, NUMBER, language=Language.ZH_CN, title="各国家（地区）在办情况", **look
    )


def test_areas_with_a_value_are_coloured_by_it_and_all_others_of_the_map_are_pale():
    pale, coloured = _drawn().data
    assert (list(pale.locations), pale.hoverinfo) == (["TJ"], "skip")
    assert dict(zip(coloured.locations, coloured.z, strict=True)) == {"KZ": 3, "UZ": 1}
    assert [row[0] for row in coloured.customdata] == ["KZ", "UZ"]
    assert [shape["id"] for shape in coloured.geojson["features"]] == list(AREAS)


def test_the_review_number_stands_below_the_map():
    (note,) = _drawn().layout.annotations
    assert note.text == f"审图号：{NUMBER}"


def test_hover_names_the_area_in_plain_words_and_the_day_if_there_is_one():
    coloured = _drawn(as_of=date(2026, 11, 23)).data[1]
    assert "截至 2026-11-23" in coloured.hovertemplate
    assert "截至" not in _drawn().data[1].hovertemplate
    assert "<b>" not in coloured.customdata[0][1]
