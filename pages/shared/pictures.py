"""A chart on a page, with its table one click away, and which mark was clicked."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from pages.shared.wording import language, translate
from tracking.charts import description, plotly_config


def dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def picture(
    plot: Figure, *, key: str, table: Callable[[], None] | None = None, picks: bool = True
) -> list[Any] | None:
    """A chart and, one click away, what `table` draws; returns the keys of a mark just clicked, or None."""
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


def _table_behind(table: Callable[[], None], key: str) -> None:
    label = translate("page.show_table")
    drawer = st.popover(
        label, type="tertiary", icon=":material/table:", on_change="rerun", key=f"{key}_table"
    )
    if drawer.open:
        with drawer:
            table()
