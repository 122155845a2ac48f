"""Grids of marks: rows by units, each cell with a shape, a word and a background.

Coverage shows how many of four elements a cell has, obligations whether something is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.grids import by_ink, rectangles
from tracking.charts.look import NONE, Look, empty, figure, row_labels, rows_of
from tracking.coverage import missing_of
from tracking.labels import plain, shortened
from tracking.vocabulary import Language

_ROW = 38  # pixels
_HEADING, _SIGN = 58, 17  # pixels: above the unit names, and one character
_SIZE = 11
_WIDEST = 0.08  # the width of a cell, as a share of the picture
_LONGEST_HEAD = 8  # half-width characters
# One quarter for each of a cell's four elements.
_QUARTERS = "○◔◑◕●"
# Steps of the ten-step ramp, by how many elements are present; four stands out clearly from three.
_STEPS = (1, 2, 4, 9)
_THERE, _MISSING = "●", "○"
_TITLE_WIDTH = 18


def coverage_grid(
    frame: pd.DataFrame, *, language: Language, as_of: date | None = None, dark: bool = False, title: str = ""
) -> go.Figure:
    """How many of the four elements each cell has; columns as in `tracking.coverage.coverage_cells`.

    Keys of a cell: unit_id, line_id, tasks.
    """
    look = Look(language, dark)
    heading = title or look.say("coverage_title")
    if frame.empty:
        return empty(look, title=heading)
    marks = frame.assign(
        words=[_coverage_words(look, int(met)) for met in frame["met"]],
        ground=[_ground(look, int(met)) for met in frame["met"]],
        lacks=[_lacking(look, cell) for cell in frame.to_dict("records")],
    )
    labels = {row.line_id: f"{row.number} {row.short_title}" for row in rows_of(frame)}
    kind = _Kind(
        "coverage", ("unit_id", "line_id", "tasks"), ("met", "lacks", "overdue", "vacant", "targeted")
    )
    return _grid(look, marks, labels, kind, heading=heading, as_of=as_of)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of grid: its name in the catalogue, the keys of a cell, and the columns for its hover text."""

    name: str
    keys: tuple[str, ...]
    read: tuple[str, ...]

    def hover(self, look: Look, as_of: date | None) -> str:
        """The hover text, built from what a cell carries: keys, name, then the figures."""
        first = len(self.keys) + 1
        values = {column: f"%{{customdata[{first + at}]}}" for at, column in enumerate(self.read)}
        lines = [f"<b>%{{customdata[{first - 1}]}}</b>", look.say(f"{self.name}_hover", **values)]
        if as_of is not None:
            lines.append(look.say("hover_as_of", day=as_of.isoformat()))
        return "<br>".join(lines) + "<extra></extra>"


def _coverage_words(look: Look, met: int) -> str:
    return f"{_QUARTERS[met]}<br>{look.say(f'coverage_{met}')}"


def _ground(look: Look, met: int) -> str:
    """The fewer, the paler; zero is left blank."""
    return look.colours.completions[_STEPS[met - 1]] if met else look.colours.paper


def _lacking(look: Look, cell: Mapping[Any, Any]) -> str:
    lacks = [look.element(element) for element in missing_of(cell)]
    return look.say("coverage_list").join(lacks) or look.say("coverage_nothing")


def obligation_grid(
    frame: pd.DataFrame, *, language: Language, as_of: date | None = None, dark: bool = False, title: str = ""
) -> go.Figure:
    """Whether each unit has each obligation in place; columns as in `tracking.obligations.obligation_cells`.

    Keys of a cell: unit_id, obligation.
    """
    look = Look(language, dark)
    heading = title or look.say("obligations_title")
    if frame.empty:
        return empty(look, title=heading)
    marks = frame.assign(
        words=[_obligation_words(look, there) for there in frame["present"]],
        ground=[look.colours.completions[_STEPS[2] if there else 0] for there in frame["present"]],
        since=[NONE if pd.isna(day) else f"{day:%Y-%m-%d}" for day in frame["since_on"]],
        evidence=[plain(words) or NONE for words in frame["evidence"]],
        line_id=frame["obligation"],
    )
    kind = _Kind("obligations", ("unit_id", "obligation"), ("since", "evidence"))
    return _grid(look, marks, _shares(look, frame), kind, heading=heading, as_of=as_of)


def _shares(look: Look, frame: pd.DataFrame) -> dict[Any, str]:
    """Each obligation with how many units, out of how many, meet it."""
    counted = frame.groupby("obligation", sort=False)["present"].agg(["sum", "size"])
    return {
        name: look.say("obligations_line", title=look.obligation(str(name)), present=present, units=units)
        for name, present, units in counted.itertuples()
    }


def _obligation_words(look: Look, there: bool) -> str:
    key = "obligations_present" if there else "obligations_missing"
    return f"{_THERE if there else _MISSING}<br>{look.say(key)}"


def _grid(
    look: Look,
    marks: pd.DataFrame,
    labels: Mapping[Any, str],
    kind: _Kind,
    *,
    heading: str,
    as_of: date | None,
) -> go.Figure:
    """The cells in place, with row names on the left and unit names on top."""
    lines, units = list(labels), marks.drop_duplicates("unit_id")
    across = {unit_id: place for place, unit_id in enumerate(units["unit_id"])}
    placed = marks.assign(
        across=marks["unit_id"].map(across), down=[lines.index(line) for line in marks["line_id"]]
    )
    names = [
        (down, shortened(labels[line], _TITLE_WIDTH), look.colours.ink) for down, line in enumerate(lines)
    ]
    notes, margin = row_labels(names, size=12)
    heads = [_upright(name) for name in units["short_name"]]
    top = _HEADING + _SIGN * max(len(head.split("<br>")) for head in heads)
    return figure(
        look,
        _traces(look, placed, labels, kind, as_of),
        title=heading,
        subtitle=look.say(f"{kind.name}_subtitle"),
        height=len(lines) * _ROW + top + 4,
        annotations=notes,
        margin={"l": margin, "t": top},
        xaxis=_heads(look, heads),
        yaxis={"range": [len(lines) - 0.5, -0.5], "showticklabels": False},
    )


def _traces(
    look: Look, marks: pd.DataFrame, labels: Mapping[Any, str], kind: _Kind, as_of: date | None
) -> list[dict[str, Any]]:
    """A trace for each colour of words, as in the other grids."""
    named = marks.assign(
        said=[plain(f"{row.short_name} · {labels[row.line_id]}") for row in rows_of(marks)],
        edge=look.colours.rule,
    )
    traces = []
    for ink, part in by_ink(look, named):
        cells = rectangles(part, ink) | {"hovertemplate": kind.hover(look, as_of)}
        cells["customdata"] = part[[*kind.keys, "said", *kind.read]].astype(object).to_numpy().tolist()
        cells["textfont"] = {"size": _SIZE, "color": ink}
        traces.append(cells)
    return traces


def _heads(look: Look, heads: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(heads))),
        "ticktext": list(heads),
        "tickangle": 0,
        "tickfont": {"size": 12, "color": look.colours.ink},
        "range": [-0.5, len(heads) - 0.5],
        "side": "top",
        # However few the units, cells keep the width they have with all of them.
        "domain": [0, min(1, len(heads) * _WIDEST)],
    }


def _upright(name: object) -> str:
    """A short name written vertically, so that all units fit side by side."""
    return "<br>".join(shortened(name, _LONGEST_HEAD))
