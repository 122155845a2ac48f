"""The coverage: for every unit and measure, whether there is a task, a date, an officer and an indicator."""

from functools import partial

import streamlit as st

from pages.parts.coverage.views import (
    CoverageSelection,
    cell_table,
    cells_of,
    coverage_figures,
    coverage_sentence,
    drawn_grid,
    gap_tasks,
    leads_to_tasks,
    pick_part,
    without_action,
)
from pages.shared.access import require
from pages.shared.choices import chosen_notice
from pages.shared.components import empty, foot, heading
from pages.shared.navigation import open_page
from pages.shared.papers import paper_links
from pages.shared.pictures import picture
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, table
from pages.shared.wording import day, translate
from tracking.coverage import coverage_by_unit
from tracking.permissions import Right, may

by = require("coverage")
reads = reads_for(by)
top = st.container()

CELLS = ("unit", "line", "cover", "met", "tasks", "overdue", "vacant", "targeted")
# With more units than this, a narrow screen scrolls the picture.
MANY = 12
UNITS = ("unit", "full", "partly", "empty", "lacks_date", "lacks_officer", "lacks_indicator")


def show(part: CoverageSelection) -> None:
    """The page from the top, once the selection is known."""
    cells = reads.made(cells_of, part)
    with top:
        heading(translate("page.coverage"), "" if cells.empty else coverage_sentence(reads, part, cells))
    if cells.empty:
        empty(translate("coverage_page.no_cells"))
        return
    coverage_figures(cells)
    show_grid(part)
    show_letter(part)
    if part.unit_id is None:
        show_units(part)
    else:
        show_tasks(part)
    rules = (translate(f"coverage_page.rule_{name}") for name in ("cell", "date", "officer", "indicator"))
    foot(translate("coverage_page.source"), day(reads.today), *rules)


def show_grid(part: CoverageSelection) -> None:
    """The main picture; a click opens the tasks behind a cell, or says that there are none."""
    cells = reads.made(cells_of, part)
    with st.container(key="wide" if cells["unit_id"].nunique() > MANY else "narrow"):
        table = partial(plain_table, cell_table(cells), *CELLS)
        picture(drawn_grid(reads, part), key="coverage", table=table, leads=leads_to_tasks(reads, part))
        if none := without_action(reads, part):
            st.caption(none)
        st.caption(translate("coverage_page.click_cell"))


def show_units(part: CoverageSelection) -> None:
    """The table: one row per unit; a click narrows the page to it."""
    st.header(translate("coverage_page.by_unit"), anchor=False)
    st.caption(translate("coverage_page.click_unit"))
    units = coverage_by_unit(reads.made(cells_of, part))
    place = table(units.assign(unit=units["short_name"]), *UNITS, key="units")
    if place is not None:
        open_page("coverage", unit=units["unit_id"].iloc[place], area=part.area, measure=part.measure_id)


def show_tasks(part: CoverageSelection) -> None:
    """The tasks of one unit that lack something; a click opens one."""
    st.header(translate("coverage_page.tasks"), anchor=False)
    tasks = gap_tasks(reads, part)
    if tasks.empty:
        empty(translate("coverage_page.no_tasks"))
        return
    st.caption(translate("coverage_page.click_task"))
    place = table(tasks, "number", "title", "measure_short_title", "lacks", "due_on", key="gap_tasks")
    if place is not None:
        open_page("task", task=tasks["task_id"].iloc[place])


def show_letter(part: CoverageSelection) -> None:
    """The letter to the unit, or to all in reach, for those who may export it."""
    if may(by, Right.EXPORT_LEDGER):
        asked = {"notice": part.notice_id, "unit": part.unit_id}
        paper_links(translate("coverage_page.letter"), "coverage", asked, look="primary")
        st.caption(translate("coverage_page.letter_note"))


notice_id = chosen_notice(reads)
if notice_id is None:
    with top:
        heading(translate("page.coverage"))
    empty(translate("coverage_page.no_notice"))
else:
    show(pick_part(reads, notice_id))
