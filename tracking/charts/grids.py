"""The grids: region × measure, and the units as tiles.

Cells are bars, not a heat-map trace: a click on a heat map selects nothing, and bars can be hatched.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from tracking.charts.hover import LINES, carried
from tracking.charts.look import Look, empty, figure, percent, points, rows_of
from tracking.labels import plain, shortened
from tracking.palette import SHAPES
from tracking.vocabulary import Language

_ROW = 32  # pixels
_TILE = 42  # pixels
# How many stand in a column where nobody has a tile.
BESIDE = 8
_SAID = ("region", "measure_number", "measure_short_title")
_REGION_LINES = ("completion", "expected", "deviation", "units", "tasks")
_UNIT_LINES = ("completion", "weighted", "expected", "deviation", "tasks", "light")
# What the grids read: taking rows of all the columns of a figure would cost more than the rest.
_REGION = ("measure_id", *_SAID, *(name for line in _REGION_LINES for name in LINES[line]))
_UNIT = (
    *("unit_id", "short_name", "name", "tile_row", "tile_col", "reports"),
    *(name for line in _UNIT_LINES for name in LINES[line]),
)


def heat_map(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
    deviation: bool = False,
) -> go.Figure:
    """Region × measure with the figure in each cell, or "—" if no unit has tasks.

    One row per cell; regions appear in the order of their first row. Columns: region, measure_id,
    measure_number, measure_short_title, completion_permille (None without tasks), units, units_total; with
    `deviation`, also deviation_permille, which is shown instead. Keys of a cell: region, measure_id.
    """
    look, shown = Look(language, dark), "deviation" if deviation else "heat"
    heading = title or look.say(f"{shown}_title")
    if frame.empty:
        return empty(look, title=heading)
    frame = frame.filter(items=_REGION)
    regions = list(dict.fromkeys(frame["region"]))
    measures = frame.drop_duplicates("measure_id").sort_values("measure_number")
    cells = _matrix(look, frame, regions, measures["measure_id"].tolist(), deviation=deviation)
    titles = rows_of(measures, "measure_number", "measure_short_title")
    heads = [f"{number}<br>{_wrapped(title)}" for number, title in titles]
    return figure(
        look,
        _cells(look, cells, keys=["region", "measure_id"], lines=_REGION_LINES, as_of=as_of),
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
) -> pd.DataFrame:
    """The frame with the position, words, background and name of each cell."""
    column, colours = "deviation_permille" if deviation else "completion_permille", look.colours
    colour, read = (colours.deviation, points) if deviation else (colours.completion, percent)
    return frame.assign(
        across=[measures.index(measure) for measure in frame["measure_id"]],
        down=[regions.index(region) for region in frame["region"]],
        words=[read(value).removesuffix("%") for value in frame[column]],
        ground=[colours.paper if pd.isna(value) else colour(value) for value in frame[column]],
        said=[f"{region} · {number} {title}" for region, number, title in rows_of(frame, *_SAID)],
    )


def _axis(look: Look, labels: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "tickangle": 0,
        "tickfont": {"color": look.colours.ink},
    }


def _wrapped(title: object) -> str:
    """A title on two lines, so that ten columns fit on a narrow screen."""
    words = shortened(title, 8)
    half = (len(words) + 1) // 2
    return f"{words[:half]}<br>{words[half:]}"


def _cells(
    look: Look, frame: pd.DataFrame, *, keys: Sequence[str], lines: Sequence[str], as_of: date | None
) -> list[dict[str, Any]]:
    """Rectangles at `across` and `down`, filled with `ground`, labelled with `words`, with `said` on hover."""
    return [
        rectangles(part, ink) | carried(look, part, part["said"], keys=keys, lines=lines, as_of=as_of)
        for ink, part in by_ink(look, frame)
    ]


def by_ink(look: Look, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows for each colour of words on their `ground`: plotly dims text of mixed colours once part of it is clicked."""
    grounds = frame["ground"].tolist()
    read = {ground: look.colours.text_on(ground) for ground in dict.fromkeys(grounds)}
    inks = np.array([read[ground] for ground in grounds])
    for ink in dict.fromkeys(read.values()):
        yield ink, frame[inks == ink]


def rectangles(frame: pd.DataFrame, ink: str) -> dict[str, Any]:
    """A trace of cells filled with `ground`, outlined where there is an `edge`, labelled with `words`."""
    return {
        "type": "bar",
        "x": frame["across"].tolist(),
        "base": [round(place - 0.47, 2) for place in frame["down"]],
        "y": [0.94] * len(frame),
        "width": 0.97,
        "text": frame["words"].tolist(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "marker": _edged(frame),
        "textfont": {"size": 12, "color": ink},
        "selected": {"textfont": {"color": ink}},
    }


def _edged(frame: pd.DataFrame) -> dict[str, Any]:
    colours = {"color": frame["ground"].tolist()}
    return colours | {"line": {"width": 1, "color": frame["edge"].tolist()}} if "edge" in frame else colours


def tile_grid(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Units as tiles roughly where they lie, with short name and completion; those not covered are hatched.

    Those without a tile stand beside the grid. Columns: unit_id, short_name, tile_row, tile_col (both may be missing),
    reports (False: not covered), completion_permille or None; `light` puts its shape before the figure; the hover text also shows name,
    done, weight_tenths, expected_permille and tasks where present. Keys of a tile: unit_id; hatched tiles
    have none.
    """
    look = Look(language, dark)
    heading = title or look.say("tile_title")
    if frame.empty:
        return empty(look, title=heading)
    frame = _placed(frame.filter(items=_UNIT))
    covered = frame["reports"].astype(bool)
    tiles = _tiles(look, frame[covered])
    hidden, rows, columns = {"visible": False}, frame["down"], frame["across"]
    return figure(
        look,
        [
            *_cells(look, tiles, keys=["unit_id"], lines=_UNIT_LINES, as_of=as_of),
            _hatched(look, frame[~covered]),
        ],
        title=heading,
        subtitle=look.say("tile_subtitle"),
        height=int(rows.max() - rows.min() + 1) * _TILE + 60,
        xaxis=hidden | {"range": [columns.min() - 0.5, columns.max() + 0.5]},
        yaxis=hidden | {"range": [rows.max() + 0.5, rows.min() - 0.5]},
    )


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    names = frame["name"] if "name" in frame else frame["short_name"]
    across, down = (frame[name].to_numpy(np.float64, na_value=np.nan) for name in ("tile_col", "tile_row"))
    _put_beside(across, down)
    return frame.assign(across=across.astype(int), down=down.astype(int), said=names)


def _put_beside(across: NDArray[np.float64], down: NDArray[np.float64]) -> None:
    """Give those without a tile a place right of the grid, top down, a column apart."""
    off = np.isnan(across) | np.isnan(down)
    placed, number = ~off, np.arange(int(off.sum()))
    top, bottom = (down[placed].min(), down[placed].max()) if placed.any() else (1, BESIDE)
    height = int(bottom - top) + 1
    across[off] = across[placed].max(initial=0) + 2 + number // height
    down[off] = top + number % height


def _tiles(look: Look, frame: pd.DataFrame) -> pd.DataFrame:
    colours = look.colours
    values = frame["completion_permille"]
    grounds = [colours.paper if pd.isna(value) else colours.completion(value) for value in values]
    return frame.assign(
        words=[_tile_words(row) for row in rows_of(frame, *_named(frame))],
        ground=grounds,
        edge=[colours.rule if ground == colours.paper else ground for ground in grounds],
    )


def _named(frame: pd.DataFrame) -> list[str]:
    return [name for name in ("short_name", "completion_permille", "light") if name in frame]


def _tile_words(row: Any) -> str:
    light = getattr(row, "light", None)
    shape = "" if pd.isna(light) else f"{SHAPES[light]}\u2009"
    return f"{shortened(row.short_name, 8)}<br>{shape}{percent(row.completion_permille).removesuffix('%')}"


def _hatched(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    """Tiles of units that do not report: named and hatched, with no data behind them."""
    colours = look.colours
    words = [shortened(name, 8) for name in frame["short_name"]]
    tiles = rectangles(frame.assign(words=words, ground=colours.completions[2]), colours.ink)
    tiles["marker"] = {
        "color": colours.completions[2],
        "line": {"width": 1, "color": colours.rule},
        "pattern": {"shape": "/", "size": 7, "solidity": 0.25},
    }
    hover = f"<b>%{{hovertext}}</b><br>{look.say('not_covered')}<extra></extra>"
    return tiles | {"hovertext": [plain(name) for name in frame["said"]], "hovertemplate": hover}
