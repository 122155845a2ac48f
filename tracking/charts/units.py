"""Pictures comparing units: bars in a fixed order, and dots on a scale."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import PERCENT_TICKS, Look, empty, figure, number, percent, rows_of
from tracking.labels import shortened
from tracking.vocabulary import Language

_LINES = ("completion", "weighted", "expected", "deviation", "tasks")
# A bar that ends less than this many tenths of a percent below the median has the median line through its figure.
_CROSSED = (5, 80)
# Below this many bars they do not get any wider.
_SLOTS = 12
# Dots within one step of this many tenths of a percent are stacked.
_STEP = 20


def unit_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    median_permille: float | None = None,
    own_unit_id: int | None = None,
) -> go.Figure:
    """Units side by side in the order given, with the median across them; one's own unit stands out.

    Columns: unit_id, unit (short name), completion_permille, None for a unit without tasks; the hover text
    also shows name, expected_permille, done, weight_tenths and tasks where present. Keys of a bar: unit_id.
    """
    look = Look(language, dark)
    heading = title or look.say("unit_title")
    if frame.empty:
        return empty(look, title=heading)
    bars = _bars(look, frame, median_permille, own_unit_id)
    return figure(
        look,
        [bars | _carried(look, frame, as_of)],
        title=heading,
        subtitle=_named_median(look, median_permille) + look.say("no_tasks"),
        height=330,
        xaxis=_name_axis(look, len(frame)),
        yaxis=PERCENT_TICKS | {"range": [0, 110], "showgrid": True},
        uniformtext={"mode": "hide", "minsize": 9},
        shapes=_median_line(look, median_permille, along="x"),
    )


def _carried(look: Look, frame: pd.DataFrame, as_of: date | None) -> dict[str, Any]:
    names = frame["name"] if "name" in frame else frame["unit"]
    return carried(look, frame, names, keys=["unit_id"], lines=_LINES, as_of=as_of)


def _bars(look: Look, frame: pd.DataFrame, median: float | None, own: int | None) -> dict[str, Any]:
    colours = look.colours
    fills = [colours.primary if unit == own else colours.muted for unit in frame["unit_id"]]
    return {
        "type": "bar",
        "x": _names(frame["unit"]),
        "y": [number(value) or 0 for value in frame["completion_permille"]],
        "width": 0.8,
        "marker": {"color": fills},
        "text": [_words(value, median) for value in frame["completion_permille"]],
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": 11},
    }


def _words(value: Any, median: float | None) -> str:
    """The figure above a bar, one line higher where the median line would run through it."""
    words = percent(value).removesuffix("%")
    if median is None or pd.isna(value):
        return words
    return f"{words}<br> " if _CROSSED[0] < median - value < _CROSSED[1] else words


def _names(units: Iterable[object]) -> list[str]:
    """Vertical names below the bars; invisible characters tell equal ones apart.

    In a narrow picture the axis drops every other name by itself.
    """
    seen: Counter[str] = Counter()
    names = []
    for unit in units:
        name = "<br>".join(shortened(unit, 8))
        names.append(name + "\u200b" * seen[name])
        seen[name] += 1
    return names


def _name_axis(look: Look, bars: int) -> dict[str, Any]:
    return {
        "type": "category",
        "range": [-0.6, max(bars, _SLOTS) - 0.4],
        "tickangle": 0,
        "tickfont": {"color": look.colours.ink},
    }


def unit_dots(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    median_permille: float | None = None,
    own_unit_id: int | None = None,
) -> go.Figure:
    """One dot per unit, stacked where they coincide, with a median line; only one's own unit is named.

    Columns: unit_id, unit (short name), completion_permille (units without one are left out); the hover text also shows name, expected_permille, done, weight_tenths and tasks where present. Keys
    of a dot: unit_id.
    """
    look = Look(language, dark)
    heading = title or look.say("spread_title")
    frame = frame.dropna(subset="completion_permille")
    if frame.empty:
        return empty(look, title=heading)
    frame = frame.sort_values("completion_permille")
    frame = frame.assign(pile=_piles(frame["completion_permille"]))
    top = frame["pile"].max() + 1
    return figure(
        look,
        [_dots(look, frame, own_unit_id) | _carried(look, frame, as_of)],
        title=heading,
        subtitle=_named_median(look, median_permille) + look.say("spread_subtitle", units=len(frame)),
        height=round(top * 15) + 110,
        margin={"l": 10, "r": 20},
        xaxis=PERCENT_TICKS | {"range": [0, 100], "showgrid": True},
        yaxis={"visible": False, "range": [-1, top + 0.5]},
        shapes=_median_line(look, median_permille, along="y"),
        annotations=_own_name(look, frame, own_unit_id),
    )


def _piles(values: Iterable[float]) -> list[int]:
    """How many dots each dot is stacked on."""
    seen: Counter[int] = Counter()
    piles = []
    for value in values:
        step = round(value / _STEP)
        piles.append(seen[step])
        seen[step] += 1
    return piles


def _dots(look: Look, frame: pd.DataFrame, own: int | None) -> dict[str, Any]:
    colours = look.colours
    is_own = [unit == own for unit in frame["unit_id"]]
    return {
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "x": [number(value) for value in frame["completion_permille"]],
        "y": frame["pile"].tolist(),
        "marker": {
            "size": [13 if mine else 10 for mine in is_own],
            "color": [colours.primary if mine else colours.muted for mine in is_own],
            "opacity": 1,
            "line": {"width": 1, "color": colours.paper},
        },
    }


def _own_name(look: Look, frame: pd.DataFrame, own: int | None) -> list[dict[str, Any]]:
    """The name above the dot, or beside it near the edges."""
    return [
        {
            "text": f"<b>{shortened(row.unit, 20)} {percent(row.completion_permille)}</b>",
            "x": number(row.completion_permille),
            "xanchor": "right" if row.completion_permille > 850 else "center",
            "y": row.pile + 0.5,
            "yanchor": "bottom",
            "showarrow": False,
            "bgcolor": look.colours.paper,
            "font": {"size": 12},
        }
        for row in rows_of(frame[frame["unit_id"] == own])
    ]


def _named_median(look: Look, median: float | None) -> str:
    return "" if median is None else look.say("median", median=percent(median)) + "　"


def _median_line(look: Look, median: float | None, *, along: str) -> list[dict[str, Any]]:
    """The dotted median line on the x or y axis, through the whole picture."""
    level = number(median)
    other = "y" if along == "x" else "x"
    whole = {f"{along}ref": "paper", f"{along}0": 0, f"{along}1": 1, f"{other}0": level, f"{other}1": level}
    dotted = {"type": "line", "line": {"color": look.colours.ink, "width": 1, "dash": "dot"}}
    return [] if level is None else [dotted | whole]
