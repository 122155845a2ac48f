"""From a unit down to its cities and their counties: the figures of each, the way up, and one authority's own sheet."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from db.hierarchy.levels import level_cells, levels_frame
from db.tasks.past_tasks import task_frame_at
from pages.parts.figures.address import address_of
from pages.parts.figures.extract import Extract, measures_of, unit_name
from pages.shared.components import empty, foot, heading
from pages.shared.filters import asked_number
from pages.shared.navigation import open_page, page_link
from pages.shared.pictures import dark, picture
from pages.shared.reads import Reads
from pages.shared.tables import FIGURES, plain_table, table
from pages.shared.wording import day, language, percent, plain, translate
from tracking import charts
from tracking.figures import indicators
from tracking.figures.axes import Axes
from tracking.figures.cube import Cube
from tracking.figures.indicators import Headline
from tracking.figures.levels import cells_at

_TASK = (
    "number",
    "measure_short_title",
    "title",
    "light",
    "completion_permille",
    "due_on",
    "last_reported_on",
)


def asked_level(reads: Reads, extract: Extract) -> int | None:
    """The authority beneath the selected unit that the address asks for."""
    asked = asked_number("beneath")
    found = asked is not None and asked in levels_of(reads, extract)["authority_id"].tolist()
    return asked if found else None


def levels_of(reads: Reads, extract: Extract) -> pd.DataFrame:
    """Who reports through the selected unit; columns of `levels_frame`. Nobody where hosted units are added to it."""
    if extract.unit_id is None or extract.provinces:
        return pd.DataFrame(columns=["authority_id", "parent_id", "short_name", "name"])
    return reads.common(levels_frame, unit_id=extract.unit_id, on=_on(reads, extract))


def show_levels(reads: Reads, extract: Extract, place: int | None = None) -> None:
    """The authorities right beneath a place, by default the unit; a click goes down to one. Nothing where none is."""
    place = extract.unit_id if place is None else place
    levels = levels_of(reads, extract)
    beneath = levels[levels["parent_id"] == place]
    if beneath.empty or place is None:
        return
    frame = reads.made(_figures, extract, place)
    others = frame[frame["unit_id"] != place]
    reported, planned = int((others["reported"] > 0).sum()), int((others["tasks"] > 0).sum())
    st.header(translate("region.levels", count=len(beneath)), anchor=False)
    st.markdown(translate("region.levels_sentence", count=len(beneath), planned=planned, reported=reported))
    clicked = table(frame, "unit", *FIGURES, key=f"levels_{place}")
    if clicked is not None and frame["unit_id"].iloc[clicked] != place:
        open_page("region", **address_of(extract), beneath=int(frame["unit_id"].iloc[clicked]))


def level_page(reads: Reads, extract: Extract, place: int) -> None:
    """The sheet of an authority beneath a unit: the way up, its figures by measure, those beneath it, its tasks."""
    levels = levels_of(reads, extract).set_index("authority_id")
    cube = reads.made(_whole, extract, place)
    head = indicators.headline(cube, None)
    heading(
        plain(levels.loc[place, "name"]), _sentence(extract, head, plain(levels.loc[place, "short_name"]))
    )
    _way_up(reads, extract, levels, place)
    if head.tasks:
        frame = indicators.completion_by_measure(cube)
        frame = frame[frame["tasks"] > 0].reset_index(drop=True)
        plot = charts.completion_bars(frame, language=language(), as_of=extract.choice.as_of, dark=dark())
        picture(plot, key="level_measures", table=partial(plain_table, frame, "number", "title", *FIGURES))
    else:
        empty(translate("region.unit_empty"))
    show_levels(reads, extract, place)
    _tasks(reads, extract, place)
    foot(translate("page.source_accepted"), day(extract.choice.as_of), translate("region.levels_rule"))


def _on(reads: Reads, extract: Extract) -> date:
    return reads.today if extract.todays_tree else extract.choice.as_of


def _cells(reads: Reads, extract: Extract, place: int) -> pd.DataFrame:
    """The cells of a place, each at the authority right beneath through which it counts."""
    choice, levels = extract.choice, levels_of(reads, extract)
    cells = reads.scoped(
        level_cells,
        period_id=choice.period_id,
        unit_id=extract.unit_id,
        on=_on(reads, extract),
        vintage=choice.vintage,
    )
    parents = dict(zip(levels["authority_id"].tolist(), levels["parent_id"].tolist(), strict=True))
    kept = cells["measure_id"].isin(measures_of(reads, extract)["measure_id"])
    return cells_at(cells[kept], parents, place)


def _axes(reads: Reads, extract: Extract, keys: list[int], names: list[str]) -> Axes:
    """Authorities as the units of a roll-up."""
    units = pd.DataFrame({"unit_id": keys, "short_name": names, "reports": [True] * len(keys)})
    return Axes(units, measures_of(reads, extract))


def _figures(reads: Reads, extract: Extract, place: int) -> pd.DataFrame:
    """One row for each authority right beneath a place, after one for its own tasks if it has any."""
    levels, cells = levels_of(reads, extract), _cells(reads, extract, place)
    beneath = levels[levels["parent_id"] == place]
    keys, names = beneath["authority_id"].tolist(), beneath["short_name"].tolist()
    if (cells["unit_id"] == place).any():
        keys, names = [place, *keys], [translate("region.level_own"), *names]
    return indicators.completion_by_unit(Cube.of(cells, _axes(reads, extract, keys, names)))


def _whole(reads: Reads, extract: Extract, place: int) -> Cube:
    """All that counts into a place, as one unit."""
    cells = _cells(reads, extract, place).assign(unit_id=place)
    return Cube.of(cells, _axes(reads, extract, [place], [""]))


def _sentence(extract: Extract, head: Headline, name: str) -> str:
    return translate(
        "region.level_sentence",
        place=name,
        day=day(extract.choice.as_of),
        period=extract.choice.period,
        tasks=head.tasks,
        reported=head.reported,
        completion=percent(head.completion_permille),
    )


def _way_up(reads: Reads, extract: Extract, levels: pd.DataFrame, place: int) -> None:
    """The nation, the unit, and those between, each a link."""
    parents = dict(zip(levels.index.tolist(), levels["parent_id"].tolist(), strict=True))
    between: list[int] = []
    while (above := parents[between[0] if between else place]) != extract.unit_id:
        between.insert(0, above)
    whole = {name: value for name, value in address_of(extract).items() if name not in {"unit", "region"}}
    with st.container(horizontal=True, key="way_up"):
        page_link("region", translate("region.nation"), **whole)
        unit = plain(unit_name(reads, extract.unit_id, "short_name"))
        page_link("region", unit, **address_of(extract))
        for one in between:
            page_link("region", plain(levels.loc[one, "short_name"]), **address_of(extract), beneath=one)


def _tasks(reads: Reads, extract: Extract, place: int) -> None:
    """Its own tasks; a click opens one."""
    choice = extract.choice
    asked = {"notice_id": choice.notice_id, "year": choice.year, "known_on": reads.known_on}
    tasks = reads.scoped(task_frame_at, **asked, authority_id=place)
    tasks = tasks[tasks["measure_id"].isin(measures_of(reads, extract)["measure_id"])]
    if tasks.empty:
        return
    st.header(translate("task_list.title", day=day(reads.today)), anchor=False)
    clicked = table(tasks, *_TASK, key=f"level_tasks_{place}")
    if clicked is not None:
        open_page("task", task=int(tasks["task_id"].iloc[clicked]))
