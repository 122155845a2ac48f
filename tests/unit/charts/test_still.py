"""A still picture says what the chart says: same bars, same strokes, same values, at the same places."""

import re

import pandas as pd
import pytest
from plotly.graph_objects import Figure

from tests.unit.charts import frames
from tracking import charts
from tracking.charts.still import still_of
from tracking.vocabulary import Language


@pytest.mark.parametrize("dark", [False, True])
def test_it_has_the_figures_of_the_chart(dark: bool):
    frame = frames.measures()
    plot = charts.completion_bars(frame, language=Language.ZH_CN, dark=dark)
    still = still_of(plot)
    _tracks, bars, *marks, values = plot.data
    drawn = [length for length in bars.x if length is not None]
    widths = [float(found) for found in re.findall(r'class="bar"[^>]*width:([\d.]+)%', still)]
    assert widths == [100.0] * len(frame) + drawn
    places = [float(found) for found in re.findall(r'class="stroke"[^>]*left:([\d.]+)%', still)]
    assert places == [place for mark in marks for place in mark.x if place is not None]
    assert re.findall(r'class="value"[^>]*>([^<]+)<', still) == list(values.text)
    assert re.findall(r'class="label"[^>]*>([^<]+)<', still) == [
        label.text for label in plot.layout.annotations
    ]
    assert plot.layout.title.text in still
    assert plot.layout.title.subtitle.text in still
    colours = [colour for colour, length in zip(bars.marker.color, bars.x, strict=True) if length is not None]
    assert re.findall(r'class="bar"[^>]*background:(#\w{6})', still)[len(frame) :] == colours


def _measures(**columns: str) -> Figure:
    return charts.completion_bars(frames.measures().assign(**columns), language=Language.ZH_CN)


def test_what_a_person_wrote_is_text():
    still = still_of(_measures(short_title='<b onload="x">'))
    assert re.findall(r"<(\w+)", still) == re.findall(r"<(\w+)", still_of(_measures()))


def test_of_nothing_there_is_none():
    assert (
        still_of(charts.completion_bars(pd.DataFrame(frames.measures().head(0)), language=Language.EN)) == ""
    )
