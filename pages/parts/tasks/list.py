"""The tasks behind a figure: filtered by light, each linked to its sheet."""

import pandas as pd
import streamlit as st

from db.tasks.past_tasks import task_frame_at
from pages.parts.figures.extract import Extract, measures_of
from pages.shared.choices import units_in_reach
from pages.shared.components import empty
from pages.shared.filters import switch
from pages.shared.navigation import open_page
from pages.shared.reads import Reads
from pages.shared.tables import traced_table
from pages.shared.wording import day, translate
from tracking.figures.counts import task_counts
from tracking.palette import SHAPES


def tasks_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """The tasks of an extract as of the page's day; columns of `task_frame`."""
    choice = extract.choice
    tasks = reads.scoped(
        task_frame_at,
        known_on=reads.known_on,
        notice_id=choice.notice_id,
        year=choice.year,
        unit_id=extract.unit_id,
        measure_id=extract.measure_id,
    )
    tasks = tasks[tasks["measure_id"].isin(measures_of(reads, extract)["measure_id"])]
    if extract.region is None:
        return tasks
    units = units_in_reach(reads)
    return tasks[tasks["unit_id"].isin(units[units[extract.grouping] == extract.region]["unit_id"])]


def task_list(reads: Reads, extract: Extract, *columns: str) -> None:
    """The tasks with a row of lights above; `columns` are those that identify them here."""
    tasks = tasks_of(reads, extract)
    st.header(translate("task_list.title", day=day(reads.today)), anchor=False)
    light = switch("light", _lights(tasks))
    if light:
        tasks = tasks[tasks["light"] == light]
    if tasks.empty:
        empty(translate("task_list.empty"))
        return
    clicked = traced_table(
        tasks,
        *columns,
        *("title", "light", "completion_permille", "expected_permille", "deviation_permille", "due_on"),
        *("officer_name", "last_reported_on"),
        key=f"tasks_{light}",
    )
    if clicked:
        task_id = tasks["task_id"].iloc[clicked[0]]
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
