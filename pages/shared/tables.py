"""Owns how frames are shown as tables: which column is shown how, told by its name, and which row was clicked.

A column is headed `column.<name>`. `…_permille` is shown as a percentage, `deviation_permille` in points,
`…_on` as a day, a light with shape and word, a light's count under both.
"""

from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.words import t
from tracking.palette import SHAPES
from tracking.words import Light

LIGHTS = tuple(str(light) for light in Light)
# What is said of a unit, a region or a measure, after its name.
FIGURES = (
    "completion_permille",
    "expected_permille",
    "deviation_permille",
    "tasks",
    "reported",
    *LIGHTS,
)
_WIDE = frozenset({"title", "goal", "progress", "reason"})
_WORDS = {"status": "task_status", "update_status": "update_status", "plan_status": "plan_status"}


def table(frame: pd.DataFrame, *columns: str, key: str, height: int | None = None) -> int | None:
    """A table of these columns; returns the place in `frame` of a row just clicked."""
    event = st.dataframe(
        shown(frame[list(columns)]),
        column_config={name: _column(name) for name in columns},
        hide_index=True,
        key=key,
        height=height or "auto",
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = event.selection.cells
    return int(cells[0][0]) if cells else None


def plain_table(frame: pd.DataFrame, *columns: str) -> None:
    """The same without clicks, of all columns where none is named."""
    named = columns or tuple(frame)
    st.dataframe(
        shown(frame[list(named)]),
        column_config={name: _column(name) for name in named},
        hide_index=True,
        placeholder="—",
    )


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it is shown: percent for permille, closed words worded."""
    return frame.assign(**{str(name): _shown(str(name), frame[name]) for name in frame})


def _shown(name: str, values: pd.Series) -> Any:
    if name.endswith("_permille"):
        return pd.to_numeric(values) / 10
    if name == "light":
        return [f"{SHAPES[Light(light)]} {t(f'light.{light}')}" for light in values]
    if name in _WORDS:
        return [None if pd.isna(value) else t(f"{_WORDS[name]}.{value}") for value in values]
    return values


def _column(name: str) -> Any:
    if name in LIGHTS:
        label = f"{SHAPES[Light(name)]} {t(f'light.{name}')}"
        return st.column_config.NumberColumn(label, width="small")
    label = t(f"column.{name}")
    if name.endswith("_permille"):
        if name == "deviation_permille":
            return st.column_config.NumberColumn(label, format="%+.1f")
        return st.column_config.NumberColumn(label, format="%.1f%%", width="small")
    if name.endswith("_on"):
        return st.column_config.DateColumn(label, format="YYYY-MM-DD", width="small")
    return st.column_config.Column(label, width="large" if name in _WIDE else None)
