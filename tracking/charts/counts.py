"""Pictures of open items: a bar per row, cut by level or age, longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.look import Look, empty, figure, row_labels, rows_of
from tracking.labels import plain, shortened
from tracking.messages import text
from tracking.oversight import AgeBand
from tracking.palette import SLIP_SHAPES
from tracking.vocabulary import Language, SlipLevel

MOST_ROWS = 12
_AGE_SHAPES = {AgeBand.FRESH: "▁", AgeBand.WEEKS: "▄", AgeBand.LONG: "█"}
_AGE_STEPS = {AgeBand.FRESH: 300, AgeBand.WEEKS: 650, AgeBand.LONG: 1000}
_PART_SHAPES = {"tasks": "●", "entries": "■", "difficulties": "▲"}
_PART_STEPS = {"tasks": 1000, "entries": 300, "difficulties": 650}
LEAST = 8  # the scale spans at least this many counts, so that a bar of one does not look full
_ROW = 27  # pixels


@dataclass(frozen=True, slots=True)
class BarPart:
    """One segment of every bar: its count column, shape, word and colour."""

    column: str
    label: str
    fill: str

    @property
    def shape(self) -> str:
        """The symbol that identifies it where there is no room for its word."""
        return self.label.split()[0]


def slip_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Open urging slips of each row, split by level.

    Columns: key, name, blue, orange, red. Keys of a part: key of the row, level.
    """
    look = Look(language, dark)
    parts = [
        BarPart(
            level, f"{SLIP_SHAPES[level]} {text(f'slip_level.{level}', language)}", look.colours.slips[level]
        )
        for level in SlipLevel
    ]
    return _count_bars(look, frame, parts, title or look.say("slips_title"), as_of)


def difficulty_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """Open difficulties of each row, split by how long they have been open.

    Columns: key, name, fresh, weeks, long. Keys of a part: key of the row, band of age.
    """
    look = Look(language, dark)
    parts = [
        BarPart(
            band,
            f"{_AGE_SHAPES[band]} {text(f'age_band.{band}', language)}",
            look.colours.completion(_AGE_STEPS[band]),
        )
        for band in AgeBand
    ]
    return _count_bars(look, frame, parts, title or look.say("difficulties_title"), as_of)


def country_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """What is under way with each country, split into tasks, entries of registers and open difficulties.

    Columns: key, name, tasks, entries, difficulties. Keys of a part: code of the country, part.
    """
    look = Look(language, dark)
    parts = [
        BarPart(
            name,
            f"{shape} {text(f'country_part.{name}', language)}",
            look.colours.completion(_PART_STEPS[name]),
        )
        for name, shape in _PART_SHAPES.items()
    ]
    return _count_bars(look, frame, parts, title or look.say("countries_title"), as_of)


def tag_bars(
    frame: pd.DataFrame,
    *,
    language: Language,
    as_of: date | None = None,
    dark: bool = False,
    title: str | None = None,
) -> go.Figure:
    """How many tasks have each tag. Columns: key, name, tasks. Keys of a bar: its tag."""
    look = Look(language, dark)
    label = f"{_PART_SHAPES['tasks']} {text('country_part.tasks', language)}"
    parts = [BarPart("tasks", label, look.colours.completion(_PART_STEPS["tasks"]))]
    return _count_bars(look, frame, parts, title or look.say("tags_title"), as_of)


def _count_bars(
    look: Look, frame: pd.DataFrame, parts: Sequence[BarPart], title: str, as_of: date | None
) -> go.Figure:
    """Shows the rows with the highest counts, and says how many rows there are in all."""
    totals = frame[[part.column for part in parts]].sum(axis=1)
    frame = frame.assign(total=totals)[totals > 0].sort_values("total", ascending=False, kind="stable")
    if frame.empty:
        return empty(look, title=title, why="none_open")
    shown = frame.head(MOST_ROWS)
    labels, margin = _labels(look, shown)
    return figure(
        look,
        [*_bars(look, shown, parts, as_of), _totals(look, shown)],
        title=title,
        subtitle=_legend(look, parts, len(frame)),
        height=len(shown) * _ROW + 76,
        margin={"l": margin, "r": 40},
        xaxis={"visible": False, "range": [0, max(int(shown["total"].max()), LEAST) * 1.06]},
        yaxis={"visible": False, "range": [-len(shown) + 0.4, 0.6]},
        annotations=labels,
    )


def _legend(look: Look, parts: Sequence[BarPart], rows: int) -> str:
    words = "　".join(part.label for part in parts)
    return words if rows <= MOST_ROWS else f"{words}　{look.say('most_rows', shown=MOST_ROWS, rows=rows)}"


def _labels(look: Look, frame: pd.DataFrame) -> tuple[list[dict[str, Any]], int]:
    named = [(-place, shortened(row.name, 12), look.colours.ink) for place, row in enumerate(rows_of(frame))]
    return row_labels(named, size=13)


def _bars(
    look: Look, frame: pd.DataFrame, parts: Sequence[BarPart], as_of: date | None
) -> list[dict[str, Any]]:
    """One trace per part, each starting where the previous one ends."""
    ends = frame[[part.column for part in parts]].cumsum(axis=1)
    lines = [] if as_of is None else [look.say("hover_as_of", day=as_of.isoformat())]
    return [_part(look, frame, part, ends[part.column] - frame[part.column], lines) for part in parts]


def _part(
    look: Look, frame: pd.DataFrame, part: BarPart, starts: pd.Series, lines: Sequence[str]
) -> dict[str, Any]:
    ink = {"color": look.colours.text_on(part.fill)}
    counts = frame[part.column].astype(int).tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "base": starts.astype(int).tolist(),
        "x": counts,
        "y": [-place for place in range(len(frame))],
        "width": 0.7,
        "marker": {"color": part.fill, "line": {"width": 1, "color": look.colours.paper}},
        "text": [part.shape if count else "" for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": ink,
        "selected": {"textfont": ink},
        "customdata": [
            [row.key, part.column, plain(row.name), count]
            for row, count in zip(rows_of(frame), counts, strict=True)
        ],
        "hovertemplate": "<br>".join(
            ["<b>%{customdata[2]}</b>", look.say("count_hover", part=part.label), *lines]
        )
        + "<extra></extra>",
    }


def _totals(look: Look, frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "cliponaxis": False,
        "x": frame["total"].astype(int).tolist(),
        "y": [-place for place in range(len(frame))],
        "text": [f" {total}" for total in frame["total"].astype(int)],
        "textposition": "middle right",
        "textfont": {"color": look.colours.ink},
        "hoverinfo": "skip",
    }
