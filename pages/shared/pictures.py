"""How a chart stands on a page, with its table one click away, and where a click on a mark leads."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from hashlib import sha256
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure
from streamlit.delta_generator import DeltaGenerator

from pages.shared.navigation import open_page
from pages.shared.wording import language, translate
from tracking.charts import description, plotly_config

# A page and its filters; the keys of a mark → where it leads, None for nowhere.
Lead = tuple[str, Mapping[str, Any]]
Leads = Callable[[Sequence[Any]], Lead | None]


def dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def picture(
    plot: Figure,
    *,
    key: str,
    table: Callable[[], None] | None = None,
    leads: Leads | None = None,
    still: str = "",
) -> None:
    """A chart and, behind one click, what `table` draws; clicking a mark goes where it `leads`.

    `still` is the same picture as plain HTML, shown until the code that draws charts is there.
    """
    with st.container(key=f"{key}-still") if still else nullcontext():
        if still:
            st.html(still)
        points = _draw(plot, key, leads)
    if table is not None:
        _table_behind(table, key)
    found = leads(points[0]["customdata"]) if leads and points and points[0].get("customdata") else None
    if found is not None:
        name, query = found
        open_page(name, **query)


def _draw(plot: Figure, key: str, leads: Leads | None) -> Sequence[Mapping[str, Any]]:
    """The selected marks; keyed by address, so that a page leading to itself does so only once."""
    event = st.plotly_chart(
        plot,
        key=f"{key}_{_here()}",
        theme=None,
        alt=description(plot),
        config=plotly_config(language()),
        on_select="rerun" if leads else "ignore",
        selection_mode="points",
    )
    return [] if isinstance(event, DeltaGenerator) else event.selection.points


def _here() -> str:
    return sha256(repr(sorted(st.query_params.items())).encode()).hexdigest()[:12]


def _table_behind(table: Callable[[], None], key: str) -> None:
    label = translate("page.show_table")
    drawer = st.popover(
        label, type="tertiary", icon=":material/table:", on_change="rerun", key=f"{key}_table"
    )
    if drawer.open:
        with drawer:
            table()
