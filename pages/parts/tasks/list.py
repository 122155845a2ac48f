"""The tasks behind a figure: filtered by light, each linked to its sheet."""

import pandas as pd
import streamlit as st

from db.tasks.past_tasks import task_frame_at
from db.tasks.queries import task_index, tasks_of
from pages.parts.figures.extract import Extract, measures_of, rows_of
from pages.shared.components import empty
from pages.shared.filters import switch
from pages.shared.navigation import open_page
from pages.shared.paging import shown_part
from pages.shared.reads import Reads
from pages.shared.tables import Table, kept_table, traced
from pages.shared.wording import day, language, translate
from tracking.figures.counts import task_counts
from tracking.palette import SHAPES
from tracking.vocabulary import Language

# A longer list is turned page by page: the rest of a nation's tasks is counted, and not read.
ON_A_PAGE = 200
_COLUMNS = (
    *("title", "light", "completion_permille", "expected_permille", "deviation_permille", "due_on"),
    *("officer_name", "last_reported_on"),
)


def _listed(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The tasks of an extract as of the page's day: columns of `task_index`, or of `task_frame` as of a past day."""
    choice = extract.choice
    asked = {"notice_id": choice.notice_id, "year": choice.year}
    ids = {"unit_id": extract.unit_id, "measure_id": extract.measure_id}
    if reads.known_on is None:
        tasks = reads.scoped(task_index, **asked, **ids)
    else:
        tasks = reads.scoped(task_frame_at, known_on=reads.known_on, **asked, **ids)
    tasks = tasks[tasks["measure_id"].isin(measures_of(reads, extract)["measure_id"])]
    return rows_of(reads, extract, tasks)


def _table(
    reads: Reads, extract: Extract, task_ids: tuple[int, ...], columns: tuple[str, ...], _language: Language
) -> Table:
    """These tasks of it, with all that is shown of them."""
    if reads.known_on is None:
        return traced(reads.scoped(tasks_of, task_ids=task_ids), *columns)
    listed = reads.made(_listed, extract)
    return traced(listed[listed["task_id"].isin(task_ids)], *columns)


def task_list(reads: Reads, extract: Extract, *columns: str) -> None:
    """The tasks with a row of lights above; `columns` are those that identify them here."""
    listed = reads.made(_listed, extract)
    st.header(translate("task_list.title", day=day(reads.today)), anchor=False)
    light = switch("light", _lights(listed))
    if light:
        listed = listed[listed["light"] == light]
    if listed.empty:
        empty(translate("task_list.empty"))
        return
    place, pages = st.container(), st.container()
    with pages:
        part = shown_part(listed, "tasks", ON_A_PAGE)
    task_ids = part["task_id"].tolist()
    with place:
        table = reads.made(_table, extract, tuple(task_ids), (*columns, *_COLUMNS), language())
        clicked = kept_table(table, key=f"tasks_{light}_{part.index[0]}")
    if clicked:
        task_id = task_ids[clicked[0]]
        if clicked[1]:
            open_page("trace", task=task_id, period=extract.choice.period_id)
        open_page("task", task=task_id)


def _lights(tasks: pd.DataFrame) -> dict[str, str]:
    counts = task_counts(tasks)
    named = {
        str(light): f"{SHAPES[light]} {translate(f'light.{light}')} {count}"
        for light, count in counts.lights.items()
    }
    return {"": translate("task_list.all", count=counts.tasks), **named}
