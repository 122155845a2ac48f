"""Owns how a chart or a table stands on a page and tells which mark or row was clicked."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from pandas import DataFrame
from plotly.graph_objects import Figure

from pages.shared.words import language, t
from tracking.charts import description, plotly_config


def dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def picture(plot: Figure, *, key: str, table: DataFrame | None = None, picks: bool = False) -> Any:
    """A chart with its table one click away; returns the `customdata` of a mark just clicked, or None."""
    event = st.plotly_chart(
        plot,
        key=key,
        theme=None,
        alt=description(plot),
        config=plotly_config(language()),
        on_select="rerun" if picks else "ignore",
        selection_mode="points",
    )
    if table is not None:
        _table_behind(table, key)
    points = event.selection.points if picks else []
    return points[0].get("customdata") if points else None


def _table_behind(table: DataFrame, key: str) -> None:
    drawer = st.popover(
        t("page.show_table"), type="tertiary", icon=":material/table:", on_change="rerun", key=f"{key}_table"
    )
    if drawer.open:
        drawer.dataframe(table, hide_index=True)


def table(frame: DataFrame, columns: Mapping[str, Any], *, key: str, height: int | None = None) -> int | None:
    """A table of the named columns (id → label or column configuration); returns the place of a row just clicked."""
    event = st.dataframe(
        frame,
        column_order=list(columns),
        column_config=dict(columns),
        hide_index=True,
        key=key,
        height=height or "auto",
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = event.selection.cells
    return int(cells[0][0]) if cells else None
