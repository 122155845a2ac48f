"""Frames shown as tables: each column's format, told by its name, and which row was clicked.

A column is headed `column.<name>`, or by the `labels` of a table whose columns are data. `…_permille` is shown as a percentage, a difference of two in points,
`…_on` as a day, a light with shape and word, a light's count under both. A table that scrolls on the screen is
printed as one that does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.wording import day, plain, translate
from tracking.palette import SHAPES
from tracking.vocabulary import Light

LIGHTS = tuple(str(light) for light in Light)
# The columns on a unit, region or measure, after its name.
FIGURES = (
    "completion_permille",
    "expected_permille",
    "deviation_permille",
    "tasks",
    "reported",
    *LIGHTS,
)
# What fits on a screen without scrolling, and what is worth printing.
ON_SCREEN, ON_PAPER = 16, 100
# Pixels; any remaining width is shared by all columns.
_WIDTHS = {
    **dict.fromkeys(("title", "goal", "progress", "reason"), 280),
    **dict.fromkeys(("authority_name", "post_title", "called", "taken_for", "serves", "counts_in"), 190),
    "read": 320,
    **dict.fromkeys(("old", "new"), 230),
    "officer_name": 92,
    "trace": 64,
}
# Differences of percentages.
_POINTS = ("deviation_permille", "gap_permille")
# Those, weights, and each part's contribution to a sum of weight × percent.
_FORMATS = {**dict.fromkeys(_POINTS, "%+.1f"), "weights": "%.1f", "product": "%.2f"}
_NARROW = 92
_DAY = 104
_WORDS = {
    "status": "task_status",
    "update_status": "update_status",
    "plan_status": "plan_status",
    "handover_state": "handover_state",
    "relation": "relation",
}


def table(
    frame: pd.DataFrame,
    *columns: str,
    key: str,
    height: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> int | None:
    """A table of these columns; returns the position in `frame` of a row just clicked."""
    clicked = _clicked(_printable(frame, *columns, labels=labels), key, height)
    return clicked[0] if clicked else None


def traced_table(
    frame: pd.DataFrame, *columns: str, key: str, height: int | None = None
) -> tuple[int, bool] | None:
    """The same with a last column that leads to the parts of the row's figures.

    Returns the position of a row just clicked, and whether it was clicked in that column.
    """
    return kept_table(traced(frame, *columns), key=key, height=height)


@dataclass(frozen=True)
class Table:
    """A frame as it stands on the screen and, as Markdown, on paper; in the reader's language."""

    screen: pd.DataFrame
    paper: str
    labels: Mapping[str, str] = field(default_factory=dict)


def traced(frame: pd.DataFrame, *columns: str) -> Table:
    """What `traced_table` shows of a frame, to be kept and shown by `kept_table`."""
    table = _printable(frame, *columns)
    return Table(table.screen.assign(trace=translate("trace.link")), table.paper)


def kept_table(table: Table, *, key: str, height: int | None = None) -> tuple[int, bool] | None:
    """The same as `traced_table`."""
    clicked = _clicked(table, key, height)
    return (clicked[0], clicked[1] == "trace") if clicked else None


def _printable(frame: pd.DataFrame, *columns: str, labels: Mapping[str, str] | None = None) -> Table:
    screen = shown(frame[list(columns)])
    return Table(screen, _on_paper(screen, labels or {}), labels or {})


def _clicked(table: Table, key: str, height: int | None) -> tuple[int, str] | None:
    event = st.dataframe(
        table.screen,
        column_config={str(name): _column(str(name), table.labels) for name in table.screen},
        hide_index=True,
        key=key,
        height=height or "auto",
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
    )
    _print(table.paper, key)
    cells = event.selection.cells
    return (int(cells[0][0]), str(cells[0][1])) if cells else None


def plain_table(
    frame: pd.DataFrame,
    *columns: str,
    height: int | None = None,
    printed: str | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """The same without clicks, by default with all columns; printed only under the key `printed`."""
    named = columns or tuple(map(str, frame))
    screen = shown(frame[list(named)])
    st.dataframe(
        screen,
        column_config={name: _column(name, labels or {}) for name in named},
        hide_index=True,
        height=height or "auto",
        placeholder="—",
    )
    if printed:
        _print(_on_paper(screen, labels or {}), printed)


def table_height(rows: int) -> int:
    """The height in pixels of this many rows, limited to a screen."""
    return min(rows, ON_SCREEN) * 35 + 38


def _on_paper(screen: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """The same as lines of text; empty for longer tables, which are left to the downloads."""
    if screen.empty or len(screen) > ON_PAPER:
        return ""
    words = {str(name): [_words(str(name), value) for value in values] for name, values in screen.items()}
    rows = [" | ".join(row) for row in zip(*words.values(), strict=True)]
    head = " | ".join(plain(labels[name]) if name in labels else _column(name, {})["label"] for name in words)
    rule = "|".join("--:" if pd.api.types.is_numeric_dtype(screen[name]) else ":--" for name in words)
    return "\n".join(f"|{line}|" for line in (head, rule, *rows))


def _print(paper: str, key: str) -> None:
    """For print only."""
    if paper:
        with st.container(key=f"paper_{key}"):
            st.markdown(paper)


def _words(name: str, value: Any) -> str:
    """A cell as written in the table on screen."""
    if pd.isna(value):
        return "—"
    if name.endswith("_permille"):
        return f"{value:+.1f}" if name in _POINTS else f"{value:.1f}%"
    if name.endswith("_on"):
        return day(value)
    return f"{value:g}" if isinstance(value, float) else plain(value)


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as displayed: percent for permille, closed words worded."""
    return frame.assign(**{str(name): _shown(str(name), frame[name]) for name in frame})


def _shown(name: str, values: pd.Series) -> Any:
    if name in _POINTS:
        # Zero has no sign.
        return (pd.to_numeric(values) / 10).round(1) + 0.0
    if name.endswith("_permille"):
        return pd.to_numeric(values) / 10
    if name == "light":
        return [f"{SHAPES[Light(light)]} {translate(f'light.{light}')}" for light in values]
    if name in _WORDS:
        return [None if pd.isna(value) else translate(f"{_WORDS[name]}.{value}") for value in values]
    return values


def _column(name: str, labels: Mapping[str, str]) -> Any:
    if name in LIGHTS:
        label = f"{SHAPES[Light(name)]} {translate(f'light.{name}')}"
        return st.column_config.NumberColumn(label, width=_NARROW)
    label = labels.get(name) or translate(f"column.{name}")
    if name == "number":
        return st.column_config.Column(label, width=60)
    if name in _FORMATS:
        return st.column_config.NumberColumn(label, format=_FORMATS[name])
    if name.endswith("_permille"):
        return st.column_config.NumberColumn(label, format="%.1f%%", width=_NARROW)
    if name.endswith("_on"):
        return st.column_config.DateColumn(label, format="YYYY-MM-DD", width=_DAY)
    return st.column_config.Column(label, width=_WIDTHS.get(name))
