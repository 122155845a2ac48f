"""What every picture has to keep: keys for a click, words for everything, nothing unread, few bytes."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from tests.unit.charts import frames
from tracking import charts
from tracking.labels import columns_of
from tracking.palette import palette
from tracking.vocabulary import Language, Light

AS_OF = date(2026, 11, 23)
COUNTS = {Light.RED: 3, Light.AMBER: 1, Light.GREEN: 0}
DRAWN = {
    "measures": lambda **look: charts.completion_bars(frames.measures(), as_of=AS_OF, **look),
    "heat": lambda **look: charts.heat_map(frames.matrix(), as_of=AS_OF, **look),
    "deviation": lambda **look: charts.heat_map(frames.matrix(), as_of=AS_OF, deviation=True, **look),
    "tiles": lambda **look: charts.tile_grid(frames.tiles(), as_of=AS_OF, **look),
    "lights": lambda **look: charts.light_bar(COUNTS, **look),
    "trend": lambda **look: charts.trend_lines(frames.trend(), as_of=AS_OF, **look),
    "units": lambda **look: charts.unit_bars(
        frames.units(), as_of=AS_OF, median_permille=465.0, own_unit_id=1, **look
    ),
    "spread": lambda **look: charts.unit_dots(
        frames.units(), as_of=AS_OF, median_permille=465.0, own_unit_id=1, **look
    ),
    "plan": lambda **look: charts.plan_timeline(frames.plan(), today=AS_OF, **look),
    "submissions": lambda **look: charts.submission_grid(frames.submissions(), as_of=AS_OF, **look),
    "ageing": lambda **look: charts.ageing_grid(frames.ageing(), as_of=AS_OF, **look),
    "coverage": lambda **look: charts.coverage_grid(frames.coverage(), as_of=AS_OF, **look),
    "obligations": lambda **look: charts.obligation_grid(frames.obligations(), as_of=AS_OF, **look),
    "slips": lambda **look: charts.slip_bars(frames.slips(), as_of=AS_OF, **look),
    "difficulties": lambda **look: charts.difficulty_bars(frames.ages(), as_of=AS_OF, **look),
    "countries": lambda **look: charts.country_bars(frames.countries(), as_of=AS_OF, **look),
    "tags": lambda **look: charts.tag_bars(frames.tags(), as_of=AS_OF, **look),
    "moves": lambda **look: charts.move_bars(frames.moves(), as_of=AS_OF, **look),
}
EMPTY = {
    "measures": lambda **look: charts.completion_bars(frames.measures().head(0), **look),
    "heat": lambda **look: charts.heat_map(frames.matrix().head(0), **look),
    "tiles": lambda **look: charts.tile_grid(frames.tiles().head(0), **look),
    "lights": lambda **look: charts.light_bar({}, **look),
    "trend": lambda **look: charts.trend_lines(frames.trend().head(0), **look),
    "units": lambda **look: charts.unit_bars(frames.units().head(0), **look),
    "spread": lambda **look: charts.unit_dots(frames.units().tail(1), **look),
    "plan": lambda **look: charts.plan_timeline(frames.plan().head(0), today=AS_OF, **look),
    "submissions": lambda **look: charts.submission_grid(frames.submissions().head(0), **look),
    "ageing": lambda **look: charts.ageing_grid(frames.ageing().head(0), **look),
    "coverage": lambda **look: charts.coverage_grid(frames.coverage().head(0), **look),
    "obligations": lambda **look: charts.obligation_grid(frames.obligations().head(0), **look),
    "slips": lambda **look: charts.slip_bars(frames.slips().head(0), **look),
    "difficulties": lambda **look: charts.difficulty_bars(frames.ages().tail(1), **look),
    "countries": lambda **look: charts.country_bars(frames.countries().tail(1), **look),
    "tags": lambda **look: charts.tag_bars(frames.tags().head(0), **look),
    "moves": lambda **look: charts.move_bars(frames.moves().head(0), **look),
}
KEYS = {
    "measures": [11, 12, 13],
    "heat": ["华北", "华北", "华东", "华东"],
    "tiles": [1, 2],
    "lights": ["red", "amber"],
    "units": [1, 2, 3, 4],
    "spread": [2, 3, 1],
    "plan": [7, 7, 7, 8],
    "coverage": [1, 1, 2, 2],
    "obligations": [1] * 6 + [2] * 6,
    "slips": [1, 1, 1, 2, 2, 2],
    "difficulties": [3, 3, 3],
    "countries": ["KZ"] * 3 + ["UZ"] * 3,
    "tags": [5, 6],
    "moves": [1, 1, 2, 2],
    "trend": [101] * 4 + [102] * 4 + [103] * 4,
    "submissions": [1, 1, 2, 2],
    "ageing": ["reviewing"] * 4 + ["signing"] * 4,
}


def in_chinese(name: str, **look):
    return DRAWN[name](language=Language.ZH_CN, **look)


def carrying(figure):
    """The first trace that answers a click."""
    return next(trace for trace in figure.data if trace.customdata is not None)


def keys_of(figure, place=0) -> list:
    """The keys of all marks that answer a click."""
    return [row[place] for trace in figure.data if trace.customdata is not None for row in trace.customdata]


@pytest.mark.parametrize("name", KEYS)
def test_a_mark_carries_the_keys_of_what_is_behind_it(name):
    assert sorted(keys_of(in_chinese(name))) == sorted(KEYS[name])


def test_the_second_key_stands_behind_the_first():
    heat = in_chinese("heat")
    assert set(zip(keys_of(heat), keys_of(heat, 1), strict=True)) == {
        ("华北", 12),
        ("华北", 11),
        ("华东", 12),
        ("华东", 11),
    }
    assert keys_of(in_chinese("trend"), 1) == [1, 2, 3, 4] * 3


@pytest.mark.parametrize("name", [name for name in DRAWN if name != "lights"])
def test_hover_says_as_of_when_and_leaves_nothing_unfilled(name):
    template = carrying(in_chinese(name)).hovertemplate
    assert "截至 2026-11-23" in template
    assert template.endswith("<extra></extra>")
    row = carrying(in_chinese(name)).customdata[0]
    assert f"%{{customdata[{len(row) - 1}]}}" in template
    assert f"%{{customdata[{len(row)}]}}" not in template


def test_hover_keeps_numerator_and_denominator():
    assert list(carrying(in_chinese("measures")).customdata[0])[-2:] == ["30", "37"]
    assert list(carrying(in_chinese("units")).customdata[0])[2:5] == ["90.0%", "9.0", "10.0"]


def test_without_a_day_hover_says_none():
    figure = charts.heat_map(frames.matrix(), language=Language.ZH_CN)
    assert "截至" not in carrying(figure).hovertemplate


@pytest.mark.parametrize("name", DRAWN)
def test_no_markup_or_formula_of_a_user_reaches_a_label(name):
    drawn = in_chinese(name, title=frames.HOSTILE).to_json()
    assert "$" not in drawn
    assert "b\\u003e甲" not in drawn.encode().decode("unicode_escape")
    assert "\\u202e" not in drawn


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize("language", Language)
def test_nothing_to_draw_is_said_in_words(name, language):
    figure = EMPTY[name](language=language)
    assert not figure.data
    assert len(figure.layout.annotations[0].text) > 10
    assert figure.layout.title.text


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("language", Language)
def test_the_second_line_fits_a_narrow_screen(name, language):
    subtitle = DRAWN[name](language=language).layout.title.subtitle.text
    assert 0 < columns_of(subtitle) <= 62


@pytest.mark.parametrize("name", DRAWN)
def test_both_papers_and_languages_draw_the_same_marks(name):
    chinese, english = in_chinese(name), DRAWN[name](language=Language.EN, dark=True)
    assert sum(len(trace.y) for trace in chinese.data) == sum(len(trace.y) for trace in english.data)
    assert chinese.layout.title.text != english.layout.title.text
    assert chinese.layout.template.layout.font.color != english.layout.template.layout.font.color


@pytest.mark.parametrize("name", DRAWN)
def test_a_title_of_the_page_replaces_the_standing_one(name):
    assert in_chinese(name, title="第三季度").layout.title.text == "第三季度"


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_small(name):
    size = len(in_chinese(name).to_json())
    assert size < 7_000


def test_a_full_heat_map_stays_small():
    full = pd.concat(
        frames.matrix().head(1).assign(region=f"地区{region}", measure_id=measure, measure_number=measure)
        for region in range(7)
        for measure in range(10)
    )
    size = len(charts.heat_map(full, language=Language.ZH_CN, as_of=AS_OF).to_json())
    assert size < 16_000


@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_stands_on_the_paper_its_words_are_made_for(dark):
    layout = charts.light_bar(COUNTS, language=Language.ZH_CN, dark=dark).layout.template.layout
    assert layout.paper_bgcolor == palette(dark=dark).paper


def test_a_picture_describes_itself_for_those_who_cannot_see_it():
    assert charts.description(in_chinese("heat")) == "地区 × 举措完成率；单位：%　“—”表示没有任务"
    assert charts.description(EMPTY["heat"](language=Language.ZH_CN)) == "地区 × 举措完成率"


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_sent_of_a_picture_is_made_once_and_is_what_plotly_makes(name):
    picture = in_chinese(name)
    assert picture.to_dict() is picture.to_dict()
    assert to_json(picture.to_dict()) == to_json(go.Figure(picture).to_dict())
