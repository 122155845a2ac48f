"""The ledger as a table: its columns and headers, and as many rows as a screen can use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from db.ledger.index import ledger_index
from db.ledger.queries import ledger_counts, ledger_frame
from pages.parts.figures.extract import headline_of
from pages.parts.ledger.asked import LedgerSelection
from pages.shared.navigation import address
from pages.shared.reads import Reads
from pages.shared.wording import language, translate
from tracking.ledgers.columns import ledger_headers
from tracking.palette import SHAPES
from tracking.vocabulary import Light

MOST_ROWS = 1000
HEIGHT = 460
_NUMBERS = {"completion": "%.1f", "expected": "%.1f", "deviation": "%+.1f"}
# Pixels; what is not named gets the last.
_WIDTHS = {
    **dict.fromkeys(("seq", "evidence"), 56),
    **dict.fromkeys(("light", "officer", "liaison", "completion", "expected"), 92),
    **dict.fromkeys(("deviation", "starts_on", "due_on", "submitted_on", "review_status"), 104),
    **dict.fromkeys(("measure", "authority", "key_area"), 180),
    "task": 240,
    **dict.fromkeys(("goal", "quarter_nodes", "progress", "difficulties", "next_steps"), 300),
}
_OTHER_WIDTH = 130
# What tells a line apart stands first; the rest follows in the order of the register. Only the number stays in
# sight while the rest is scrolled, since what stays is written in a grey too pale for a text.
_FIRST = ("seq", "authority", "task", "light", "completion", "expected", "deviation", "due_on", "officer")
_PINNED = frozenset({"seq"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks the ledger holds, of how many authorities, and how many stand under each light."""

    tasks: int
    authorities: int
    lights: Mapping[Any, int]


def read_ledger(reads: Reads, asked: LedgerSelection) -> tuple[pd.DataFrame, Counts]:
    """The first `MOST_ROWS` lines that are asked for, and the counts of all."""
    choice = asked.extract.choice
    period = {"period_id": choice.period_id, "vintage": choice.vintage}
    if not (asked.light or asked.text or asked.action_id):
        frame = reads.scoped(ledger_frame, **period, **asked.where, first=MOST_ROWS)
        return frame, _counts_of_all(reads, asked)
    index = reads.scoped(ledger_index, **period, **asked.where, light=asked.light, text=asked.text)
    first = tuple(index["task_id"].head(MOST_ROWS).tolist())
    lights = index["light"].value_counts().to_dict()
    counts = Counts(len(index), index["authority_id"].nunique(), lights)
    return reads.scoped(ledger_frame, **period, task_ids=first), counts


def _counts_of_all(reads: Reads, asked: LedgerSelection) -> Counts:
    """The counts from the summaries: at a size at which the lines themselves take seconds to be read."""
    choice = asked.extract.choice
    counted = reads.scoped(ledger_counts, period_id=choice.period_id, vintage=choice.vintage, **asked.where)
    return Counts(*counted, reads.made(headline_of, asked.extract).lights)


def ledger_sentence(counts: Counts, period: str, *, narrowed: bool) -> str:
    """What the lines say together."""
    lights = {str(light): counts.lights.get(light, 0) for light in (Light.RED, Light.AMBER, Light.BLUE)}
    key = "ledger_page.sentence_narrowed" if narrowed else "ledger_page.sentence"
    return translate(key, period=period, tasks=counts.tasks, units=counts.authorities, **lights)


def ledger_table(frame: pd.DataFrame, tasks: int, key: str) -> int | None:
    """The first lines of a ledger of so many tasks; returns the task of a row just clicked."""
    rows = frame.head(MOST_ROWS)
    if len(rows) < tasks:
        st.caption(translate("ledger_page.first_rows", shown=len(rows), tasks=tasks))
    headers = ledger_headers(language())
    event = st.dataframe(
        _shown(rows[list(headers)]),
        column_config={name: _column(name, header) for name, header in headers.items()},
        column_order=[*_FIRST, *(name for name in headers if name not in _FIRST)],
        hide_index=True,
        height=HEIGHT if len(rows) > 12 else "auto",
        key=key,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = event.selection.cells
    return int(rows["task_id"].iloc[cells[0][0]]) if cells else None


def export_address(ending: str, **query: Any) -> str:
    """Where the server gives the same lines as a file."""
    return f"/ledger.{ending}?{urlencode(address(**query))}"


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    status = [None if pd.isna(word) else translate(f"update_status.{word}") for word in rows["review_status"]]
    lights = [f"{SHAPES[Light(light)]} {translate(f'light.{light}')}" for light in rows["light"]]
    return rows.assign(light=lights, review_status=pd.Series(status, rows.index, dtype=object))


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
