"""A map of an approved base: how much there is in each area. Plotly's own base map, which it would fetch, is not drawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.look import Look, figure, rows_of
from tracking.labels import plain
from tracking.vocabulary import Language

_HEIGHT = 460


def area_map(
    frame: pd.DataFrame,
    areas: Mapping[str, Any],
    review_number: str,
    *,
    language: Language,
    title: str,
    as_of: date | None = None,
    dark: bool = False,
) -> go.Figure:
    """Areas coloured by their value, the others pale; the review number stands below.

    Columns: key, code (of an area), name, value, said (the value in words). Keys of an area: its key.
    """
    look = Look(language, dark)
    shown = frame[frame["code"].isin(list(areas)) & frame["value"].notna()]
    pale = [code for code in areas if code not in set(shown["code"])]
    lines = [] if as_of is None else [look.say("hover_as_of", day=as_of.isoformat())]
    hover = "<br>".join(["<b>%{customdata[1]}</b>", "%{customdata[2]}", *lines]) + "<extra></extra>"
    nothing = {"locations": pale, "z": [0] * len(pale), "hoverinfo": "skip"}
    given = {
        "locations": shown["code"].tolist(),
        "z": shown["value"].tolist(),
        "customdata": [[row.key, plain(row.name), plain(row.said)] for row in rows_of(shown)],
        "hovertemplate": hover,
    }
    shapes = _shapes(areas)
    return figure(
        look,
        [
            _areas(look, shapes, nothing, [look.colours.quiet] * 2),
            _areas(look, shapes, given, [look.colours.completion(200), look.colours.completion(1000)]),
        ],
        title=title,
        height=_HEIGHT,
        margin={"l": 0, "r": 0, "b": 40},
        geo={"visible": False, "fitbounds": "locations", "bgcolor": "rgba(0,0,0,0)"},
        annotations=[_number(look, review_number)],
    )


def _shapes(areas: Mapping[str, Any]) -> dict[str, Any]:
    features = [{"type": "Feature", "id": code, "geometry": shape} for code, shape in areas.items()]
    return {"type": "FeatureCollection", "features": features}


def _areas(look: Look, shapes: Any, given: Mapping[str, Any], ends: list[str]) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": shapes,
        "featureidkey": "id",
        "showscale": False,
        "zmin": 0,
        "colorscale": [[0, ends[0]], [1, ends[1]]],
        "marker": {"line": {"width": 0.5, "color": look.colours.rule}},
        **given,
    }


def _number(look: Look, review_number: str) -> dict[str, Any]:
    return {
        "text": plain(look.say("map_number", number=review_number)),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "yshift": -24,
        "xanchor": "left",
        "showarrow": False,
        "font": {"color": look.colours.second},
    }
