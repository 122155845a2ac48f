"""Owns the bar of lights: how many tasks stand where."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from tracking.charts.look import Look, empty, figure, percent
from tracking.palette import SHAPES
from tracking.words import Language, Light


def light_bar(
    counts: Mapping[Light, int], *, language: Language, dark: bool = False, title: str | None = None
) -> go.Figure:
    """One bar of all tasks cut by light, worst first; under it shape, word, count and share of each.

    Keys of a part: light.
    """
    look = Look(language, dark)
    total = sum(counts.values())
    heading = title or look.say("light_title")
    if not total:
        return empty(look, title=heading)
    hidden = {"visible": False, "range": [0, total]}
    return figure(
        look,
        [_parts(look, counts, total)],
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


def _parts(look: Look, counts: Mapping[Light, int], total: int) -> dict[str, Any]:
    present = [light for light in Light if counts.get(light)]
    sizes = [counts[light] for light in present]
    fills = [look.colours.fills[light] for light in present]
    hover = look.say(
        "light_hover", light="%{customdata[1]}", count="%{x}", total=total, share="%{customdata[2]}"
    )
    return {
        "type": "bar",
        "orientation": "h",
        "base": [sum(sizes[:place]) for place in range(len(sizes))],
        "x": sizes,
        "y": [0] * len(sizes),
        "width": 1,
        "marker": {"color": fills, "line": {"width": 2, "color": look.colours.paper}},
        "text": [SHAPES[light] for light in present],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": [look.colours.text_on(fill) for fill in fills]},
        "customdata": [
            [light.value, look.light(light), percent(counts[light] / total * 1000)] for light in present
        ],
        "hovertemplate": hover + "<extra></extra>",
    }


def _label(look: Look, light: Light, count: int, total: int, place: int) -> dict[str, Any]:
    """Evenly spaced under the bar, because a thin part has no room for its words."""
    return {
        "text": f"{SHAPES[light]} <b>{count}</b><br>{look.word(light)}<br>{percent(count / total * 1000)}",
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
