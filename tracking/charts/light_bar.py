"""The bar of lights: how many tasks have each."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from tracking.charts.look import Look, empty, figure, percent
from tracking.palette import SHAPES
from tracking.vocabulary import Language, Light


def light_bar(
    counts: Mapping[Light, int], *, language: Language, dark: bool = False, title: str | None = None
) -> go.Figure:
    """One bar of all tasks split by light, worst first; below it, shape, word, count and share of each.

    Suspended tasks are shown beside the others, but are not part of the total and have no share. Keys of a
    part: light.
    """
    look = Look(language, dark)
    beside = counts.get(Light.SUSPENDED, 0)
    total = sum(counts.values()) - beside
    heading = title or look.say("light_title")
    if not total + beside:
        return empty(look, title=heading)
    hidden = {"visible": False, "range": [0, total + beside]}
    return figure(
        look,
        _parts(look, counts, total),
        title=heading,
        subtitle=look.say("light_subtitle", total=total),
        height=152,
        xaxis=hidden,
        yaxis={"visible": False, "range": [-0.5, 0.5]},
        margin={"b": 62},
        annotations=[
            _label(look, light, counts.get(light, 0), total, place) for place, light in enumerate(Light)
        ],
    )


def _parts(look: Look, counts: Mapping[Light, int], total: int) -> list[dict[str, Any]]:
    """A trace for each light: plotly dims text of mixed colours once part of it is clicked."""
    present = [light for light in Light if counts.get(light)]
    starts = accumulate((counts[light] for light in present), initial=0)
    return [
        _part(look, light, counts[light], start, total) for light, start in zip(present, starts, strict=False)
    ]


def _part(look: Look, light: Light, count: int, start: int, total: int) -> dict[str, Any]:
    fill, share = look.colours.fills[light], _share(light, count, total)
    ink = {"color": look.colours.text_on(fill)}
    beside = "_beside" if light is Light.SUSPENDED else ""
    hover = look.say(f"light_hover{beside}", light=look.light(light), count=count, total=total, share=share)
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start],
        "x": [count],
        "y": [0],
        "width": 1,
        "marker": {"color": fill, "line": {"width": 2, "color": look.colours.paper}},
        "text": [SHAPES[light]],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": ink,
        "selected": {"textfont": ink},
        "customdata": [[light.value]],
        "hovertemplate": hover + "<extra></extra>",
    }


def _share(light: Light, count: int, total: int) -> str:
    return percent(None if light is Light.SUSPENDED or not total else count / total * 1000)


def _label(look: Look, light: Light, count: int, total: int, place: int) -> dict[str, Any]:
    """Evenly spaced below the bar, because a thin segment has no room for its words."""
    return {
        "text": f"{SHAPES[light]} <b>{count}</b><br>{look.word(light)}<br>{_share(light, count, total)}",
        "xref": "paper",
        "x": place / len(Light),
        "xanchor": "left",
        "align": "left",
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -4,
        "showarrow": False,
        "font": {"color": look.colours.lights[light]},
    }
