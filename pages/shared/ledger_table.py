"""Owns how the ledger is shown and told: its columns under their headers, its rows up to what a screen can use."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from pages.shared.navigation import address
from pages.shared.words import language, t
from tracking.ledger import ledger_headers
from tracking.palette import SHAPES
from tracking.words import Light

MOST_ROWS = 2000
HEIGHT = 460
_NUMBERS = {"completion": "%.1f", "expected": "%.1f", "deviation": "%+.1f"}
# Pixels; what is not named gets the last.
_WIDTHS = {
    **dict.fromkeys(("seq", "evidence"), 56),
    **dict.fromkeys(("light", "officer", "liaison", "completion"), 84),
    **dict.fromkeys(("expected", "deviation", "starts_on", "due_on", "submitted_on", "review_status"), 104),
    **dict.fromkeys(("task", "measure", "authority", "key_area"), 200),
    **dict.fromkeys(("goal", "quarter_nodes", "progress", "difficulties", "next_steps"), 300),
}
_OTHER_WIDTH = 130
# They stay in sight while the rest is scrolled.
_PINNED = frozenset({"seq", "task", "light"})


def ledger_sentence(frame: pd.DataFrame, period: str, *, narrowed: bool) -> str:
    """What the lines say together."""
    lights = frame["light"].value_counts()
    counts = {light: int(lights.get(light, 0)) for light in ("red", "amber", "blue")}
    key = "ledger_page.sentence_narrowed" if narrowed else "ledger_page.sentence"
    return t(key, period=period, tasks=len(frame), units=frame["authority"].nunique(), **counts)


def ledger_table(frame: pd.DataFrame, key: str) -> int | None:
    """The first lines of the ledger; returns the task of a row just clicked."""
    rows = frame.head(MOST_ROWS)
    if len(rows) < len(frame):
        st.caption(t("ledger_page.first_rows", shown=len(rows), tasks=len(frame)))
    headers = ledger_headers(language())
    event = st.dataframe(
        _shown(rows[list(headers)]),
        column_config={name: _column(name, header) for name, header in headers.items()},
        hide_index=True,
        height=HEIGHT if len(rows) > 12 else "auto",
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = event.selection.cells
    return int(rows["task_id"].iloc[cells[0][0]]) if cells else None


def export_address(ending: str, **query: Any) -> str:
    """Where the server gives the same lines as a file."""
    return f"/ledger.{ending}?{urlencode(address(**query))}"


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    status = [None if pd.isna(word) else t(f"update_status.{word}") for word in rows["review_status"]]
    lights = [f"{SHAPES[Light(light)]} {t(f'light.{light}')}" for light in rows["light"]]
    return rows.assign(light=lights, review_status=status)


def _column(name: str, header: str) -> Any:
    options: dict[str, Any] = {
        "width": _WIDTHS.get(name, _OTHER_WIDTH),
        "pinned": name in _PINNED or None,
    }
    if name in _NUMBERS:
        return st.column_config.NumberColumn(header, format=_NUMBERS[name], **options)
    if name.endswith("_on"):
        return st.column_config.DateColumn(header, format="YYYY-MM-DD", **options)
    return st.column_config.Column(header, **options)
