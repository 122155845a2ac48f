"""The comparison: units beside units like them, by the distance to their median; positions only where switched on."""

import pandas as pd
import streamlit as st

from pages.parts.figures.address import open_unit
from pages.parts.figures.extract import Extract
from pages.parts.peer_groups.figures import (
    ALL,
    Compared,
    comparison_of,
    dots,
    leads_of,
    measures_of_unit,
    members_in_reach,
    pick_group,
    pick_own_unit,
    without_plan_of,
)
from pages.parts.peer_groups.forms import peer_group_forms
from pages.parts.peer_groups.wording import comparison_figures, comparison_sentence, position_note
from pages.shared.access import require
from pages.shared.choices import notice_bar, pick_figures, pick_measure, pick_period
from pages.shared.components import empty, foot, heading, no_period
from pages.shared.pictures import dark, picture
from pages.shared.reads import reads_for
from pages.shared.tables import plain_table, traced_table
from pages.shared.vintages import asked_past_day, vintage_note
from pages.shared.without_plan import as_sentence, without_plan_clause
from pages.shared.wording import day, language, translate
from tracking.peer_groups import Comparison

by = require("comparison")
reads = reads_for(by, asked_past_day())
top = st.container()


def chosen() -> Compared | None:
    """The choice of the pickers, None before any period has begun or if no unit is in reach."""
    period, group, measure, unit, vintage = notice_bar(reads, 5)
    with period:
        choice = pick_period(reads)
    if choice is None or members_in_reach(reads, ALL).empty:
        return None
    with group:
        name = pick_group(reads)
    with measure:
        measure_id = pick_measure(reads, choice.notice_id, all_of_them=True, year=choice.year)
    with vintage:
        pick_figures(reads, choice)
    with unit:
        return Compared(choice, name, measure_id, pick_own_unit(reads, name))


def show(asked: Compared) -> None:
    """The page from the top, once the comparison is chosen."""
    comparison = reads.made(comparison_of, asked)
    with top:
        without = as_sentence(without_plan_clause(*reads.made(without_plan_of, asked)))
        heading(translate("page.comparison"), comparison_sentence(reads, asked, comparison) + without)
    vintage_note(asked.choice.vintage)
    if not comparison.counted:
        empty(translate("comparison.empty"), page="work_plan", label=translate("overview.to_plans"))
        return
    comparison_figures(asked, comparison)
    plot = reads.made(dots, asked, language(), dark())
    picture(plot, key="dots", leads=leads_of(asked))
    position_note(reads, comparison)
    show_units(asked, comparison)
    if asked.unit_id is not None:
        show_measures(asked, comparison)


def show_units(asked: Compared, comparison: Comparison) -> None:
    """The units in reach, furthest above the median first; a click opens one."""
    known = comparison.units[comparison.units["unit_id"] > 0]
    if len(known) < 2:
        return
    st.header(translate("comparison.units"), anchor=False)
    units = known.sort_values("gap_permille", ascending=False, kind="stable").reset_index(drop=True)
    columns = ["unit", "completion_permille", "gap_permille", "expected_permille", "tasks", "reported"]
    clicked = traced_table(_placed(units, comparison), *columns, *positions(comparison), key="units")
    if clicked:
        extract = Extract(asked.choice, measure_id=asked.measure_id)
        open_unit(extract, units["unit_id"].iloc[clicked[0]], trace=clicked[1])


def show_measures(asked: Compared, comparison: Comparison) -> None:
    """One's own unit, measure by measure."""
    st.header(translate("comparison.measures"), anchor=False)
    frame = reads.made(measures_of_unit, asked)
    columns = ["number", "title", "completion_permille", "median_permille", "gap_permille", "counted"]
    plain_table(_placed(frame, comparison), *columns, *positions(comparison)[:1])


def positions(comparison: Comparison) -> tuple[str, ...]:
    """The position columns, if the site shows positions."""
    return ("place", "place_change") if comparison.ranked else ()


def _placed(frame: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Places as whole numbers."""
    return frame.astype(dict.fromkeys([name for name in positions(comparison) if name in frame], "Int64"))


asked = chosen()
if asked:
    show(asked)
    peer_group_forms(reads, by, asked.group)
    rules = [translate(f"comparison.rule_{name}") for name in ("median", "position", "names")]
    foot(translate("page.source_accepted"), day(asked.choice.as_of), *rules)
else:
    with top:
        heading(translate("page.comparison"))
    if members_in_reach(reads, ALL).empty:
        empty(translate("comparison.no_unit"))
    else:
        no_period(by)
