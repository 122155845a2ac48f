"""What changed between two days: figures, picture and lists, each linked to what lies behind it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure as Plot

from db.changes.queries import CLEARED, NEW, Changes
from pages.shared.components import Figure, figures
from pages.shared.navigation import open_page
from pages.shared.pictures import Lead, dark, picture
from pages.shared.tables import plain_table, table
from pages.shared.vintages import AS_OF
from pages.shared.wording import language, translate
from tracking import charts


def change_figures(found: Changes) -> None:
    """New and cleared reds, moved dates, new evidence, silent units."""
    counts = found.counts
    figures(
        [
            Figure(translate("changes.new_reds"), translate("figure.tasks", tasks=counts["new"])),
            Figure(translate("changes.cleared_reds"), translate("figure.tasks", tasks=counts["cleared"])),
            Figure(translate("changes.moves"), translate("changes.times", count=counts["moves"])),
            Figure(translate("changes.evidence"), translate("changes.files", count=counts["files"])),
            Figure(
                translate("changes.silent"),
                translate("figure.units", units=counts["silent"]),
                translate("changes.posts_count", count=counts["posts"]),
                translate("changes.officers"),
            ),
        ]
    )


def change_picture(found: Changes) -> None:
    """The progress of each measure; a click opens the measure."""
    plot = _plot(found)
    columns = ("number", "title", "before_permille", "completion_permille")
    table = partial(plain_table, found.measures, *columns)
    picture(plot, key="changes", table=table, leads=leads_by_day)


def leads_by_day(keys: Sequence[Any]) -> Lead:
    """Where the dots lead: to the measure as known at the end of that day."""
    return "measure", {"measure": int(keys[0]), AS_OF: keys[1]}


def _plot(found: Changes) -> Plot:
    span = found.span
    return charts.change_dots(
        found.measures, since=span.since, until=span.until, language=language(), dark=dark()
    )


def show_lists(found: Changes) -> None:
    """One list per kind of change; empty ones say so."""
    tasks = ("unit_name", "number", "title", "completion_permille", "due_on", "officer_name")
    for change, key in ((NEW, "new_reds"), (CLEARED, "cleared_reds")):
        _list(key, found.reds[found.reds["change"] == change], *tasks)
    moves = found.moves.rename(columns={"days": "moved_days", "reason": "move_reason"})
    _list(
        "moves", moves, "unit_name", "task_number", "title", "from_on", "to_on", "moved_days", "move_reason"
    )
    files = found.evidence.rename(columns={"name": "file"})
    _list("evidence", files, "unit_name", "title", "file")
    _list("silent", found.silent, "unit_name", "tasks", "last_reported_on")
    words = [translate(f"changes.{change}") for change in found.officers["change"]]
    officers = found.officers.assign(post_change=words)
    _list("officers", officers, "authority_name", "post_title", "officer_name", "post_change", "changed_on")


def _list(key: str, frame: pd.DataFrame, *columns: str) -> None:
    st.header(f"{translate(f'changes.{key}')}　{len(frame)}", anchor=False)
    if frame.empty:
        st.caption(translate("changes.none"))
        return
    place = table(frame, *columns, key=f"changes_{key}", height=None if len(frame) < 9 else 320)
    if place is not None:
        _open(frame.iloc[place])


def _open(row: Any) -> None:
    if "task_id" in row:
        open_page("task", task=int(row["task_id"]))
    if "unit_id" in row:
        open_page("region", unit=int(row["unit_id"]))
    open_page("officers", post=int(row["post_id"]))
