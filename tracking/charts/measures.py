"""The picture of the measures: bars under their key areas."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import PERCENT_TICKS, Look, empty, figure, number, percent, row_labels, rows_of
from tracking.labels import shortened
from tracking.vocabulary import Language

_LINES = ("completion", "expected", "deviation", "median", "units", "tasks")
_ROW = 25  # pixels
_HEADING = 0.95  # rows
# Percent of the scale that a value takes up when the picture stands next to another one.
_ROOM = 11.0


def completion_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    longest: int = 12,
) -> go.Figure:
    """Measures under their key areas: a bar for completion, a tick for expected progress, a line for the median.

    Columns: measure_id, number, short_title, title, key_area_number, key_area_title, completion_permille,
    expected_permille, median_permille, units, units_total. Keys of a bar: measure_id. `longest` is how much of a short title is shown.
    """
    look = Look(language, dark)
    heading = title or look.say("completion_title")
    if frame.empty:
        return empty(look, title=heading)
    frame = frame.sort_values(["key_area_number", "number"])
    heights, headings, depth = _rows(frame)
    labels, margin = _labels(look, frame, heights, longest)
    return figure(
        look,
        [
            _tracks(look, frame, heights, as_of),
            _bars(look, frame, heights),
            *_marks(look, frame["expected_permille"], heights, width=3),
            *_marks(look, frame["median_permille"], heights, width=1),
            _values(look, frame, heights),
        ],
        title=heading,
        subtitle=look.say("completion_subtitle"),
        height=round(depth * _ROW) + 86,
        margin={"l": margin, "r": 22},
        xaxis=PERCENT_TICKS | {"range": [0, 100]},
        yaxis={"visible": False, "range": [-depth + 0.4, 0.6]},
        annotations=labels + [_heading(look, row, height, margin) for row, height in headings],
    )


def _rows(frame: pd.DataFrame) -> tuple[list[float], list[tuple[Any, float]], float]:
    """Vertical positions of the measures and of their key-area headings, downwards from zero, and the total depth."""
    heights: list[float] = []
    headings: list[tuple[Any, float]] = []
    below, area = 0.0, None
    for row in rows_of(frame):
        if row.key_area_number != area:
            area = row.key_area_number
            headings.append((row, round(-below, 2)))
            below += _HEADING
        heights.append(round(-below, 2))
        below += 1
    return heights, headings, below


def _labels(
    look: Look, frame: pd.DataFrame, heights: list[float], longest: int
) -> tuple[list[dict[str, Any]], int]:
    names = [f"{row.number:\u2007>2}　{shortened(row.short_title, longest)}" for row in rows_of(frame)]
    ink = look.colours.ink
    return row_labels([(height, name, ink) for height, name in zip(heights, names, strict=True)], size=14)


def _heading(look: Look, row: Any, height: float, margin: int) -> dict[str, Any]:
    words = look.say("key_area", number=row.key_area_number, title=shortened(row.key_area_title, 60))
    labels, _ = row_labels([(height, words, look.colours.key_area(row.key_area_number))], size=13)
    return labels[0] | {"xshift": -margin}


def _tracks(look: Look, frame: pd.DataFrame, heights: list[float], as_of: date | None) -> dict[str, Any]:
    """A full-length track behind each bar that takes hover and click, so that short bars are as easy to hit."""
    behind = frame["completion_permille"].astype(float) - frame["expected_permille"].astype(float)
    frame = frame.assign(deviation_permille=behind)
    names = [f"{row.number} {row.title}" for row in rows_of(frame)]
    track = _horizontal([100] * len(heights), heights, look.colours.quiet)
    return track | carried(look, frame, names, keys=["measure_id"], lines=_LINES, as_of=as_of)


def _bars(look: Look, frame: pd.DataFrame, heights: list[float]) -> dict[str, Any]:
    lengths = [number(value) for value in frame["completion_permille"]]
    colours = [look.colours.key_area(area) for area in frame["key_area_number"]]
    return _horizontal(lengths, heights, colours) | {"hoverinfo": "skip"}


def _horizontal(lengths: list[Any], heights: list[float], colour: str | list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": heights,
        "width": 0.68,
        "marker": {"color": colour},
    }


def _marks(look: Look, values: Iterable[Any], heights: list[float], *, width: int) -> list[dict[str, Any]]:
    """Vertical strokes across the bars, edged in the background colour so that they show on any bar."""
    colours = look.colours
    stroke = {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [number(value) for value in values],
        "y": heights,
        "hoverinfo": "skip",
    }
    seam = {"symbol": "line-ns", "size": 15, "line": {"color": colours.paper, "width": width + 2}}
    mark = seam | {"line": {"color": colours.ink, "width": width}}
    return [
        stroke | {"marker": seam},
        stroke | {"marker": mark},
    ]


def _values(look: Look, frame: pd.DataFrame, heights: list[float]) -> dict[str, Any]:
    places = [_value_place(row) for row in rows_of(frame)]
    grounds = [look.colours.key_area(area) for area in frame["key_area_number"]]
    return {
        "type": "scatter",
        "mode": "text",
        "cliponaxis": False,
        "x": [place for place, _ in places],
        "y": heights,
        "text": [percent(value) for value in frame["completion_permille"]],
        "textposition": ["middle left" if inside else "middle right" for _, inside in places],
        "textfont": {
            "color": [
                look.colours.text_on(ground) if inside else look.colours.ink
                for ground, (_, inside) in zip(grounds, places, strict=True)
            ]
        },
        "hoverinfo": "skip",
    }


def _value_place(row: Any) -> tuple[float, bool]:
    """Where to put the value of a bar, and whether inside, where nobody takes it for a mark's.

    It moves aside for marks it would cover, and goes outside a bar too short for it.
    """
    end = number(row.completion_permille) or 0.0
    found = (number(row.expected_permille), number(row.median_permille))
    marks = sorted(mark for mark in found if mark is not None)
    inside = end
    for mark in reversed(marks):
        if inside - _ROOM <= mark <= inside:
            inside = mark
    if inside >= _ROOM:
        return round(inside - 0.5, 1), True
    for mark in marks:
        if end <= mark <= end + _ROOM:
            end = mark
    return round(end + 0.5, 1), False
