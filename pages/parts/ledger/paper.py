"""The ledger as text for paper and phone: a grid prints only what the screen shows of it, and a phone shows too little."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.navigation import link
from pages.shared.wording import day

_POINTS = frozenset({"completion", "expected", "deviation"})


def ledger_as_text(rows: pd.DataFrame, headers: Mapping[str, str], columns: Iterable[str]) -> None:
    """The lines as a table in these columns, in print and on the phone; the name of a task leads to it.

    As HTML: to read so many lines as Markdown would keep a browser busy for a second at every visit.
    """
    names = list(columns)
    words = ([escape(_word(name, value)) for value in rows[name]] for name in names)
    cells = dict(zip(names, words, strict=True))
    leads_to = (escape(link("task", task=task_id)) for task_id in rows["task_id"])
    named = zip(leads_to, cells["task"], strict=True)
    cells["task"] = [f'<a href="{address}" target="_self">{word}</a>' for address, word in named]
    head = "".join(f"<th>{escape(headers[name])}</th>" for name in names)
    lines = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>"
        for line in zip(*cells.values(), strict=True)
    )
    with st.container(key="paper_ledger"):
        st.html(f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>")


def _word(name: str, value: Any) -> str:
    """A cell as the table on the screen writes it."""
    if pd.isna(value):
        return "—"
    if name in _POINTS:
        return f"{value:+.1f}" if name == "deviation" else f"{value:.1f}"
    return day(value) if name.endswith("_on") else str(value)
