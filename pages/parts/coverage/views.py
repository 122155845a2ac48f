"""The coverage page: the cells selected, their picture, and the gaps behind them.

A `CoverageSelection` is made of plain values, so that what is made of it can be kept under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.graph_objects import Figure

from db.coverage.queries import action_cells_frame, incomplete_tasks_frame, measure_cells_frame
from db.reference.queries import actions_frame, key_areas_frame, measures_frame
from pages.shared.choices import measure_names, notice_bar, pick_region, pick_unit, plan_year, units_in_reach
from pages.shared.components import Figure as Shown, figures
from pages.shared.filters import pick, with_all
from pages.shared.pictures import Lead, Leads, dark
from pages.shared.reads import Reads
from pages.shared.without_plan import without_plan_sentence
from pages.shared.wording import language, percent, plain, translate
from tracking import charts
from tracking.catalogue import NO_ACTION, offered
from tracking.coverage import Element, coverage_by_unit, coverage_cells, coverage_of, missing_of
from tracking.vocabulary import Language


@dataclass(frozen=True, slots=True)
class CoverageSelection:
    """Which cells are selected; None means all."""

    notice_id: int
    year: int
    region: str | None = None
    unit_id: int | None = None
    area: int | None = None
    measure_id: int | None = None


def pick_part(reads: Reads, notice_id: int) -> CoverageSelection:
    """The bar of pickers: region, unit, key area, measure."""
    region, unit, area, measure = notice_bar(reads, 4)
    with region:
        name = pick_region(reads)
    with unit:
        unit_id = pick_unit(reads, name, "region_seven")
    with area:
        areas = reads.common(key_areas_frame, notice_id=notice_id)
        names = {row.number: f"{row.number} {plain(row.title)}" for row in areas.itertuples()}
        number = pick("area", with_all(names, "area"))
    with measure:
        measures = _measures(reads, notice_id, number)["line_id"].tolist()
        named = {key: words for key, words in measure_names(reads, notice_id).items() if key in measures}
        measure_id = pick("measure", with_all(named, "measure"))
    return CoverageSelection(notice_id, plan_year(reads, notice_id), name, unit_id, number, measure_id)


def _measures(reads: Reads, notice_id: int, area: int | None) -> pd.DataFrame:
    frame = offered(reads.common(measures_frame, notice_id=notice_id), reads.today)
    frame = frame.rename(columns={"measure_id": "line_id"})
    return frame if area is None else frame[frame["key_area_number"] == area]


def cells_of(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    """One row per selected unit and measure, or unit and action if a measure is chosen."""
    counts = _counts_by_action(reads, part) if by_action(reads, part) else _counts_by_measure(reads, part)
    return coverage_cells(counts, _units(reads, part), _lines(reads, part))


def _counts_by_measure(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    asked = {"notice_id": part.notice_id, "year": part.year, "on": reads.today}
    return reads.scoped(measure_cells_frame, **asked)


def _counts_by_action(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    asked = {"notice_id": part.notice_id, "year": part.year, "on": reads.today}
    return reads.scoped(action_cells_frame, **asked, measure_id=part.measure_id)


def _units(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    """The selected units that report."""
    units = units_in_reach(reads)
    units = units[units["reports"]]
    if part.region is not None:
        units = units[units["region_seven"] == part.region]
    return units if part.unit_id is None else units[units["unit_id"] == part.unit_id]


def without_action(reads: Reads, part: CoverageSelection) -> str:
    """How many tasks of the selected units stand under the chosen measure and under none of its actions."""
    if not by_action(reads, part):
        return ""
    counts, units = _counts_by_action(reads, part), _units(reads, part)
    none = counts[(counts["line_id"] == NO_ACTION) & counts["unit_id"].isin(units["unit_id"])]
    if none.empty:
        return ""
    return translate("coverage_page.without_action", tasks=int(none["tasks"].sum()), units=len(none))


def by_action(reads: Reads, part: CoverageSelection) -> bool:
    """Whether the lines are actions: those of the chosen measure, if the notice names some."""
    return part.measure_id is not None and not _actions(reads, part).empty


def _lines(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    if by_action(reads, part):
        return _actions(reads, part)
    measures = _measures(reads, part.notice_id, part.area)
    return measures if part.measure_id is None else measures[measures["line_id"] == part.measure_id]


def _actions(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    frame = offered(reads.common(actions_frame, notice_id=part.notice_id), reads.today)
    frame = frame[frame["measure_id"] == part.measure_id]
    return frame.rename(columns={"action_id": "line_id", "title": "short_title"})


def grid(reads: Reads, part: CoverageSelection, language: Language, dark: bool) -> Figure:
    """The main picture."""
    title = translate("chart.coverage_actions_title") if by_action(reads, part) else ""
    frame = reads.made(cells_of, part)
    return charts.coverage_grid(frame, language=language, as_of=reads.today, dark=dark, title=title)


def drawn_grid(reads: Reads, part: CoverageSelection) -> Figure:
    """The same in the reader's language and theme."""
    return reads.made(grid, part, language(), dark())


def leads_to_tasks(reads: Reads, part: CoverageSelection) -> Leads:
    """Where the cells lead: to a unit's ledger lines under a measure, or under one of its actions."""
    measure_id = part.measure_id if by_action(reads, part) else None

    def lead(keys: Sequence[Any]) -> Lead:
        unit_id, line_id = map(int, keys[:2])
        if measure_id is None:
            return "ledger", {"notice": part.notice_id, "unit": unit_id, "measure": line_id}
        asked = {"notice": part.notice_id, "unit": unit_id, "measure": measure_id, "action": line_id}
        return "ledger", asked

    return lead


def coverage_sentence(reads: Reads, part: CoverageSelection, cells: pd.DataFrame) -> str:
    """How many cells are covered, partly covered and empty."""
    found = coverage_of(cells)
    values = {"full": found.full, "partly": found.partly, "empty": found.empty, "cells": found.cells}
    values |= {"units": cells["unit_id"].nunique(), "lines": cells["line_id"].nunique()}
    share, year = percent(found.full_permille), str(part.year)
    without = without_plan_sentence(reads, part.notice_id, part.year, _units(reads, part))
    if part.measure_id is None or not by_action(reads, part):
        return translate("coverage_page.sentence", year=year, share=share, **values) + without
    named = {"year": year, "share": share, "measure": measure_names(reads, part.notice_id)[part.measure_id]}
    return translate("coverage_page.sentence_actions", **named, **values) + without


def coverage_figures(cells: pd.DataFrame) -> None:
    """The cells by cover, and the two elements that can be lost without anybody acting."""
    found, units = coverage_of(cells), coverage_by_unit(cells)
    counts = {"full": found.full, "partly": found.partly, "empty_cells": found.empty}
    counts |= {name: int(units[name].sum()) for name in ("lacks_officer", "lacks_date")}
    figures(
        [
            Shown(translate(f"coverage_page.{name}"), translate("coverage_page.cells", count=count))
            for name, count in counts.items()
        ]
    )


def cell_table(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells in words: unit, line, cover, met, tasks, overdue, vacant, targeted."""
    lines = [f"{row.number} {row.short_title}" for row in cells.itertuples()]
    words = [translate(f"cover.{cover}") for cover in cells["cover"]]
    return cells.assign(unit=cells["short_name"], line=lines, cover=words)


def gap_tasks(reads: Reads, part: CoverageSelection) -> pd.DataFrame:
    """The tasks of one unit that lack something, with `lacks` in words and the measure's name."""
    frame = reads.scoped(
        incomplete_tasks_frame,
        notice_id=part.notice_id,
        year=part.year,
        on=reads.today,
        unit_id=part.unit_id,
    )
    names = measure_names(reads, part.notice_id)
    if part.measure_id is not None:
        frame = frame[frame["measure_id"] == part.measure_id]
    lacks = [translate("chart.coverage_list").join(_lacks(row)) for row in frame.itertuples()]
    return frame.assign(lacks=lacks, measure_short_title=frame["measure_id"].map(names))


def _lacks(task: Any) -> list[str]:
    there = {
        Element.TASK: True,
        Element.DATE: not task.is_overdue,
        Element.OFFICER: not task.is_vacant,
        Element.INDICATOR: task.is_targeted,
    }
    return [translate(f"element.{element}") for element in missing_of(there)]
