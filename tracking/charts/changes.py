"""The picture of change between two days: each measure from its old to its new position."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.look import (
    PERCENT_TICKS,
    Look,
    empty,
    figure,
    number,
    percent,
    points,
    row_labels,
    rows_of,
)
from tracking.labels import shortened
from tracking.vocabulary import Language

_ROW = 27  # pixels


def change_dots(
    frame: pd.DataFrame, *, since: date, until: date, language: Language, dark: bool = False
) -> go.Figure:
    """One line per measure, from a hollow dot (before) to a solid one (now), labelled with the difference.

    Columns: measure_id, number, short_title, title, key_area_number, before_permille, completion_permille;
    unknown past values are missing. Keys of a dot: measure_id, day.
    """
    look = Look(language, dark)
    heading = look.say("change_title")
    frame = frame.dropna(subset="completion_permille")
    if frame.empty:
        return empty(look, title=heading)
    heights = [-float(place) for place in range(len(frame))]
    names = [
        (height, f"{row.number:\u2007>2}　{shortened(row.short_title, 12)}", look.colours.ink)
        for height, row in zip(heights, rows_of(frame), strict=True)
    ]
    labels, margin = row_labels(names, size=14)
    return figure(
        look,
        [
            *_ways(look, frame, heights),
            _dots(look, frame, heights, since, full=False),
            _dots(look, frame, heights, until, full=True),
            _differences(look, frame, heights),
        ],
        title=heading,
        subtitle=look.say("change_subtitle", since=f"{since:%Y-%m-%d}", until=f"{until:%Y-%m-%d}"),
        height=round(len(frame) * _ROW) + 96,
        margin={"l": margin, "r": 40},
        xaxis=PERCENT_TICKS | {"range": [0, 108], "showgrid": True},
        yaxis={"visible": False, "range": [-len(frame) + 0.4, 0.6]},
        annotations=labels,
    )


def _colour(look: Look, row: Any) -> str:
    return str(look.colours.key_area(row.key_area_number))


def _ways(look: Look, frame: pd.DataFrame, heights: list[float]) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [number(row.before_permille), number(row.completion_permille)],
            "y": [height, height],
            "line": {"color": _colour(look, row), "width": 3},
            "hoverinfo": "skip",
        }
        for height, row in zip(heights, rows_of(frame), strict=True)
    ]


def _dots(look: Look, frame: pd.DataFrame, heights: list[float], day: date, *, full: bool) -> dict[str, Any]:
    column = "completion_permille" if full else "before_permille"
    colours = [_colour(look, row) for row in rows_of(frame)]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [number(value) for value in frame[column]],
        "y": heights,
        "customdata": [[row.measure_id, day.isoformat()] for row in rows_of(frame)],
        "text": [
            f"{row.number} {shortened(row.title, 40)}<br>{day:%Y-%m-%d}　{percent(value)}"
            for row, value in zip(rows_of(frame), frame[column], strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 12,
            "color": colours if full else look.colours.paper,
            "line": {"color": colours, "width": 2},
        },
    }


def _differences(look: Look, frame: pd.DataFrame, heights: list[float]) -> dict[str, Any]:
    pairs = list(zip(frame["before_permille"], frame["completion_permille"], strict=True))
    ends = [max(value for value in pair if not pd.isna(value)) for pair in pairs]
    return {
        "type": "scatter",
        "mode": "text",
        "cliponaxis": False,
        "x": [(number(end) or 0) + 1.6 for end in ends],
        "y": heights,
        "text": [points(after - before) for before, after in pairs],
        "textposition": "middle right",
        "textfont": {"color": look.colours.ink},
        "hoverinfo": "skip",
    }
