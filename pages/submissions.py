"""Reporting: which unit reported which period on time, late or not at all, and in whose hands what is open lies."""

import streamlit as st

from db.periods.queries import periods_frame
from pages.parts.submissions import views as submissions
from pages.parts.submissions.longest_held import longest_held
from pages.parts.submissions.views import SubmissionsSelection
from pages.shared.access import require
from pages.shared.choices import chosen_notice, notice_bar, pick_region, pick_unit, plan_year
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.filters import asked_number, pick, with_all
from pages.shared.navigation import open_page
from pages.shared.pictures import dark, picture
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, table
from pages.shared.wording import day, language, translate
from tracking.submissions import Stage

by = require("submissions")
reads = reads_for(by)
notice_id = chosen_notice(reads)
top = st.container()


def chosen(notice_id: int, years: list[int]) -> tuple[SubmissionsSelection, Stage | None]:
    """The choice of the pickers."""
    year_place, region_place, unit_place, stage_place = notice_bar(reads, 4)
    with year_place:
        names = {year: translate("submissions.year", year=str(year)) for year in years}
        year = pick("year", names, default=plan_year(reads, notice_id))
    with region_place:
        region = pick_region(reads)
    with unit_place:
        unit_id = pick_unit(reads, region, "region_seven")
    with stage_place:
        stage = pick("stage", with_all({stage: translate(f"stage.{stage}") for stage in Stage}, "stage"))
    return SubmissionsSelection(notice_id, year, region, unit_id, asked_number("period")), stage


def show_matrix(wanted: SubmissionsSelection) -> None:
    """The main picture: unit × period, in two parts side by side."""
    plots = reads.made(submissions.grids, wanted, language(), dark())
    with st.container(key="matrix"):
        places = st.columns(len(plots), gap="medium")
    for number, (place, plot) in enumerate(zip(places, plots, strict=True)):
        with place:
            behind = None if number else lambda: show_counts(wanted)
            picture(plot, key=f"matrix_{number}", table=behind, leads=submissions.leads_by_cell(wanted))


def show_counts(wanted: SubmissionsSelection) -> None:
    """The matrix as a table."""
    frame = reads.made(submissions.matrix_of, wanted, language())
    words = [translate(f"submission_state.{state}") for state in frame["state"]]
    counts = ("asked", "on_time", "late", "missing", "returned", "in_work")
    plain_table(frame.assign(submission_state=words), "unit", "period", "submission_state", *counts)


def show_holdings(wanted: SubmissionsSelection, stage: Stage | None) -> None:
    """Who holds open reports: by stage and band, by unit, and one by one."""
    st.header(translate("submissions.ageing"), anchor=False)
    with st.container(key="stacked"):
        left, right = st.columns(2, gap="medium")
    with left:
        plot = reads.made(submissions.ageing_plot, wanted, language(), dark())
        picture(plot, key="ageing", leads=submissions.leads_by_band(wanted))
    with right:
        held = submissions.by_unit(reads, wanted)
        held = held if stage is None else held[held["stage"] == stage]
        bands = submissions.asked_bands()
        held = held[held[bands].sum(axis=1) > 0]
        if not held.empty:
            st.caption(translate("submissions.by_unit"))
            shown = held.assign(stage=[translate(f"stage.{one}") for one in held["stage"]])
            place = table(
                shown,
                "unit",
                "stage",
                *bands,
                "oldest_on",
                key=f"held_{stage}_{len(bands)}",
                height=None if len(held) < 7 else 270,
            )
            if place is not None:
                open_page("region", unit=held["unit_id"].iloc[place])
    longest_held(reads, wanted, stage)


def show(notice_id: int, years: list[int]) -> None:
    """The page for a notice."""
    wanted, stage = chosen(notice_id, years)
    if submissions.units_wanted(reads, wanted).empty:
        with top:
            heading(translate("page.submissions"))
        empty(translate("submissions.no_units"))
        return
    with top:
        heading(translate("page.submissions"), submissions.sentence(reads, wanted))
    submissions.figures_of(reads, wanted)
    show_matrix(wanted)
    show_holdings(wanted, stage)
    rules = [translate(f"submissions.rule_{name}") for name in ("state", "asked", "ageing")]
    foot(translate("submissions.source"), day(reads.today), *rules)


periods = [] if notice_id is None else reads.common(periods_frame, notice_id=notice_id)["year"].tolist()
if notice_id is not None and periods:
    show(notice_id, list(dict.fromkeys(periods)))
else:
    with top:
        heading(translate("page.submissions"))
    no_period(by)
