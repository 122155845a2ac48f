"""The ledger on paper: every line as text, since a grid prints only what the screen shows of it."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.wording import day

_POINTS = frozenset({"completion", "expected", "deviation"})


def ledger_on_paper(rows: pd.DataFrame, headers: Mapping[str, str], columns: Iterable[str]) -> None:
    """The lines as a table in these columns, seen in print only.

    As HTML: to read so many lines as Markdown would keep a browser busy for a second at every visit.
    """
    names = list(columns)
    words = ([_word(name, value) for value in rows[name]] for name in names)
    head = "".join(f"<th>{escape(headers[name])}</th>" for name in names)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(word)}</td>' for word in line)}</tr>"
        for line in zip(*words, strict=True)
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
