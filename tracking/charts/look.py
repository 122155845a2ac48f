"""What all pictures share: the template, number wording and label shapes."""

from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.labels import columns_of, plain
from tracking.messages import text
from tracking.palette import SHAPES, Palette, palette
from tracking.vocabulary import Language, Light

FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
NONE = "—"
PERCENT_TICKS = {"tickvals": [0, 25, 50, 75, 100], "ticktext": ["0", "25%", "50%", "75%", "100%"]}


def number(permille: Any) -> float | None:
    """A percentage with one decimal for plotly to draw, or None."""
    return None if pd.isna(permille) else round(float(permille) / 10, 1)


def percent(permille: Any) -> str:
    """A percentage with one decimal as text, "—" for None."""
    value = number(permille)
    return NONE if value is None else f"{value:.1f}%"


def points(permille: Any) -> str:
    """A signed difference in percentage points, "—" for None."""
    value = number(permille)
    return NONE if value is None else f"{value:+.1f}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Look:
    """Language and background of one picture."""

    language: Language
    dark: bool

    @property
    def colours(self) -> Palette:
        """The colours for this background."""
        return palette(dark=self.dark)

    def say(self, key: str, /, **values: Any) -> str:
        """A message of this picture in its language."""
        return text(f"chart.{key}", self.language, **values)

    def light(self, light: str) -> str:
        """Shape and word of a traffic light."""
        return f"{SHAPES[Light(light)]} {self.word(light)}"

    def element(self, element: str) -> str:
        """The word of an element of coverage."""
        return text(f"element.{element}", self.language)

    def obligation(self, obligation: str) -> str:
        """The word of an obligation of the notice."""
        return text(f"obligation.{obligation}", self.language)

    def word(self, light: str) -> str:
        """The word of a traffic light alone."""
        return text(f"light.{light}", self.language)


@cache
def template(*, dark: bool) -> dict[str, Any]:
    """The template every picture inherits; small on purpose, since Streamlit sends it with each figure."""
    colours = palette(dark=dark)
    axis = _axis(colours)
    # A click opens what is behind a mark; it must not fade all the others.
    picked = {
        "selected": {"textfont": {"color": colours.ink}},
        "unselected": {"marker": {"opacity": 1}},
    }
    layout = {
        "font": {"family": FONT, "size": 13, "color": colours.ink},
        # Its own background, matching the page's: a picture stays readable where it is pasted, and when the browser
        # switches between light and dark, which does not redraw anything.
        "paper_bgcolor": colours.paper,
        "plot_bgcolor": _CLEAR,
        "title": _TITLE | {"subtitle": {"font": {"size": 12, "color": colours.second}}},
        "margin": {"l": 4, "r": 4, "t": 52, "b": 4, "pad": 6},
        "xaxis": axis,
        "yaxis": axis,
        "modebar": {"bgcolor": _CLEAR, "color": colours.second, "activecolor": colours.ink},
        "hoverlabel": {
            "bgcolor": colours.paper,
            "bordercolor": colours.rule,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": colours.ink},
        },
        "hovermode": "closest",
        "barmode": "overlay",
        "showlegend": False,
    }
    return {"layout": layout, "data": {kind: [picked | {"type": kind}] for kind in ("bar", "scatter")}}


_CLEAR = "rgba(0,0,0,0)"
_TITLE = {
    "x": 0,
    "xanchor": "left",
    "xref": "container",
    "y": 1,
    "yanchor": "top",
    "yref": "container",
    "pad": {"t": 4, "l": 2},
    "font": {"size": 15, "weight": 600},
}


def _axis(colours: Palette) -> dict[str, Any]:
    return {
        "fixedrange": True,
        "showline": False,
        "ticks": "",
        "zeroline": False,
        "showgrid": False,
        "gridcolor": colours.rule,
        "automargin": True,
        "tickfont": {"size": 12, "color": colours.second},
    }


class Picture(go.Figure):  # type: ignore[misc]  # plotly tells no types
    """A figure that many are shown and nobody changes: it is sent as it was drawn.

    Plotly's copies of all its parts are made only for whoever asks for one.
    """

    def __init__(self, drawn: dict[str, Any]) -> None:
        self._drawn = drawn

    def to_dict(self) -> dict[str, Any]:
        """As it was drawn; not to be changed."""
        return self._drawn

    def __getattr__(self, name: str) -> Any:
        if "_data" in vars(self):
            raise AttributeError(name)
        super().__init__(self._drawn, _validate=False)
        return getattr(self, name)


def figure(
    look: Look,
    data: Iterable[Mapping[str, Any]],
    *,
    title: str,
    height: int,
    subtitle: str = "",
    **layout: Any,
) -> Picture:
    """A figure of these traces with the template, in one go; what plotly would say against it, the tests ask.

    Its validation takes most of the time of a picture, and pictures are made anew whenever somebody rules.
    """
    heading: dict[str, Any] = {"text": plain(title)}
    if subtitle:
        heading["subtitle"] = {"text": subtitle}
    shared = {"template": template(dark=look.dark), "title": heading, "height": height}
    return Picture({"data": list(data), "layout": shared | layout})


def rows_of(frame: pd.DataFrame, *names: str) -> Iterator[Any]:
    """The rows with their columns, or those named, as attributes, typed only by the frame."""
    columns = names or tuple(map(str, frame))
    values = (frame[name].tolist() for name in columns)
    return map(_row(columns)._make, zip(*values, strict=True))


@cache
def _row(columns: tuple[str, ...]) -> Any:
    """Made once: a class costs more than the rows of a picture."""
    return namedtuple("Row", columns)


def row_labels(labels: Sequence[tuple[float, str, str]], *, size: int) -> tuple[list[dict[str, Any]], int]:
    """Left-aligned row labels (height, text, colour) of a picture, and the margin they need in pixels.

    Plotly only right-aligns axis labels, which leaves their numbers ragged.
    """
    margin = 14 + round(max(columns_of(words) for _, words, _ in labels) * size * 0.53)
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -margin, "showarrow": False}
    return [
        place | {"y": height, "text": words, "font": {"size": size, "color": colour}}
        for height, words, colour in labels
    ], margin


def empty(look: Look, *, title: str, why: str = "empty") -> go.Figure:
    """A placeholder figure saying that there is nothing to draw."""
    words = {"text": look.say(why), "showarrow": False, "font": {"size": 14, "color": look.colours.second}}
    centre = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    hidden = {"visible": False}
    return figure(look, (), title=title, height=160, annotations=[words | centre], xaxis=hidden, yaxis=hidden)


def description(chart: Picture) -> str:
    """What a picture shows, in words, for those who cannot see it."""
    title = chart.to_dict()["layout"]["title"]
    return "；".join(part["text"] for part in (title, title.get("subtitle")) if part)
