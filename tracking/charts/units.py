"""Owns the pictures of units beside each other: bars in a fixed order, and dots along the scale."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import (
    PERCENT_TICKS,
    Look,
    empty,
    figure,
    number,
    percent,
    plain,
    rows_of,
    shortened,
)
from tracking.words import Language

# A value would cross the line of the median if its bar ended less than this many percent under it.
_UNDER_LINE = 8.0
# Dots that fall into one step of this many tenths of a percent are piled up.
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
    """Units side by side in the order given, with the median across them; the own unit stands out.

    Columns: unit_id, unit (short name), completion_permille, None for a unit without tasks; on hover also
    name, expected_permille, done, weight_tenths, tasks where they are there. Keys of a bar: unit_id.
    """
    look = Look(language, dark)
    heading = title or look.say("unit_title")
    if frame.empty:
        return empty(look, title=heading)
    bars = _bars(look, frame, median_permille, own_unit_id)
    return figure(
        look,
        [bars | carried(look, frame, _full_names(frame), keys=["unit_id"], as_of=as_of)],
        title=heading,
        subtitle=look.say("unit_subtitle"),
        height=330,
        xaxis=_name_axis(look, [plain(unit) for unit in frame["unit"]]),
        yaxis=PERCENT_TICKS | {"range": [0, 110], "showgrid": True},
        uniformtext={"mode": "hide", "minsize": 9},
        **_median(look, median_permille, across=True),
    )


def _full_names(frame: pd.DataFrame) -> Iterable[object]:
    return frame["name"] if "name" in frame else frame["unit"]


def _bars(look: Look, frame: pd.DataFrame, median: float | None, own: int | None) -> dict[str, Any]:
    colours = look.colours
    fills = [colours.primary if unit == own else colours.completions[4] for unit in frame["unit_id"]]
    return {
        "type": "bar",
        "x": list(range(len(frame))),
        "y": [number(value) or 0 for value in frame["completion_permille"]],
        "width": 0.8,
        "marker": {"color": fills},
        "text": [percent(value).removesuffix("%") for value in frame["completion_permille"]],
        "textposition": _beside_median(frame["completion_permille"], median),
        "textangle": 0,
        "insidetextfont": {"size": 11, "color": [colours.text_on(fill) for fill in fills]},
        "outsidetextfont": {"size": 11},
    }


def _beside_median(values: Iterable[Any], median: float | None) -> list[str]:
    """Values stand above their bars, but inside those that end just under the line of the median."""
    line = number(median)
    gaps = [None if line is None or pd.isna(value) else line - value / 10 for value in values]
    return ["inside" if gap is not None and 0 <= gap < _UNDER_LINE else "outside" for gap in gaps]


def _name_axis(look: Look, names: list[str]) -> dict[str, Any]:
    """Short Chinese names stand upright, one character under the other; longer ones lie on their side."""
    upright = all(len(name) <= 4 and not name.isascii() for name in names)
    return {
        "range": [-0.6, len(names) - 0.4],
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(name) if upright else shortened(name, 20) for name in names],
        "tickangle": 0 if upright else -90,
        "tickfont": {"size": 12, "color": look.colours.ink},
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
    """A dot a unit, piled where they coincide, with the line of the median; only the own unit is named.

    Columns: unit_id, unit (short name), value (completion in tenths of a percent; units without one are left
    out); on hover also name, expected_permille, done, weight_tenths, tasks where they are there. Keys of a
    dot: unit_id.
    """
    look = Look(language, dark)
    heading = title or look.say("spread_title")
    frame = frame.dropna(subset="value")
    if frame.empty:
        return empty(look, title=heading)
    frame = frame.rename(columns={"value": "completion_permille"}).sort_values("completion_permille")
    frame = frame.assign(pile=_piles(frame["completion_permille"]))
    top = frame["pile"].max() + 1
    marked = _median(look, median_permille, across=False)
    return figure(
        look,
        [
            _dots(look, frame, own_unit_id)
            | carried(look, frame, _full_names(frame), keys=["unit_id"], as_of=as_of)
        ],
        title=heading,
        subtitle=look.say("spread_subtitle", units=len(frame)),
        height=round(top * 15) + 130,
        xaxis=PERCENT_TICKS | {"range": [-2, 102], "showgrid": True},
        yaxis={"visible": False, "range": [-1, top + 1.5]},
        shapes=marked.get("shapes", []),
        annotations=marked.get("annotations", []) + _own_name(look, frame, own_unit_id),
    )


def _piles(values: Iterable[float]) -> list[int]:
    """How many dots lie under each dot in its step."""
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
        "x": [number(value) for value in frame["completion_permille"]],
        "y": frame["pile"].tolist(),
        "marker": {
            "size": [13 if mine else 10 for mine in is_own],
            "color": [colours.primary if mine else colours.completions[4] for mine in is_own],
            "opacity": 1,
            "line": {"width": 1, "color": colours.paper},
        },
    }


def _own_name(look: Look, frame: pd.DataFrame, own: int | None) -> list[dict[str, Any]]:
    return [
        _note(look, f"<b>{shortened(row.unit, 20)} {percent(row.completion_permille)}</b>")
        | _beside(row.completion_permille / 10)
        | {"y": row.pile + 0.6}
        for row in rows_of(frame[frame["unit_id"] == own])
    ]


def _median(look: Look, median: float | None, *, across: bool) -> dict[str, Any]:
    """The dotted line of the median with its value, across the picture or upright in it."""
    level = number(median)
    if level is None:
        return {}
    note = _note(look, f"{look.say('median')} {percent(median)}")
    dotted = {"type": "line", "line": {"color": look.colours.ink, "width": 1, "dash": "dot"}}
    if across:
        note |= {"xref": "paper", "x": 1, "xanchor": "right", "y": level}
        line = dotted | {"xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level}
    else:
        note |= _beside(level) | {"yref": "paper", "y": 1, "yanchor": "top"}
        line = dotted | {"yref": "paper", "y0": 0, "y1": 0.88, "x0": level, "x1": level}
    return {"shapes": [line], "annotations": [note]}


def _beside(x: float) -> dict[str, Any]:
    """Where a note to a place on the scale stands, so that it does not run over the edge."""
    return {"x": x, "xanchor": "right" if x > 85 else "left" if x < 15 else "center"}


def _note(look: Look, words: str) -> dict[str, Any]:
    ground = {"bgcolor": look.colours.paper, "borderpad": 1}
    return ground | {"text": words, "yanchor": "bottom", "showarrow": False, "font": {"size": 12}}
