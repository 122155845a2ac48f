"""The ledger as a table: its columns and headers, and as many rows as a screen can use."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from db.ledger.index import ledger_index
from db.ledger.queries import ledger_frame
from pages.parts.figures.extract import Extract, headline_of
from pages.parts.ledger.asked import LedgerSelection
from pages.parts.ledger.paper import ledger_as_text
from pages.shared.navigation import address
from pages.shared.reads import Reads
from pages.shared.wording import language, translate
from tracking.countries import country_names
from tracking.figures.counts import TaskCounts, task_counts
from tracking.ledgers.columns import ledger_headers
from tracking.palette import SHAPES
from tracking.vocabulary import Light

MOST_ROWS = 1000
HEIGHT = 460
_NUMBERS = {"completion": "%.1f", "expected": "%.1f", "deviation": "%+.1f"}
# Pixels; columns not listed get the last.
_WIDTHS = {
    **dict.fromkeys(("seq", "evidence"), 56),
    **dict.fromkeys(("light", "officer", "liaison", "completion", "expected"), 92),
    **dict.fromkeys(("deviation", "starts_on", "due_on", "submitted_on", "review_status"), 104),
    **dict.fromkeys(("measure", "authority", "key_area"), 180),
    "task": 240,
    **dict.fromkeys(("goal", "quarter_nodes", "progress", "difficulties", "next_steps"), 300),
}
_OTHER_WIDTH = 130
# What a line is about stands first, and how it is, as far as a phone is wide; the rest follows in the order of the register.
# Only the number stays in sight while the rest is scrolled, since what stays is written in a grey too pale for a text.
_FIRST = ("seq", "task", "light", "completion", "due_on", "authority", "expected", "deviation", "officer")
_PINNED = frozenset({"seq"})


def read_ledger(reads: Reads, asked: LedgerSelection) -> tuple[pd.DataFrame, TaskCounts]:
    """The first `MOST_ROWS` of the selected lines, and the counts of all."""
    choice = asked.extract.choice
    period = {"period_id": choice.period_id, "vintage": choice.vintage}
    if not (asked.light or asked.text or asked.action_id or asked.country or asked.tag_id):
        frame = reads.scoped(ledger_frame, **period, **asked.where, first=MOST_ROWS)
        return frame, _counts_of_all(reads, asked.extract)
    index = reads.scoped(ledger_index, **period, **asked.where, light=asked.light, text=asked.text)
    first = tuple(index["task_id"].head(MOST_ROWS).tolist())
    return reads.scoped(ledger_frame, **period, task_ids=first), task_counts(index)


def _counts_of_all(reads: Reads, extract: Extract) -> TaskCounts:
    """The counts from the summaries, for sizes at which reading the lines takes seconds."""
    head = reads.made(headline_of, extract)
    return TaskCounts(head.tasks, head.suspended, head.units, head.lights)


def ledger_sentence(counts: TaskCounts, period: str, *, narrowed: bool) -> str:
    """A sentence summing up the lines."""
    lights = {str(light): counts.lights[light] for light in (Light.RED, Light.AMBER, Light.BLUE)}
    key = "ledger_page.sentence_narrowed" if narrowed else "ledger_page.sentence"
    beside = translate("ledger_page.beside", tasks=counts.suspended) if counts.suspended else ""
    said = {"period": period, "tasks": counts.tasks, "units": counts.units, "beside": beside}
    return translate(key, **said, **lights)


def ledger_table(frame: pd.DataFrame, lines: int, key: str) -> int | None:
    """The first lines out of this many; returns the task of a row just clicked."""
    rows = frame.head(MOST_ROWS)
    if len(rows) < lines:
        st.caption(translate("ledger_page.first_rows", shown=len(rows), tasks=lines))
    headers = ledger_headers(language())
    shown = _shown(rows)
    event = st.dataframe(
        shown[list(headers)],
        column_config={name: _column(name, header) for name, header in headers.items()},
        column_order=[*_FIRST, *(name for name in headers if name not in _FIRST)],
        hide_index=True,
        height=HEIGHT if len(rows) > 12 else "auto",
        key=key,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
    )
    ledger_as_text(shown, headers, _FIRST)
    cells = event.selection.cells
    return int(rows["task_id"].iloc[cells[0][0]]) if cells else None


def export_address(ending: str, **query: Any) -> str:
    """The server's address for the same lines as a file."""
    return f"/ledger.{ending}?{urlencode(address(**query))}"


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    status = [None if pd.isna(word) else translate(f"update_status.{word}") for word in rows["review_status"]]
    lights = [f"{SHAPES[Light(light)]} {translate(f'light.{light}')}" for light in rows["light"]]
    named = [country_names(codes, language()) for codes in rows["countries"]]
    worded = pd.Series(status, rows.index, dtype=object)
    return rows.assign(light=lights, review_status=worded, countries=named)


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
