"""Owns the grids: region × measure, and the units as tiles.

Cells are bars, not a heat-map trace: a click on a heat map selects nothing, and bars can be hatched.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import Look, empty, figure, percent, points, rows_of
from tracking.labels import plain, shortened
from tracking.palette import SHAPES
from tracking.words import Language

_ROW = 32  # pixels
_TILE = 42  # pixels
_UNIT_LINES = ("completion", "weighted", "expected", "deviation", "tasks", "light")


def heat_map(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    deviation: bool = False,
) -> go.Figure:
    """Region × measure with the figure in each cell, "—" where no unit has tasks.

    One row a cell, regions in the order of their first row. Columns: region, measure_id, measure_number,
    measure_short_title, completion_permille (None without tasks), units, units_total; with `deviation` also
    deviation_permille, which is then shown instead. Keys of a cell: region, measure_id.
    """
    look, shown = Look(language, dark), "deviation" if deviation else "heat"
    heading = title or look.say(f"{shown}_title")
    if frame.empty:
        return empty(look, title=heading)
    regions = list(dict.fromkeys(frame["region"]))
    measures = frame.drop_duplicates("measure_id").sort_values("measure_number")
    cells = _matrix(look, frame, regions, measures["measure_id"].tolist(), deviation=deviation)
    heads = [f"{row.measure_number}<br>{_wrapped(row.measure_short_title)}" for row in rows_of(measures)]
    names = [f"{row.region} · {row.measure_number} {row.measure_short_title}" for row in rows_of(frame)]
    lines = ("completion", "expected", "deviation", "units", "tasks")
    return figure(
        look,
        [cells | carried(look, frame, names, keys=["region", "measure_id"], lines=lines, as_of=as_of)],
        title=heading,
        subtitle=look.say(f"{shown}_subtitle"),
        height=len(regions) * _ROW + 112,
        margin={"t": 106},
        xaxis=_axis(look, heads) | {"range": [-0.5, len(heads) - 0.5], "side": "top"},
        yaxis=_axis(look, [shortened(region, 12) for region in regions])
        | {"range": [len(regions) - 0.5, -0.5]},
    )


def _matrix(
    look: Look, frame: pd.DataFrame, regions: list[str], measures: list[int], *, deviation: bool
) -> dict[str, Any]:
    column, colours = "deviation_permille" if deviation else "completion_permille", look.colours
    colour, read = (colours.deviation, points) if deviation else (colours.completion, percent)
    return _cells(
        look,
        across=[measures.index(measure) for measure in frame["measure_id"]],
        down=[regions.index(region) for region in frame["region"]],
        words=[read(value).removesuffix("%") for value in frame[column]],
        grounds=[colours.paper if pd.isna(value) else colour(value) for value in frame[column]],
    )


def _axis(look: Look, labels: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "tickangle": 0,
        "tickfont": {"color": look.colours.ink},
    }


def _wrapped(title: object) -> str:
    """A title on two lines, so that ten columns stand side by side on a narrow screen."""
    words = shortened(title, 8)
    half = (len(words) + 1) // 2
    return f"{words[:half]}<br>{words[half:]}"


def _cells(
    look: Look, *, across: Sequence[int], down: Sequence[int], words: Sequence[str], grounds: Sequence[str]
) -> dict[str, Any]:
    """A rectangle for each place, its text in whichever colour reads on its ground."""
    return {
        "type": "bar",
        "x": list(across),
        "base": [round(place - 0.47, 2) for place in down],
        "y": [0.94] * len(down),
        "width": 0.97,
        "text": list(words),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": {"color": list(grounds)},
        "textfont": {"size": 12, "color": [look.colours.text_on(ground) for ground in grounds]},
    }


def tile_grid(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Units as tiles where they lie, with short name and completion; what is not covered is hatched. No map.

    Columns: unit_id, short_name, tile_row, tile_col, reports (False: not covered), value (completion in tenths
    of a percent or None); `light` puts its shape before the figure; on hover also name, done, weight_tenths,
    expected_permille, tasks where they are there. Keys of a tile: unit_id; a hatched one has none.
    """
    look = Look(language, dark)
    heading = title or look.say("tile_title")
    if frame.empty:
        return empty(look, title=heading)
    covered = frame["reports"].astype(bool)
    hidden, rows, columns = {"visible": False}, frame["tile_row"], frame["tile_col"]
    return figure(
        look,
        [_tiles(look, frame[covered], as_of), _hatched(look, frame[~covered])],
        title=heading,
        subtitle=look.say("tile_subtitle"),
        height=int(rows.max() - rows.min() + 1) * _TILE + 60,
        xaxis=hidden | {"range": [columns.min() - 0.5, columns.max() + 0.5]},
        yaxis=hidden | {"range": [rows.max() + 0.5, rows.min() - 0.5]},
    )


def _tiles(look: Look, frame: pd.DataFrame, as_of: date | None) -> dict[str, Any]:
    frame = frame.assign(completion_permille=frame["value"])
    colours = look.colours
    grounds = [colours.paper if pd.isna(value) else colours.completion(value) for value in frame["value"]]
    tiles = _placed(look, frame, [_tile_words(row) for row in rows_of(frame)], grounds)
    edges = [colours.rule if ground == colours.paper else ground for ground in grounds]
    tiles["marker"]["line"] = {"width": 1, "color": edges}
    return tiles | carried(look, frame, _full_names(frame), keys=["unit_id"], lines=_UNIT_LINES, as_of=as_of)


def _hatched(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    """Tiles of those who do not report: named, hatched, and nothing behind them."""
    colours = look.colours
    tiles = _placed(look, frame, [shortened(name, 8) for name in frame["short_name"]], [])
    tiles["marker"] = {
        "color": colours.completions[2],
        "line": {"width": 1, "color": colours.rule},
        "pattern": {"shape": "/", "fillmode": "replace", "size": 7, "solidity": 0.25},
    }
    tiles["textfont"]["color"] = colours.ink
    hover = f"<b>%{{hovertext}}</b><br>{look.say('not_covered')}<extra></extra>"
    return tiles | {"hovertext": [plain(name) for name in _full_names(frame)], "hovertemplate": hover}


def _placed(look: Look, frame: pd.DataFrame, words: list[str], grounds: list[str]) -> dict[str, Any]:
    across, down = frame["tile_col"].tolist(), frame["tile_row"].tolist()
    return _cells(look, across=across, down=down, words=words, grounds=grounds)


def _full_names(frame: pd.DataFrame) -> pd.Series:
    return frame["name"] if "name" in frame else frame["short_name"]


def _tile_words(row: Any) -> str:
    light = getattr(row, "light", None)
    shape = "" if pd.isna(light) else f"{SHAPES[light]}\u2009"
    return f"{shortened(row.short_name, 8)}<br>{shape}{percent(row.value).removesuffix('%')}"
