"""Owns the grids: region × measure, and the units as tiles.

Cells are bars, not a heat-map trace: a click on a heat map selects nothing, and bars can be hatched.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.hover import carried
from tracking.charts.look import Look, empty, figure, percent, points, rows_of, shortened
from tracking.palette import SHAPES
from tracking.words import Language

_ROW = 32  # pixels
_TILE = 42  # pixels


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
    look = Look(language, dark)
    heading = title or look.say("deviation_title" if deviation else "heat_title")
    if frame.empty:
        return empty(look, title=heading)
    regions = list(dict.fromkeys(frame["region"]))
    measures = frame.drop_duplicates("measure_id").sort_values("measure_number")
    column = {key: place for place, key in enumerate(measures["measure_id"])}
    shown = frame["deviation_permille"] if deviation else frame["completion_permille"]
    colour, reading = (look.colours.deviation, points) if deviation else (look.colours.completion, percent)
    names = [
        f"{region} · {number} {title}"
        for region, number, title in zip(
            frame["region"], frame["measure_number"], frame["measure_short_title"], strict=True
        )
    ]
    cells = _cells(
        look,
        across=[column[key] for key in frame["measure_id"]],
        down=[regions.index(region) for region in frame["region"]],
        words=[reading(value).removesuffix("%") for value in shown],
        grounds=[look.colours.paper if pd.isna(value) else colour(value) for value in shown],
    )
    cells |= carried(look, frame, names, keys=["region", "measure_id"], as_of=as_of)
    return figure(
        look,
        [cells],
        title=heading,
        subtitle=look.say("deviation_subtitle" if deviation else "heat_subtitle"),
        height=len(regions) * _ROW + 106,
        margin={"t": 100},
        xaxis=_axis(
            [f"{row.measure_number}<br>{_wrapped(row.measure_short_title)}" for row in rows_of(measures)],
            look,
        )
        | {"side": "top"},
        yaxis=_axis([shortened(region, 20) for region in regions], look)
        | {"range": [len(regions) - 0.5, -0.5]},
    )


def _axis(labels: Sequence[str], look: Look) -> dict[str, Any]:
    return {
        "range": [-0.5, len(labels) - 0.5],
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "tickangle": 0,
        "tickfont": {"color": look.colours.ink},
    }


def _wrapped(title: object) -> str:
    """A title on two lines, so that ten columns stand side by side on a narrow screen."""
    words = shortened(title, 14)
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
    of a percent or None); `light` puts its shape before the figure; on hover also name, expected_permille,
    done, weight_tenths, tasks where they are there. Keys of a tile: unit_id.
    """
    look = Look(language, dark)
    heading = title or look.say("tile_title")
    if frame.empty:
        return empty(look, title=heading)
    frame = frame.assign(completion_permille=frame["value"])
    grounds = [_ground(look, row) for row in rows_of(frame)]
    tiles = _cells(
        look,
        across=frame["tile_col"].tolist(),
        down=frame["tile_row"].tolist(),
        words=[_tile_words(row) for row in rows_of(frame)],
        grounds=grounds,
    )
    tiles["marker"] = _tile_marker(look, grounds, frame["reports"])
    tiles |= carried(look, frame, frame.get("name", frame["short_name"]), keys=["unit_id"], as_of=as_of)
    hidden = {"visible": False}
    return figure(
        look,
        [tiles],
        title=heading,
        subtitle=look.say("tile_subtitle"),
        height=round((frame["tile_row"].max() - frame["tile_row"].min() + 1) * _TILE) + 60,
        xaxis=hidden | {"range": [frame["tile_col"].min() - 0.5, frame["tile_col"].max() + 0.5]},
        yaxis=hidden | {"range": [frame["tile_row"].max() + 0.5, frame["tile_row"].min() - 0.5]},
    )


def _tile_marker(look: Look, grounds: list[str], covered: pd.Series) -> dict[str, Any]:
    """Colours, frames and hatching; plotly hatches in the colour of the tile itself, on paper."""
    colours = look.colours
    hatch = colours.completions[2]
    return {
        "color": [
            ground if is_covered else hatch for ground, is_covered in zip(grounds, covered, strict=True)
        ],
        "line": {
            "width": 1,
            "color": [colours.rule if ground == colours.paper else ground for ground in grounds],
        },
        "pattern": {
            "shape": ["" if is_covered else "/" for is_covered in covered],
            "size": 7,
            "solidity": 0.25,
        },
    }


def _ground(look: Look, row: Any) -> str:
    if not row.reports or pd.isna(row.completion_permille):
        return look.colours.paper
    return look.colours.completion(row.completion_permille)


def _tile_words(row: Any) -> str:
    name = shortened(row.short_name, 8)
    if not row.reports:
        return name
    light = getattr(row, "light", None)
    shape = "" if pd.isna(light) else f"{SHAPES[light]}\u2009"
    return f"{name}<br>{shape}{percent(row.completion_permille).removesuffix('%')}"
